"""What can be worked out about hidden numbers: exact, held against every table there is."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.publishing.bounds import intervals, narrow

MOST = 14


@st.composite
def systems(draw):
    """A few hidden numbers and equations among them, one of which bounds them all."""
    count = draw(st.integers(2, 4))
    truth = {n: draw(st.integers(0, 3)) for n in range(count)}
    least = {n: draw(st.integers(0, min(1, truth[n]))) for n in truth}
    coefficients = st.integers(-2, 3)
    rows = draw(st.lists(st.lists(coefficients, min_size=count, max_size=count), max_size=2))
    equations = [{n: by for n, by in enumerate(row) if by} for row in rows]
    return truth, least, [*equations, dict.fromkeys(truth, 1)]


def every_table(truth, least, equations):
    """By trying all: the tables that agree with the equations."""
    for values in product(*(range(least[n], MOST) for n in truth)):
        if all(
            sum(by * (values[n] - truth[n]) for n, by in equation.items()) == 0
            for equation in equations
        ):
            yield values


@given(systems())
@settings(max_examples=60, deadline=None)
def test_intervals_are_those_of_all_tables_that_fit(system):
    truth, least, equations = system
    tables = list(every_table(*system))
    found = intervals(truth, least, equations)
    assert found == {n: (min(t[n] for t in tables), max(t[n] for t in tables)) for n in truth}


@given(systems(), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_narrow_are_those_whose_interval_is_narrow(system, width):
    wide = {n for n, (low, high) in intervals(*system).items() if high - low >= width}
    assert set(narrow(*system, set(system[0]), width)) == set(system[0]) - wide


def test_what_nothing_bounds_has_no_greatest():
    assert intervals({"a": 5}, {"a": 1}, []) == {"a": (1, None)}
    apart = intervals({"a": 5, "b": 2}, {"a": 1, "b": 0}, [{"a": 1, "b": -1}])
    assert apart == {"a": (3, None), "b": (0, None)}


def test_the_last_of_a_sum_is_known():
    """33 in all, 11 and 13 shown: the third is 9, hidden or not."""
    shown_total = [{"total": 1, "a": -1, "b": -1, "c": -1}]
    assert intervals({"c": 9}, {"c": 1}, shown_total) == {"c": (9, 9)}


def test_a_number_that_must_be_whole():
    """Three times a plus twice b is 7: a is 1 and b 2, though fractions would leave a from 0."""
    odd = [{"a": 3, "b": 2}]
    assert intervals({"a": 1, "b": 2}, {"a": 0, "b": 0}, odd) == {"a": (1, 1), "b": (2, 2)}
