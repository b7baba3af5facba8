"""Times and quantiles, against a textbook."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import Z95
from reports.statistics import kaplan_meier, median_time, quantile, step_at

# Remission of 21 patients on 6-MP (Freireich and others, 1963), as in textbooks; + is censored.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
TEXTBOOK = [
    (6, 21, 3, 0.857, 0.0764),
    (7, 17, 1, 0.807, 0.0869),
    (10, 15, 1, 0.753, 0.0963),
    (13, 12, 1, 0.690, 0.1068),
    (16, 11, 1, 0.627, 0.1141),
    (22, 7, 1, 0.538, 0.1282),
    (23, 6, 1, 0.448, 0.1346),
]


def times(text):
    return [(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def test_kaplan_meier_as_in_the_textbook():
    steps = kaplan_meier(times(REMISSION))
    assert [(s.time, s.at_risk, s.events) for s in steps] == [row[:3] for row in TEXTBOOK]
    for step, (_time, _at_risk, _events, share, error) in zip(steps, TEXTBOOK, strict=True):
        assert step.share == pytest.approx(share, abs=6e-4)
        assert step.high - step.share == pytest.approx(min(1 - step.share, Z95 * error), abs=6e-4)
    assert median_time(steps) == 23
    assert step_at(steps, 5) is None
    assert step_at(steps, 15).time == 13


def test_the_median_is_the_first_time_with_half_left_within_rounding():
    assert median_time(kaplan_meier(times("1 2 3 4"))) == 2
    thirds = kaplan_meier(times("1 1 1 2 2 3 4 4+ 5+ 6+"))  # 0.7 × 5/7 is a hair above 0.5
    assert thirds[1].share == pytest.approx(0.5)
    assert median_time(thirds) == 2
    assert median_time(kaplan_meier(times("1 2+ 3+ 4+"))) is None
    assert kaplan_meier([]) == []


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=40))
def test_a_curve_only_falls_and_stays_in_its_interval(observed):
    steps = kaplan_meier(observed)
    shares = [1.0, *(step.share for step in steps)]
    assert all(later < before for before, later in pairwise(shares))
    assert all(0 <= s.low <= s.share <= s.high <= 1 for s in steps)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_with_nothing_censored_it_is_the_share_still_to_come(days):
    for step in kaplan_meier([(day, True) for day in days]):
        assert step.share == pytest.approx(sum(day > step.time for day in days) / len(days))


def test_quantiles_by_linear_interpolation():
    assert quantile([], 0.5) is None
    assert quantile([7], 0.9) == 7
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([10, 20, 30, 40], 0.9) == pytest.approx(37)
    assert [quantile([1, 2, 3], q) for q in (0, 0.25, 1)] == [1, 1.5, 3]
    with pytest.raises(ValueError, match="below zero"):
        kaplan_meier([(-1, True)])
