"""Each night every name is compared with every other, over all offices.

Only the worker can ask for the names, and only inside its job. What it leaves is pairs of ids with
a number.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from core.sounds import ENOUGH, likeness, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from core.jobs import Run
    from core.sounds import Word

MOST_OF_A_SOUND = 400  # a sound shared by more says nothing by itself


class Names:
    """Who is called how; `may_be_one` judges what is known of two besides."""

    def __init__(self, may_be_one: Callable[[Any, Any], bool]) -> None:
        self.may_be_one = may_be_one
        self.facts: dict[UUID, tuple[UUID, Any]] = {}
        self.said: dict[UUID, list[list[Word]]] = defaultdict(list)

    def know(self, record: UUID, person: UUID, fact: object) -> None:
        """That there is this record, of which person, and what else is known of it."""
        self.facts[record] = (person, fact)

    def call(self, record: UUID, names: Iterable[str | None]) -> None:
        self.said[record] += [words(name) for name in names if name]

    def pairs(self, run: Run) -> dict[tuple[UUID, UUID], int]:
        """The pairs of persons called alike, and how like, in hundredths."""
        blocks: dict[str, set[UUID]] = defaultdict(set)
        for record in self.facts:
            for name in self.said[record]:
                for sound in _sounds(name):
                    blocks[sound].add(record)
        pairs: dict[tuple[UUID, UUID], int] = {}
        sizes = [block for block in blocks.values() if 1 < len(block) <= MOST_OF_A_SOUND]
        for done, block in enumerate(sizes, 1):
            for pair in combinations(sorted(block), 2):
                if pair not in pairs and (like := self._like(pair)) >= ENOUGH:
                    pairs[pair] = round(like * 100)
            if done % 500 == 0:
                run.progress(done, len(sizes))
        return pairs

    def _like(self, pair: tuple[UUID, UUID]) -> float:
        (person, fact), (other, others) = (self.facts[pk] for pk in pair)
        if person == other or not self.may_be_one(fact, others):
            return 0.0
        mine, theirs = (self.said[pk] for pk in pair)
        return max(likeness(first, second) for first in mine for second in theirs)


def note(function: str, pairs: dict[tuple[UUID, UUID], int]) -> int:
    """Hand the pairs to the function of core/wall/matching.sql; it says how many are new."""
    ones, others = ([str(pair[side]) for pair in pairs] for side in (0, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {function}(%s::uuid[], %s::uuid[], %s::int[])",
            [ones, others, list(pairs.values())],
        )
        return int(cursor.fetchone()[0])


@contextmanager
def as_worker() -> Iterator[None]:
    """The role that may ask for names; no process of the web can take it."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute("select set_config('role', %s, true)", [settings.GRANTED_ROLES["worker"]])
        yield
        cursor.execute("select set_config('role', %s, true)", [before])


def _sounds(name: list[Word]) -> set[str]:
    """What somebody must share to be compared: the whole name, two of its words, or a rare one."""
    heard = sorted(word.heard or word.vowels for word in name)
    return {" ".join(heard), *(" ".join(two) for two in combinations(heard, 2)), *heard}
