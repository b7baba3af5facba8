"""Everything that was told about some persons, as groups that nobody can tell apart.

Two persons are in one group where they are in the same counts of all tables, new and old. Every
count is then a sum of groups, and so is what any tables together leave over: a year that stands
alone in none of them, a programme that three together give away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reports.numbers import Ids, union

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.publishing.grid import Grid
    from reports.publishing.keys import Key


@dataclass
class PersonSet:
    """One set of persons, under every name it was counted by."""

    ids: Ids
    keys: list[Key] = field(default_factory=list)
    shown: bool = False  # somebody was told its count
    before: bool = False  # so it was, in an earlier table
    groups: list[int] = field(default_factory=list)

    @property
    def new(self) -> list[Key]:
        """Its names in the table to be judged."""
        return [key for key in self.keys if not key.table]


@dataclass
class Groups:
    """`sizes` counts the persons of each group; `one` is any of them."""

    told: list[PersonSet]
    sizes: list[int]
    one: list[int]


def related(new: Grid, before: Sequence[Grid]) -> list[Grid]:
    """The earlier tables that share persons with the new one, or with one that does, and so on."""
    reached = _persons(new)
    left = {table.table: _persons(table) for table in before}
    kin: set[str] = set()
    while True:
        meets = [
            t for t, of in left.items() if any(p in reached and of[p] & reached[p] for p in of)
        ]
        if not meets:
            return [table for table in before if table.table in kin]
        for name in meets:
            for people, ids in left.pop(name).items():
                reached[people] = reached.get(people, Ids()) | ids
            kin.add(name)


def _persons(grid: Grid) -> dict[str, Ids]:
    by_people = defaultdict(list)
    for key, ids in grid.ids.items():
        by_people[grid.people[key]].append(ids)
    return {people: union(some) for people, some in by_people.items()}


def groups_of(new: Grid, before: Sequence[Grid]) -> Iterator[Groups]:
    """For each kind of people that the new table counts."""
    for people in sorted({new.people[key] for key in new.ids}):
        sets: dict[bytes, PersonSet] = {}
        for grid in (new, *before):
            for key, ids in grid.ids.items():
                if ids and grid.people[key] == people:
                    person_set = sets.setdefault(ids.serialize(), PersonSet(ids))
                    person_set.keys.append(key)
                    is_shown = key not in grid.hidden
                    person_set.shown |= is_shown
                    person_set.before |= is_shown and grid is not new
        yield _divided(list(sets.values()))


def _divided(sets: list[PersonSet]) -> Groups:
    """Cut everybody into groups, set by set."""
    everyone = np.array(union(person_set.ids for person_set in sets), dtype=np.uint32)
    label = np.zeros(len(everyone), dtype=np.int64)
    places = [
        np.searchsorted(everyone, np.array(person_set.ids, dtype=np.uint32)) for person_set in sets
    ]
    for at in places:
        _old, inside = np.unique(label[at], return_inverse=True)
        label[at] = label.max(initial=0) + 1 + inside
    _old, first, label, sizes = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    for persons, at in zip(sets, places, strict=True):
        persons.groups = np.unique(label[at]).tolist()
    return Groups(sets, sizes.tolist(), everyone[first].tolist())


def names(keys: frozenset[Key]) -> set[str]:
    """The earlier tables among these counts."""
    return {key.table for key in keys if key.table}
