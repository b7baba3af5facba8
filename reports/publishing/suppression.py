"""Which cells of a table stay hidden, so that nobody can work out a count from 1 to 10.

First every count from 1 to 10 is hidden. Then others, the smallest first, until each hidden count,
and each group of 1 to 10 persons that all tables together set apart, could as well be K more or
fewer (`bounds`), given everything that is shown, here and in every earlier table. An interval that
wide always reaches past 10: nobody can tell that the count is a small one. Where a count follows
from such alone as cannot be hidden any more, the table cannot be made safe.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.disclosure import K, hidden
from reports.publishing.bounds import Bounds
from reports.publishing.groups import groups_of, names, related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.publishing.grid import Grid
    from reports.publishing.groups import Groups, PersonSet
    from reports.publishing.keys import Key


@dataclass(frozen=True)
class Open:
    """A count that could be worked out: as it stands in the table, or of persons set apart."""

    keys: frozenset[Key]
    person: int = 0  # one of those counted
    follows: frozenset[Key] = frozenset()  # from which counts

    @property
    def tables(self) -> set[str]:
        return names(self.follows)


@dataclass(frozen=True)
class Safe:
    """What is hidden of a table; `open` are the counts that could still be worked out."""

    hidden: frozenset[Key]
    open: tuple[Open, ...] = ()


@dataclass
class Judgement:
    """A new table before everything told earlier. `gives_up`: totals may be hidden as well."""

    new: Grid
    before: Sequence[Grid]
    gives_up: bool = False
    mine: set[Key] = field(default_factory=set)

    def safe(self) -> Safe:
        self.mine = {key for key, value in self.new.values.items() if hidden(value)}
        open_ = self._few_more()
        for groups in groups_of(self.new, self.before):
            if self.gives_up or not open_:
                open_ += _OfPeople(self, groups).open()
        return Safe(frozenset(self.mine), tuple(open_))

    def may_hide(self, key: Key) -> bool:
        return self.gives_up or key not in self.new.totals

    def _few_more(self) -> list[Open]:
        """A count may not differ by 1 to 10 from what was told of it for days that hold these."""
        earlier: dict[tuple[str, str, str], list[tuple[Key, int, Grid]]] = defaultdict(list)
        for grid in self.before:
            for key, value in grid.values.items():
                if key not in grid.hidden and value:
                    earlier[grid.report, key.row, key.column].append((key, value, grid))
        gaps = []
        for key, value in sorted(self.new.values.items()):
            for old, was, grid in earlier[self.new.report, key.row, key.column]:
                nested = self.new.days.within(grid.days) or grid.days.within(self.new.days)
                if key not in self.mine and nested and hidden(abs(value - was)):
                    if self.may_hide(key):
                        self.mine.add(key)
                    else:
                        gaps.append(Open(frozenset([key]), follows=frozenset([key, old])))
        return gaps


class _OfPeople:
    """The same for the counts of one kind of people."""

    def __init__(self, judgement: Judgement, groups: Groups) -> None:
        self.judgement, self.groups = judgement, groups
        self.bounds = Bounds(groups.sizes, [person_set.groups for person_set in groups.told], K)
        self.shown = [True] * len(groups.told)
        for number, person_set in enumerate(groups.told):
            if not person_set.shown or not self._is_told(person_set):
                self._hide(number)

    def _is_told(self, person_set: PersonSet) -> bool:
        mine = self.judgement.mine
        return person_set.before or any(key not in mine for key in person_set.new)

    def _hide(self, number: int) -> None:
        self.shown[number] = False
        self.bounds.hide(number)

    def open(self) -> list[Open]:
        """Hide until nothing is open but what follows from counts that cannot be hidden."""
        lost: list[int] = []
        while True:
            for number in self.bounds.narrow([n for n in self._watched() if n not in lost]):
                chosen = self._nearest(number)
                if chosen is None:
                    lost.append(number)
                    continue
                self.judgement.mine |= set(self.groups.told[chosen].new)
                self._hide(chosen)
                break
            else:
                return [self._open(number) for number in lost]

    def _watched(self) -> list[int]:
        """Counts hidden here, small ones hidden earlier, and small groups set apart by several."""
        sets, sizes = self.groups.told, self.groups.sizes
        closed = [n for n, is_shown in enumerate(self.shown) if not is_shown]
        counts = [n for n in closed if self._is_mine(sets[n]) or hidden(len(sets[n].ids))]
        return counts + [len(sets) + n for n, size in enumerate(sizes) if hidden(size)]

    def _is_mine(self, person_set: PersonSet) -> bool:
        return not self.judgement.mine.isdisjoint(person_set.keys)

    def _nearest(self, number: int) -> int | None:
        """The smallest of the shown counts of this table from which this one follows."""
        sets, new = self.groups.told, self.judgement.new
        free = [
            n
            for n in self.bounds.telling(number)
            if not sets[n].before and all(map(self.judgement.may_hide, sets[n].new))
        ]
        return min(
            free,
            default=None,
            key=lambda n: (
                any(key in new.tops for key in sets[n].new),
                len(sets[n].ids),
                sets[n].new,
            ),
        )

    def _open(self, number: int) -> Open:
        sets = self.groups.told
        follows = {key for n in self.bounds.telling(number) for key in sets[n].keys}
        if number < len(sets):
            person_set = sets[number]
            return Open(frozenset(person_set.new), person_set.ids[0], frozenset(follows))
        group = number - len(sets)
        same = (
            key for person_set in sets if person_set.groups == [group] for key in person_set.new
        )
        return Open(frozenset(same), self.groups.one[group], frozenset(follows))


def make_safe(new: Grid, before: Sequence[Grid] = (), *, gives_up: bool = False) -> Safe:
    """Hide as little as the smallest-first rule needs, beside everything told before."""
    return Judgement(new, related(new, before), gives_up).safe()
