"""Intervals, against values that statsmodels and scipy computed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.intervals import log_ratio, newcombe, wilson
from studies.statistics import effective_wilson, reduction

GOLDEN = json.loads(Path(__file__).parents[1].joinpath("golden_stats.json").read_text())


@pytest.mark.parametrize("row", GOLDEN["wilson_95"], ids=lambda r: f"{r['k']}of{r['n']}")
def test_wilson(row):
    assert wilson(row["k"], row["n"]) == pytest.approx((row["lo"], row["hi"]), abs=1e-5)


@pytest.mark.parametrize("row", GOLDEN["wilson_with_deff"], ids=lambda r: f"{r['k']}x{r['deff']}")
def test_wilson_on_an_effective_sample(row):
    effective = wilson(row["k"] / row["deff"], row["n"] / row["deff"])
    assert effective == pytest.approx((row["lo"], row["hi"]), abs=1e-5)


@pytest.mark.parametrize("row", GOLDEN["two_proportion"], ids=lambda r: str(r["a"]))
def test_difference_and_ratio_of_two_shares(row):
    counts = (*row["a"], *row["b"])
    assert newcombe(*counts) == pytest.approx(tuple(row["newcombe_diff"]), abs=1e-5)
    if "rr_log_ci" in row:
        assert log_ratio(*counts) == pytest.approx(tuple(row["rr_log_ci"]), abs=1e-3)


def test_a_reduction_is_one_minus_a_ratio():
    row = GOLDEN["reduction"][0]
    ratio = log_ratio(*row["endline"], *row["baseline"])
    assert (1 - ratio.high, 1 - ratio.low) == pytest.approx(tuple(row["ci"]), abs=1e-5)


# Of numbers, not of the machine: a busy one may draw them slowly.
proved = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def counts(most=10_000):
    """k of n, the ends of the share more often than chance would have them."""
    of = st.integers(1, most)
    return of.flatmap(lambda n: st.tuples(st.sampled_from((0, n)) | st.integers(0, n), st.just(n)))


@proved
@example((470, 470), 1.0)
@example((0, 470), 1.0)
@given(counts(), st.floats(0.05, 20))
def test_an_interval_of_a_share_holds_it_and_its_ends_are_exact(k_of_n, effect):
    k, n = k_of_n
    for interval in (wilson(k, n), effective_wilson(k, n, effect)):
        assert 0 <= interval.low <= k / n <= interval.high <= 1
        assert (interval.low == 0) is (k == 0)
        assert (interval.high == 1) is (k == n)


@proved
@given(counts(), counts())
def test_an_interval_of_a_difference_and_of_a_ratio_holds_it(one, two):
    p1, p2 = one[0] / one[1], two[0] / two[1]
    difference = newcombe(*one, *two)
    assert -1 <= difference.low <= p1 - p2 <= difference.high <= 1
    ratio = log_ratio(*one, *two)
    if ratio:
        assert ratio.low <= p1 / p2 <= ratio.high
        reduced = reduction(*two, *one)
        assert reduced.low <= reduced.value <= reduced.high


def test_the_difference_between_all_and_none_ends_at_1():
    assert newcombe(470, 470, 0, 470).high == 1
    assert newcombe(0, 470, 470, 470).low == -1


def test_what_has_no_interval():
    assert wilson(0, 0) is None
    assert log_ratio(0, 10, 5, 10) is None
    with pytest.raises(ValueError, match="0 <= k <= n"):
        wilson(3, 2)
