"""Questions of one report that are asked together: what they share, the database is asked once."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reports.base import Result
    from reports.params import Params

T = TypeVar("T")
MOST = 128 * 2**20  # bytes


class Answers:
    """Answers by what was asked. Where their arrays take more than a worker has room for, that
    which was not asked for longest is forgotten, and read again if it is."""

    def __init__(self) -> None:
        self._kept: dict[object, Any] = {}

    def get(self, key: object, answer: Callable[[], Any]) -> Any:
        known = self._kept.pop(key) if key in self._kept else answer()
        self._kept[key] = known  # the last now
        while len(self._kept) > 1 and sum(map(_size, self._kept.values())) > MOST:
            self._kept.pop(next(iter(self._kept)))
        return known


def _size(answer: object) -> int:
    size: int = getattr(answer, "nbytes", 0)
    return size


@dataclass
class Sitting:
    """Several reports, computed one after another for one reader and one moment: their results by
    slug and parameters, and what was answered that more than one of them may ask."""

    results: dict[tuple[str, Params], Result] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)


@dataclass
class Batch:
    """What is asked together, and what was answered of it."""

    every: tuple[Params, ...]
    sitting: Sitting | None
    answers: Answers = field(default_factory=Answers)


_asked: ContextVar[Batch | None] = ContextVar("asked together", default=None)


@contextmanager
def together(every: Iterable[Params], sitting: Sitting | None = None) -> Iterator[None]:
    """Within the block these are asked, of one report, by one reader, of one moment. `sitting`:
    with which other reports."""
    token = _asked.set(Batch(tuple(every), sitting))
    try:
        yield
    finally:
        _asked.reset(token)


def once(key: object, answer: Callable[[], T], *, by_report: bool = False) -> T:
    """The answer, which several questions share; one alone keeps nothing. In a sitting several
    reports share it, too, but `by_report`: the key says all that it depends on."""
    asked = _asked.get()
    if asked is None or is_alone():
        return answer()
    answers = asked.answers if by_report or not asked.sitting else asked.sitting.answers
    kept: T = answers.get(key, answer)
    return kept


def part(slug: str, params: Params) -> Result | None:
    """What another report of this sitting answered to the very same question."""
    asked = _asked.get()
    return asked.sitting.results.get((slug, params)) if asked and asked.sitting else None


def is_alone() -> bool:
    asked = _asked.get()
    return asked is None or (len(asked.every) == 1 and asked.sitting is None)


def companions(params: Params) -> tuple[Params, ...]:
    """All that is asked together with these; a report within a report is asked alone."""
    asked = _asked.get()
    return asked.every if asked and params in asked.every else (params,)
