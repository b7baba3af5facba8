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


@dataclass
class Sitting:
    """Several reports, computed one after another for one reader and one moment: their results by
    slug and parameters, and what was answered that more than one of them may ask."""

    results: dict[tuple[str, Params], Result] = field(default_factory=dict)
    answers: dict[object, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """What is asked together, and what was answered of it."""

    every: tuple[Params, ...]
    sitting: Sitting | None
    answers: dict[object, Any]


_asked: ContextVar[Batch | None] = ContextVar("asked together", default=None)


@contextmanager
def together(every: Iterable[Params], sitting: Sitting | None = None) -> Iterator[None]:
    """Within the block these are asked, of one report, by one reader, of one moment. `sitting`:
    with which other reports."""
    token = _asked.set(Batch(tuple(every), sitting, sitting.answers if sitting else {}))
    try:
        yield
    finally:
        _asked.reset(token)


def once(key: object, answer: Callable[[], T]) -> T:
    """The answer, which several questions share; one alone keeps nothing. In a sitting several
    reports share it, too: the key says all that it depends on."""
    asked = _asked.get()
    if asked is None or is_alone():
        return answer()
    if key not in asked.answers:
        asked.answers[key] = answer()
    kept: T = asked.answers[key]
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
