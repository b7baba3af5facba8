"""How a fault is written down, and the list of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS: dict[str, Fault] = {}


@dataclass(frozen=True)
class Fault:
    """`plant` changes the code; what it returns is SQL, run inside each test."""

    name: str
    plant: Callable[[], str | None]
    caught_by: tuple[str, ...]

    @property
    def words(self) -> str:
        return (self.plant.__doc__ or "").partition("\n")[0]


def fault(*caught_by: str) -> Callable[[Any], Any]:
    """Declare a fault and the tests that must turn red."""

    def declare(plant: Callable[[], str | None]) -> Callable[[], str | None]:
        FAULTS[plant.__name__] = Fault(plant.__name__, plant, caught_by)
        return plant

    return declare
