"""The statistics of samples, against values that statsmodels and scipy computed, and by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.intervals import wilson
from studies.statistics import (
    chapman,
    cluster_share,
    counts_behind,
    effective_wilson,
    reduction,
    sample_size,
    two_shares,
)

GOLDEN = json.loads(Path(__file__).parents[1].joinpath("golden_stats.json").read_text())
CLUSTERS = list(zip(GOLDEN["cluster_ratio"]["x"], GOLDEN["cluster_ratio"]["n"], strict=True))


def test_a_share_of_clusters():
    row, found = GOLDEN["cluster_ratio"], cluster_share(CLUSTERS)
    assert (found.k, found.n, found.clusters) == (4, 50, 5)
    assert found.share == pytest.approx(row["p"])
    assert found.error == pytest.approx(row["se_linearised"], abs=1e-6)
    assert found.effect == pytest.approx(row["deff_vs_p(1-p)/n"], abs=1e-6)
    n = 50 / found.effect
    assert found.interval == pytest.approx(wilson(0.08 * n, n))


def test_a_finite_population_narrows_it():
    whole, half = cluster_share(CLUSTERS), cluster_share(CLUSTERS, 0.5)
    assert half.error == pytest.approx(whole.error * 0.5**0.5)
    assert half.effect == pytest.approx(whole.effect / 2)
    assert half.interval.high < whole.interval.high


@pytest.mark.parametrize(
    ("clusters", "visited", "error"),
    [
        ([(1, 10)], 0.0, None),  # one alone
        ([(0, 10)], 0.0, None),
        ([(1, 10), (1, 10)], 0.0, 0),  # all alike
        (CLUSTERS, 1.0, 0),  # all there are
        ([(0, 5), (0, 9)], 1.0, 0),
    ],
)
def test_where_no_variance_can_be_seen_there_is_no_interval(clusters, visited, error):
    found = cluster_share(clusters, visited)
    assert (found.error, found.effect, found.interval) == (error, None, None)


@pytest.mark.parametrize(
    ("clusters", "interval"),
    # Wilson by hand: z² / (n + z²), with z² = 3.8415, of 14 people.
    [([(0, 5), (0, 9)], (0, 0.2153)), ([(5, 5), (9, 9)], (0.7847, 1))],
)
def test_of_nobody_and_of_everybody_the_effect_is_one(clusters, interval):
    found = cluster_share(clusters)
    assert (found.error, found.effect) == (None, 1)
    assert found.interval == pytest.approx(interval, abs=1e-4)


def test_of_nobody_there_is_no_share():
    assert cluster_share([])[3:] == (None, None, None, None)
    assert cluster_share([(0, 0), (0, 0)]).share is None


@pytest.mark.parametrize("row", GOLDEN["wilson_with_deff"], ids=lambda r: f"{r['k']}x{r['deff']}")
def test_wilson_on_an_effective_sample(row):
    found = effective_wilson(row["k"], row["n"], row["deff"])
    assert found == pytest.approx((row["lo"], row["hi"]), abs=1e-5)


def test_mark_and_recapture():
    row = GOLDEN["chapman"]
    found = chapman(row["n1"], row["n2"], row["m"])
    assert found.number == pytest.approx(row["N"], abs=1e-4)
    assert found.error == pytest.approx(row["se"], abs=1e-4)
    assert found.low == pytest.approx(978.0645 - 1.959964 * 141.8943, abs=1e-2)


def test_nobody_who_was_seen_is_outside_the_interval():
    assert chapman(10, 8, 8) == (10, 0, 10, 10)
    assert chapman(5, 5, 1).low == 9
    with pytest.raises(ValueError, match="among those of each"):
        chapman(5, 4, 5)


@pytest.mark.parametrize("row", GOLDEN["two_proportion"], ids=lambda r: str(r["a"]))
def test_two_shares(row):
    assert two_shares(*row["a"], *row["b"]).z == pytest.approx(row["z_pooled"], abs=1e-3)


def test_how_often_chance_gives_such_a_difference():
    assert two_shares(60, 100, 45, 100).p == pytest.approx(0.0337, abs=1e-4)  # z = 2.1237
    assert two_shares(0, 10, 0, 10) is None
    assert two_shares(10, 10, 10, 10) is None
    assert two_shares(0, 0, 1, 10) is None


def test_a_reduction():
    row = GOLDEN["reduction"][0]
    found = reduction(*row["baseline"], *row["endline"])
    assert found.value == pytest.approx(row["reduction"])
    assert (found.low, found.high) == pytest.approx(tuple(row["ci"]), abs=1e-5)
    assert two_shares(*row["baseline"], *row["endline"]).z == pytest.approx(row["z"], abs=1e-5)


def test_a_zero_count_has_no_interval_and_from_nothing_nothing_falls():
    assert reduction(5, 10, 0, 10) == (1, None, None)
    assert reduction(0, 10, 5, 10) is None
    assert reduction(1, 10, 2, 10).value == pytest.approx(-1)  # a rise


def test_how_many_must_be_counted():
    row = GOLDEN["sample_size"]
    assert sample_size(row["p1"], row["p2"]) == row["n_per_group"]
    assert sample_size(row["p2"], row["p1"]) == row["n_per_group"]
    assert sample_size(row["p1"], row["p2"], effect=2) == pytest.approx(874, abs=1)
    with pytest.raises(ValueError, match="different shares"):
        sample_size(0.1, 0.1)


@pytest.mark.parametrize("row", GOLDEN["rounding_inverse"], ids=lambda r: r["p"])
def test_the_counts_behind_a_published_share(row):
    share = Decimal(row["p"].rstrip("%")) / 100
    assert counts_behind(share, row["n"]) == (row["k_min"], row["k_max"])


def test_a_share_that_no_count_gives():
    assert counts_behind(Decimal("0.333"), 2) is None
    assert counts_behind(Decimal("0.500000"), 2) == (1, 1)
    assert counts_behind(Decimal(0), 9)[0] == 0
    assert counts_behind(Decimal(1), 9)[1] == 9


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=12), st.floats(0, 1))
def test_a_share_lies_in_its_interval(counts, visited):
    found = cluster_share([(min(k, n), n) for k, n in counts], visited)
    if found.interval is not None:
        assert found.interval.low <= found.share + 1e-12
        assert found.share - 1e-12 <= found.interval.high


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_there_are_at_least_those_who_were_seen(first, second, data):
    both = data.draw(st.integers(0, min(first, second)))
    found = chapman(first, second, both)
    seen = first + second - both
    assert found.number >= seen - 1e-9
    assert seen <= found.low <= found.number + 1e-9
    assert found.high >= found.number
