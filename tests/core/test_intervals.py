"""Intervals, against values that statsmodels and scipy computed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import log_ratio, newcombe, wilson

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


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_in_its_interval(k, n):
    k = min(k, n)
    interval = wilson(k, n)
    assert 0 <= interval.low <= k / n + 1e-12
    assert k / n - 1e-12 <= interval.high <= 1


def test_what_has_no_interval():
    assert wilson(0, 0) is None
    assert log_ratio(0, 10, 5, 10) is None
    with pytest.raises(ValueError, match="0 <= k <= n"):
        wilson(3, 2)
