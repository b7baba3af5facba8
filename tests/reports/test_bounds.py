"""What can be worked out about hidden counts, held against every table there is."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.publishing.bounds import Bounds
from tests.whole import examples

MOST = 14


@st.composite
def systems(draw):
    """A few groups, and sets of them that are shown or hidden; one set holds everybody."""
    count = draw(st.integers(2, 4))
    truth = [draw(st.integers(1, 3)) for _one in range(count)]
    groups = st.sets(st.integers(0, count - 1), min_size=1)
    sets = draw(st.lists(groups, max_size=4))
    shown = [draw(st.booleans()) for _one in sets]
    return truth, [*sets, set(range(count))], [*shown, True]


def every_table(truth, sets, shown):
    """By trying all: the tables that fit."""
    for values in product(range(MOST), repeat=len(truth)):
        sums = [sum(values[group] for group in members) for members in sets]
        known = [sum(truth[group] for group in members) for members in sets]
        if all(
            a == b if is_shown else a >= 1
            for a, b, is_shown in zip(sums, known, shown, strict=True)
        ):
            yield values


def bounds(truth, sets, shown, width):
    found = Bounds(truth, sets, width)
    for number, is_shown in enumerate(shown):
        if not is_shown:
            found.hide(number)
    return found


@given(systems(), st.integers(1, 8))
@settings(max_examples=examples(30), deadline=None)
def test_narrow_are_the_sums_on_which_all_tables_nearly_agree(system, width):
    truth, sets, _shown = system
    sums = [*sets, *({group} for group in range(len(truth)))]
    tables = list(every_table(*system))
    values = [[sum(table[group] for group in members) for table in tables] for members in sums]
    narrow = [n for n, found in enumerate(values) if max(found) - min(found) < width]
    assert list(bounds(*system, width).narrow(range(len(sums)))) == narrow


def test_what_nothing_bounds_is_wide():
    assert list(bounds([5], [{0}], [False], 11).narrow([0])) == []
    assert list(bounds([5, 2], [{0}, {1}], [False, True], 11).narrow([0, 1])) == [1]


def test_the_last_of_a_sum_is_known():
    """33 in all, 11 and 13 shown: the third is 9, hidden or not."""
    of_three = bounds([11, 13, 9], [{0, 1, 2}, {0}, {1}, {2}], [True, True, True, False], 11)
    assert list(of_three.narrow([3])) == [3]
    assert of_three.telling(3) == [0, 1, 2]


def test_a_number_that_must_be_whole():
    """Any two of three are 2 together, so each is 1."""
    pairs = [{0, 1}, {1, 2}, {0, 2}]
    assert list(bounds([1, 1, 1], pairs, [True] * 3, 1).narrow([3, 4, 5])) == [3, 4, 5]


def test_what_the_solver_says_is_not_believed():
    """A table that breaks an equation, or is not of whole numbers, proves nothing."""
    found = bounds([5, 9], [{0, 1}, {0}], [True, False], 11)
    assert not found._remember([4.0, 11.0])
    assert not found._remember([4.5, 9.5])
    assert not found._remember([-1.0, 15.0])
    assert found._remember([4.0, 10.0])
    assert (found.least[1], found.most[1]) == (4, 5)
