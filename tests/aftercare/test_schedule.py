"""Due days are exact: thirty days, half a year, then every year; short months clamp."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.schedule import (
    due_days,
    follow_up_of,
    months_after,
    next_assessment,
    next_follow_up,
    next_review,
)

LEAP = date(2024, 8, 31)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def test_assessments_are_due_at_thirty_days_half_a_year_and_every_year():
    assert list(islice(due_days(LEAP), 5)) == [
        date(2024, 9, 30),
        date(2025, 2, 28),
        date(2025, 8, 31),
        date(2026, 8, 31),
        date(2027, 8, 31),
    ]
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2024, 2, 29), 48) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("assessed", "due"),
    [
        ([], date(2026, 1, 31)),
        ([date(2026, 1, 1)], date(2026, 7, 1)),  # of the day of opening
        ([date(2026, 1, 31)], date(2026, 7, 1)),  # on its last day
        ([date(2026, 2, 1)], date(2026, 7, 1)),  # late for the first: it meets no other
        ([date(2026, 2, 1), date(2026, 2, 2)], date(2026, 7, 1)),  # the second is an extra one
        ([date(2026, 1, 5), date(2026, 2, 5)], date(2026, 7, 1)),  # so is this
        ([date(2026, 1, 5), date(2026, 4, 16)], date(2026, 7, 1)),  # still nearer to the first
        ([date(2026, 1, 5), date(2026, 4, 17)], date(2027, 1, 1)),  # early for the second
        ([date(2026, 7, 1), date(2026, 7, 9), date(2026, 7, 20)], date(2027, 1, 1)),
        ([date(2026, 7, 1)], date(2027, 1, 1)),
        ([date(2026, 9, 1)], date(2027, 1, 1)),  # late for the second; the first is past
        ([date(2026, 1, 5), date(2026, 9, 1)], date(2027, 1, 1)),  # late for the second
        ([date(2026, 1, 5), date(2026, 2, 5), date(2026, 9, 1)], date(2027, 1, 1)),  # late again
        ([date(2026, 1, 5), date(2026, 1, 6)], date(2026, 7, 1)),  # twice before the first
        ([date(2025, 12, 31)], date(2026, 1, 31)),  # before the plan
    ],
)
def test_a_late_assessment_meets_only_the_due_day_that_has_come(assessed, due):
    assert next_assessment(date(2026, 1, 1), assessed) == due


@given(DAYS, st.lists(st.integers(0, 4000), max_size=6))
def test_the_next_due_day_is_the_first_after_what_was_met(opened, after):
    """Against another way to say it: each assessment in turn crosses out one day."""
    days = list(islice(due_days(opened), 20))
    crossed: list[date] = []
    for day in sorted({opened + timedelta(days=n) for n in after}):
        here = max((due for due in days if due <= day), default=None)
        ahead = next(due for due in days if due > day)
        if here and all(due < here for due in crossed):
            crossed.append(here)
        elif here is None or (ahead - day) <= (day - here):
            crossed.append(ahead)
    wanted = next(due for due in days if all(due > one for one in crossed))
    assert next_assessment(opened, [opened + timedelta(days=n) for n in after]) == wanted


@given(DAYS, st.integers(0, 4000))
def test_a_late_assessment_never_swallows_the_next(opened, after):
    day = opened + timedelta(days=after)
    first, second = islice(due_days(opened), 2)
    next_come = next(due for due in due_days(opened) if due > day)
    assert next_assessment(opened, [day]) == (second if day < first else next_come)


@given(DAYS, st.lists(st.integers(0, 4000), min_size=1, max_size=6))
def test_nobody_waits_more_than_a_year_and_a_half_after_an_assessment(opened, after):
    days = [opened + timedelta(days=n) for n in after]
    assert next_assessment(opened, days) - max(days) <= timedelta(days=366 + 183)


def test_reviews_every_three_months_and_follow_ups_at_three_six_and_twelve():
    assert next_review(date(2025, 11, 30), []) == date(2026, 2, 28)
    assert next_review(date(2025, 11, 30), [date(2026, 1, 15)]) == date(2026, 4, 15)
    closed = date(2025, 11, 30)
    assert next_follow_up(closed, []) == (3, date(2026, 2, 28))
    assert next_follow_up(closed, [3]) == (6, date(2026, 5, 30))
    assert next_follow_up(closed, [6]) == (12, date(2026, 11, 30))
    assert next_follow_up(closed, [12]) is None


def test_a_late_call_is_the_latest_follow_up_that_is_due():
    closed = date(2026, 1, 1)
    assert follow_up_of(closed, [], date(2026, 1, 20)) == 3
    assert follow_up_of(closed, [], date(2026, 8, 1)) == 6
    assert follow_up_of(closed, [3], date(2026, 4, 2)) == 6
    assert follow_up_of(closed, [6], date(2027, 4, 2)) == 12
    assert follow_up_of(closed, [12], date(2027, 4, 2)) is None
