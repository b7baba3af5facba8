"""How a fault is written down, and the list of all."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import tests.mutants

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
        if plant.__name__ in FAULTS:
            raise ValueError(f"There are two faults called {plant.__name__}.")
        FAULTS[plant.__name__] = Fault(plant.__name__, plant, caught_by)
        return plant

    return declare


def declared() -> dict[str, Fault]:
    """Every fault of every module of this folder."""
    for module in pkgutil.iter_modules(tests.mutants.__path__, "tests.mutants."):
        if not module.name.startswith("tests.mutants.test_"):
            import_module(module.name)
    return FAULTS
