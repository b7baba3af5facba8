"""Nothing can be worked out of the looks of a reader without row rights, while entries are added.

Months, quarters and the year of an invented world are looked at in any order, again and again; in
between more is entered for months that are over. The attacker keeps every figure with its day, and
asks scipy how small and how large each count from 1 to 10 can be (`attacker`).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from reports import closed
from reports.base import report_of
from reports.disclosure import K, hidden
from reports.run import store
from tests.reports import tables_to_release as made
from tests.reports.attacker import narrow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONTHS = range(1, 7)
STATES, PROGRAMMES, SERVED = ("IN-WB", "IN-MH", "IN-DL"), ("csec", "bonded_labour"), (True, False)
PERIODS = [range(m, m + 1) for m in MONTHS] + [range(1, 4), range(4, 7), range(1, 13)]
FIRST = date(2026, 2, 1)


class World:
    """How many persons were entered when (`version`), of which month, state and programme."""

    def __init__(self, chance):
        self.chance, self.version, self.next = chance, 0, 1
        self.counts, self.people, self.shown = Counter(), {}, {}
        for kind in product(MONTHS, STATES, PROGRAMMES, SERVED):
            self.enters(kind, chance.choice((0, 0, 0, 1, 2, 4, 8, 12, 15, 30)))

    def enters(self, kind, count):
        self.counts[self.version, *kind] += count
        self.people.setdefault(kind, set()).update(range(self.next, self.next + count))
        self.next += count

    def goes_on(self):
        self.version += 1
        for _one in range(self.chance.choice((1, 1, 2, 3))):
            kind = tuple(map(self.chance.choice, (MONTHS, STATES, PROGRAMMES, SERVED)))
            self.enters(kind, self.chance.choice((1, 3, 5, 12, 25)))

    def looks(self, months):
        leaves = {}
        for (month, place, programme, served), people in self.people.items():
            if month in months and people:
                everybody, some = leaves.setdefault((place, programme), (set(), set()))
                everybody |= people
                some |= people if served else set()
        day = FIRST + timedelta(days=self.version)
        snapshot = made.snapshot(leaves, closed_for="1" * 64, as_of=day)
        ends = date(2025 + months[-1] // 12, months[-1] % 12 + 1, 1) - timedelta(days=1)
        period = {"from": f"2025-{months[0]:02}-01", "to": ends.isoformat()}
        snapshot.params |= {"as_of": day.isoformat()} | period
        truth = {report_of(snapshot).row_key(row): row for row in snapshot.rows}
        store(snapshot)
        for row in snapshot.rows:
            version = (date.fromisoformat(row["as_of"]) - FIRST).days
            cell = report_of(snapshot).row_key(row)
            for column in ("k", "n"):
                self.shown[months, cell, column, version] = row[column]
        return truth, {report_of(snapshot).row_key(row): row for row in snapshot.rows}

    def kinds(self, months, cell, column, version):
        place, _bar, programme = cell.partition("|")
        return [
            kind
            for kind in self.every
            if kind[0] <= version
            and kind[1] in months
            and place in {"IN", kind[2]}
            and programme in {"", kind[3]}
            and (column == "n" or kind[4])
        ]

    @property
    def every(self):
        return list(product(range(self.version + 1), MONTHS, STATES, PROGRAMMES, SERVED))

    def worked_out(self):
        least, equations, known, wanted = dict.fromkeys(self.every, 0), [], {}, {}
        for number, ((*what,), value) in enumerate(self.shown.items()):
            kinds = self.kinds(*what)
            total = sum(self.counts[kind] for kind in kinds)
            if value is None:
                wanted[tuple(kinds)] = kinds
                continue
            assert value == total, "what is shown is true of its day"
            equations.append(dict.fromkeys(kinds, 1) | {("sum", number): -1})
            known["sum", number] = value
        for months, place, programme, column in product(
            PERIODS, ("IN", *STATES), ("", *PROGRAMMES), ("k", "n")
        ):
            kinds = self.kinds(months, f"{place}|{programme}", column, self.version)
            wanted[tuple(kinds)] = kinds
        wanted |= {(kind,): [kind] for kind in self.every}
        small = {n: some for n, some in wanted.items() if hidden(sum(self.counts[k] for k in some))}
        return narrow(least, equations, known, small, K)


def history(seed):
    world = World(Random(seed))
    for _step in range(world.chance.randint(4, 9)):
        world.looks(world.chance.choice(PERIODS))
        if world.chance.random() < 0.5:
            world.goes_on()
    return world


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.by_turns(6)
def test_nothing_is_worked_out_of_successive_looks(seed):
    world = history(seed)
    assert world.shown
    assert world.worked_out() == {}


@pytest.mark.nightly
def test_the_former_rule_is_caught(monkeypatch):
    """Each small count hidden by itself, whatever else was shown: read without further ado."""

    def one_by_one(snapshot):
        report = report_of(snapshot)
        for at, row in enumerate(snapshot.rows):
            small = {name for name in report.sensitive(row) if hidden(row[name])}
            day = {"as_of": snapshot.as_of.isoformat()}
            snapshot.rows[at] = closed.without(report, row, small) | day

    monkeypatch.setattr("reports.run.settle", one_by_one)
    assert any(history(seed).worked_out() for seed in range(3))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.by_turns(3)
def test_something_is_shown_and_a_late_entry_of_few_changes_no_line(seed):
    world = World(Random(seed))
    before = {months: world.looks(months)[1] for months in PERIODS}
    assert sum(row["n"] is not None for rows in before.values() for row in rows.values()) > 10
    world.version += 1
    for kind in product(MONTHS, STATES, PROGRAMMES, SERVED):
        world.enters(kind, 1)
    for months in PERIODS:
        _truth, after = world.looks(months)
        for cell, row in before[months].items():
            was, now = row["n"], after[cell]["n"]
            assert now == was or None in {was, now} or abs(now - was) >= K
