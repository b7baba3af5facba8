"""No hidden count of a table can be worked out, whatever the table, and whatever came before.

The attacker writes down by itself what the table shows, the sums that everybody knows, and that a
hidden count is at least 1; then it looks for bounds (scipy), and solves by linear algebra.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.disclosure import K
from reports.publishing.grid import grid_of
from reports.publishing.keys import Detail
from reports.publishing.suppression import make_safe
from tests.reports import tables_to_release as made
from tests.reports.attacker import narrow
from tests.whole import examples

pytestmark = pytest.mark.django_db
FINE = Detail("state", by_programme=True)
PROGRAMMES = ("csec", "osec", "bonded_labour")


@st.composite
def leaves(draw):
    """Persons by state and programme; some are known for the country only; some were served."""
    found = {}
    for place in draw(st.permutations([*made.STATES]))[: draw(st.integers(1, 4))]:
        for programme in draw(st.permutations(PROGRAMMES))[: draw(st.integers(1, 3))]:
            count = draw(st.sampled_from([1, 2, 4, 9, 10, 11, 12, 15, 23, 40, 90]))
            served = draw(st.integers(0, count))
            people = sorted(made.persons(place, programme, 0, count))
            found[place, programme] = (set(people), set(people[:served]))
    if draw(st.booleans()):
        people = made.persons("IN", "csec", 0, draw(st.sampled_from([3, 14])))
        found["IN", "csec"] = (people, set())
    return found


class Attacker:
    """Everything one who holds the tables can write down as equations."""

    def __init__(self):
        self.values, self.unknown, self.equal = {}, [], []

    def reads(self, name, snapshot, hid):
        values = self.values
        for row in snapshot.rows:
            for column in ("k", "n"):
                key = (name, row["jurisdiction"]["code"], row["programme"], column)
                values[key] = row[column]
                if (f"{key[1]}|{key[2] or ''}", column) in hid:
                    self.unknown.append(key)
        self._sums({key: value for key, value in values.items() if key[0] == name})

    def _sums(self, values):
        parts = defaultdict(list)
        for key in values:
            name, place, programme, column = key
            if programme:
                parts[name, place, None, column].append(key)
            if place != "IN":
                parts[(name, "IN", programme, column), "places"].append(key)
        for name, of in parts.items():
            whole = name[0] if name[-1] == "places" else name
            self._add(whole, of, values[whole] - sum(values[key] for key in of))
        for key in values:
            if key[-1] == "n":
                part = (*key[:-1], "k")
                self._add(key, [part], values[key] - values[part])

    def compares(self, before, after):
        """The same cell of two tables: whoever was counted before is counted still."""
        for (name, *cell), value in list(self.values.items()):
            earlier = (before, *cell)
            if name == after and value and self.values.get(earlier):
                self._add((name, *cell), [earlier], value - self.values[earlier])

    def _add(self, whole, parts, rest):
        """What is left over is unknown too, but for nothing, which can be known."""
        equation = {whole: 1} | dict.fromkeys(parts, -1)
        if rest:
            slack = ("rest", len(self.equal), rest)
            self.unknown.append(slack)
            self.values[slack] = rest
            equation[slack] = -1
        self.equal.append(equation)

    def narrow(self):
        """Everything unknown that can be told to lie in a narrow interval."""
        least = {key: 0 if key[0] == "rest" else 1 for key in self.unknown}
        return narrow(least, self.equal, self.values, {key: [key] for key in least}, K)

    def solved(self):
        """What linear algebra alone gives away: unknowns on which all solutions agree."""
        at = {key: n for n, key in enumerate(self.unknown)}
        matrix = np.zeros((len(self.equal), len(at)))
        for n, equation in enumerate(self.equal):
            for key, by in equation.items():
                if key in at:
                    matrix[n, at[key]] = by
        _u, sizes, rows = np.linalg.svd(matrix)
        kernel = rows[int(sum(sizes > 1e-9)) :]
        return {key for key, n in at.items() if not np.abs(kernel[:, n]).sum() > 1e-9}


def earlier(snapshot, detail, safe=None):
    """A table as it was told before."""
    return grid_of(snapshot, detail, "before", hidden=suppressed(safe) if safe else ())


def suppressed(safe):
    return {(key.row, key.column) for key in safe.hidden}


@given(leaves())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_count_can_be_narrowed(table):
    snapshot = made.snapshot(table)
    safe = make_safe(grid_of(snapshot, FINE))
    if safe.open:
        return  # refused: nothing leaves
    attacker = Attacker()
    attacker.reads("one", snapshot, suppressed(safe))
    protected = {key for key in attacker.unknown if key[0] != "rest" or key[2] < K}
    assert protected.isdisjoint(attacker.narrow())
    assert not protected & attacker.solved()


@given(leaves(), st.lists(st.sampled_from([0, 0, 1, 3, 10, 11, 30]), min_size=13, max_size=13))
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nor_by_holding_a_later_table_against_an_earlier_one(table, growth):
    before = made.snapshot(table)
    after = made.snapshot(
        {
            place: (people | made.persons(*place, 500, came), served)
            for (place, (people, served)), came in zip(table.items(), growth, strict=False)
        }
    )
    first = make_safe(grid_of(before, FINE))
    second = make_safe(grid_of(after, FINE), [earlier(before, FINE, first)])
    if first.open or second.open:
        return  # refused
    attacker = Attacker()
    attacker.reads("before", before, suppressed(first))
    attacker.reads("after", after, suppressed(second))
    attacker.compares("before", "after")
    small = {key for key in attacker.unknown if attacker.values[key] < K}
    assert small.isdisjoint(attacker.narrow())


@given(leaves())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_shown_count_is_a_small_one(table):
    grid = grid_of(made.snapshot(table), FINE)
    safe = make_safe(grid)
    shown = [v for key, v in grid.values.items() if key not in safe.hidden]
    assert not [value for value in shown if 0 < value < K]


def test_the_third_of_three_states_is_not_left_alone():
    """33 less 11 less 13 gives 9: hidden is one more."""
    table = {
        (place, "csec"): (made.persons(place, "csec", 0, count), set())
        for place, count in (("IN-WB", 11), ("IN-MH", 13), ("IN-DL", 9))
    }
    safe = make_safe(grid_of(made.snapshot(table), Detail("state")))
    assert not safe.open
    assert suppressed(safe) == {("IN-DL|", "n"), ("IN-WB|", "n")}


def test_who_is_left_over_in_a_country_is_protected_as_well():
    """Three persons whose state nobody knows could be had by subtraction."""
    table = {
        ("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, 40), set()),
        ("IN", "csec"): (made.persons("IN", "csec", 0, 3), set()),
    }
    assert suppressed(make_safe(grid_of(made.snapshot(table), Detail("state")))) == {
        ("IN-WB|", "n")
    }


def test_all_but_three_were_served():
    """33 with 30 served would tell of three who were not."""
    people = made.persons("IN-WB", "csec", 0, 33)
    table = {("IN-WB", "csec"): (people, set(sorted(people)[:30]))}
    assert suppressed(make_safe(grid_of(made.snapshot(table), Detail("country")))) == {("IN|", "k")}


def test_a_total_of_two_small_groups_cannot_be_made_safe():
    table = {
        (place, "csec"): (made.persons(place, "csec", 0, count), set())
        for place, count in (("IN-WB", 4), ("IN-MH", 8))
    }
    safe = make_safe(grid_of(made.snapshot(table), Detail("state")))
    assert {key.row for one in safe.open for key in one.keys} == {"IN-WB|", "IN-MH|"}
    assert not make_safe(grid_of(made.snapshot(table), Detail("country"))).open


def test_three_who_came_since_the_last_release_cannot_be_counted():
    """A total may not be given up, so the second table is refused; a state would be hidden."""
    before = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, 40), set())})
    after = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, 43), set())})
    assert make_safe(grid_of(after, Detail()), [earlier(before, Detail())]).open
    many = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, 51), set())})
    assert not make_safe(grid_of(many, Detail()), [earlier(before, Detail())]).open


def test_nor_where_some_went_and_a_few_more_came():
    """43 after 40, of whom five are counted no longer: the difference is told all the same."""
    before = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, 40), set())})
    after = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 5, 43), set())})
    assert make_safe(grid_of(after, Detail()), [earlier(before, Detail())]).open
    as_many = made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 5, 40), set())})
    assert not make_safe(grid_of(as_many, Detail()), [earlier(before, Detail())]).open


def test_two_tables_that_hide_different_states_do_not_give_a_third_away():
    """The first hides Maharashtra. Did the second hide West Bengal, both would tell of 9."""
    table = {
        (place, "csec"): (made.persons(place, "csec", 0, count), set())
        for place, count in (("IN-WB", 11), ("IN-MH", 13), ("IN-DL", 9))
    }
    hidden = [(place, "n") for place in ("IN-DL|", "IN-MH|")]
    first = grid_of(made.snapshot(table), Detail("state"), "old", hidden=hidden)
    safe = make_safe(grid_of(made.snapshot(table), Detail("state")), [first])
    assert not safe.open
    assert suppressed(safe) == {("IN-DL|", "n"), ("IN-MH|", "n")}


def test_what_was_given_away_before_hides_nothing_else():
    """40 less 37 told of three persons. They stay hidden, and beside them two that keep each other
    safe; the rest of the table is shown."""
    old = [
        grid_of(
            made.snapshot({("IN-WB", "csec"): (made.persons("IN-WB", "csec", 0, count), set())}),
            Detail("state"),
            f"old {count}",
        )
        for count in (40, 37)
    ]
    counts = {"IN-WB": (37, 3), "IN-MH": (0, 50), "IN-DL": (0, 30), "IN-TN": (0, 25)}
    table = {
        (place, "csec"): (made.persons(place, "csec", *few), set()) for place, few in counts.items()
    }
    safe = make_safe(grid_of(made.snapshot(table), Detail("state")), old, gives_up=True)
    assert safe.open
    assert suppressed(safe) == {("IN-WB|", "n"), ("IN-TN|", "n"), ("IN-DL|", "n")}
