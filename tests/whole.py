"""How much a run asks: what a landing needs, or all there is (`WHOLE=1`, at night).

`docs/tests.md` says what the one leaves to the other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pytest

One = TypeVar("One")

# Pictures for people (`SCREENS=1`) are of everything.
WHOLE = os.environ.get("WHOLE") == "1" or bool(os.environ.get("SCREENS"))
FEWER = 10


def share(
    several: Iterable[One], about: str, *, one_in: int, name: Callable[[One], str] = str
) -> Iterator[One]:
    """All of them at night; by day one in so many by its name, the same in every run, others
    about another."""
    for one in several:
        if WHOLE or crc32(f"{about} {name(one)}".encode()) % one_in == 0:
            yield one


def turn(several: Sequence[One], number: int) -> Sequence[One]:
    """All of them at night; by day the one whose turn it is."""
    return several if WHOLE else [several[number % len(several)]]


def examples(number: int) -> int:
    """So many runs of a machine or examples of a property at night; a tenth of them by day."""
    return number if WHOLE else max(number // FEWER, 2)


def some(several: Sequence[One], about: str, number: int) -> Sequence[One]:
    """All of them at night; by day so many, the same in every run, others for others."""
    if WHOLE:
        return several
    first = crc32(about.encode()) % len(several)
    step = len(several) // number or 1
    return [several[(first + step * n) % len(several)] for n in range(min(number, len(several)))]


def left(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """What a landing leaves to the night: tests marked `nightly`, and of one marked `by_turns(3)`
    two in three of its cases, the same in every run. Of a case that is named there is no other."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return [] if WHOLE else [one for of in cases.values() for one in of if one not in _asked(of)]


def _asked(cases: list[pytest.Item]) -> list[pytest.Item]:
    """Of the cases of one test."""
    if cases[0].get_closest_marker("nightly"):
        return []
    turns = cases[0].get_closest_marker("by_turns")
    step = min(turns.args[0], len(cases)) if turns else 1
    return cases[crc32(cases[0].nodeid.partition("[")[0].encode()) % step :: step]
