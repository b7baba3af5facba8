"""How much a run asks: what a landing needs, or all there is (`WHOLE=1`, at night).

`docs/tests.md` says what the one leaves to the other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

One = TypeVar("One")

WHOLE = os.environ.get("WHOLE") == "1"
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
    return number if WHOLE else max(number // FEWER, 3)


def some(several: Sequence[One], about: str, number: int) -> Sequence[One]:
    """All of them at night; by day so many, the same in every run, others for others."""
    if WHOLE:
        return several
    first = crc32(about.encode()) % len(several)
    step = len(several) // number or 1
    return [several[(first + step * n) % len(several)] for n in range(min(number, len(several)))]
