"""Nothing can be worked out of all tables together, whatever was released and read, in any order.

Invented worlds; tables of random days, places and programmes leave or are read inside, while more
is entered. The attacker reads all of them, knows how days, places and programmes make up a table,
and asks scipy how small and how large each count can be that is from 1 to 10: those that are
hidden, and those of every stretch of days, place and programme, asked for or not.

A few histories run each time; `HISTORIES=whole` runs all 500.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import product
from random import Random

import pytest

from reports.disclosure import K, hidden
from reports.publishing.grid import grid_of
from reports.publishing.keys import Detail
from reports.publishing.suppression import make_safe
from tests.reports import tables_to_release as made
from tests.reports.attacker import narrow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHOLE = os.environ.get("HISTORIES") == "whole"
YEARS = range(2018, 2024)
STATES = ("IN-WB", "IN-MH", "IN-DL")
PROGRAMMES = ("csec", "osec", "bonded_labour")
SERVED = (True, False)


class World:
    """How many persons were entered when (`version`), of which year, state and programme."""

    def __init__(self, chance):
        self.chance, self.version, self.told = chance, 0, []
        self.places = STATES[: chance.randint(1, 3)]
        self.programmes = PROGRAMMES[: chance.randint(1, 3)]
        self.counts, self.people, self.next = Counter(), {}, 1
        for kind in product(YEARS, self.places, self.programmes, SERVED):
            self.enters(kind, chance.choice((0, 0, 0, 1, 3, 6, 9, 11, 14, 20, 35)))

    def enters(self, kind, count):
        self.counts[self.version, *kind] += count
        self.people.setdefault(kind, set()).update(range(self.next, self.next + count))
        self.next += count

    def goes_on(self):
        self.version += 1
        for _one in range(self.chance.choice((0, 0, 1, 2))):
            kinds = YEARS, self.places, self.programmes, SERVED
            self.enters(tuple(map(self.chance.choice, kinds)), self.chance.choice((1, 4, 12, 25)))

    def table(self, first, last, programme):
        leaves = {}
        for (year, place, of, served), people in self.people.items():
            if first <= year <= last and programme in {None, of}:
                everybody, served_ones = leaves.setdefault((place, of), (set(), set()))
                everybody |= people
                served_ones |= people if served else set()
        found = made.snapshot(leaves)
        found.params |= {"from": f"{first}-01-01", "to": f"{last}-12-31", "programme": programme}
        if programme:
            found.rows = [row for row in found.rows if row["programme"]]
        return found

    def step(self):
        """A table is asked for, to be released or by a reader who sees no rows."""
        chance = self.chance
        first, last = sorted(chance.choices(YEARS, k=2))
        programme = chance.choice((None, None, *self.programmes))
        detail = Detail(chance.choice(("country", "state")), chance.random() < 0.5)
        inside = chance.random() < 0.3
        if inside:
            last = first
            detail = Detail("state", by_programme=True)
        snapshot = self.table(first, last, programme)
        name = str(len(self.told))
        safe = make_safe(
            grid_of(snapshot, detail), [grid for grid, *_ in self.told], gives_up=inside
        )
        if not safe.open:
            hid = {(key.row, key.column) for key in safe.hidden}
            grid = grid_of(snapshot, detail, name, hidden=hid)
            self.told.append((grid, self.version, range(first, last + 1), programme))

    def sums(self):
        """Each count that was told or hidden: which kinds of persons are in it."""
        for grid, version, years, programme in self.told:
            for key in grid.values:
                place, _bar, of = key.row.partition("|")
                kinds = self.kinds(years, place, of or programme, key.column, version)
                if key.column in {"k", "n"}:
                    yield key not in grid.hidden, grid.values[key], kinds

    def kinds(self, years, place, programme, column, version):
        return [
            kind
            for kind in self.every
            if kind[0] <= version
            and kind[1] in years
            and place in {"IN", kind[2]}
            and programme in {None, kind[3]}
            and (column == "n" or kind[4])
        ]

    @property
    def every(self):
        versions = range(self.version + 1)
        return list(product(versions, YEARS, self.places, self.programmes, SERVED))

    def watched(self):
        """Every count from 1 to 10 that anybody could ask for, by the kinds of persons in it."""
        wanted = [kinds for shown, _value, kinds in self.sums() if not shown]
        stretches = [range(a, b + 1) for a in YEARS for b in YEARS if a <= b]
        for years, place, programme, column in product(
            stretches, ("IN", *self.places), (None, *self.programmes), ("k", "n")
        ):
            wanted.append(self.kinds(years, place, programme, column, self.version))
        wanted += [[kind] for kind in self.every]
        small = (kinds for kinds in wanted if hidden(sum(self.counts[k] for k in kinds)))
        return {tuple(kinds): kinds for kinds in small}

    def worked_out(self):
        least = dict.fromkeys(self.every, 0)
        equations, known = [], {}
        for number, (shown, value, kinds) in enumerate(self.sums()):
            assert value == sum(self.counts[kind] for kind in kinds)
            equations.append(dict.fromkeys(kinds, 1) | {("sum", number): -1})
            if shown or not value:
                known["sum", number] = value
            else:
                least["sum", number] = 1
        return narrow(least, equations, known, self.watched(), K)


def history(seed):
    world = World(Random(seed))
    for _step in range(world.chance.randint(3, 7)):
        world.step()
        if world.chance.random() < 0.3:
            world.goes_on()
    return world


@pytest.mark.parametrize("seed", range(500) if WHOLE else range(18))
@pytest.mark.by_turns(6)
def test_nothing_is_worked_out_of_a_history(seed):
    assert history(seed).worked_out() == {}
