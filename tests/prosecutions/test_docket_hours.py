"""How far a limit is and how much of it is left never contradict each other."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from prosecutions.docket import read_docket
from tests import factories

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


def of_court(user):
    return [row for row in read_docket(actor=user)["rows"] if row["group"] == "court"]


@pytest.mark.parametrize(
    ("hours", "away", "left", "late"),
    [
        (0, "in less than an hour", "Less than an hour to limit", False),
        (1, "in 1 hour", "1 hour to limit", False),
        (3, "in 3 hours", "3 hours to limit", False),
        (47, "in 47 hours", "47 hours to limit", False),
        (-1, "less than an hour ago", "Limit passed", True),
        (-4, "3 hours ago", "Limit passed", True),
    ],
)
@pytest.mark.by_turns(3)
def test_hours_and_days_never_contradict(case, lawyer, hours, away, left, late):
    factories.custody(case, court_by=timezone.now() + timedelta(hours=hours) + HALF_AN_HOUR)
    (row,) = of_court(lawyer)
    assert (row["away"], row["ready"].words, row["late"]) == (away, left, late)


@pytest.mark.parametrize("days", [3, 9, -3])
def test_beyond_two_days_both_are_of_days(case, lawyer, days):
    by = timezone.now() + timedelta(days=days)
    factories.custody(case, court_by=by)
    (row,) = of_court(lawyer)
    there = (case.jurisdiction.clock(by).date() - case.jurisdiction.today).days
    assert row["away"] == (f"in {there} days" if days > 0 else f"{-there} days ago")
    assert row["ready"].words == (f"{there} days to limit" if days > 0 else "Limit passed")


@pytest.mark.parametrize(("days", "away", "left"), [(1, "today", "Last day today"), (0, "", "")])
def test_what_ends_with_a_day_is_said_of_the_day_and_of_no_hour(case, lawyer, days, away, left):
    """Nobody knows the hour it began; so not “tomorrow, 00:00” beside “3 hours to limit”."""
    place = case.jurisdiction
    midnight = datetime.combine(place.today + timedelta(days=days), time.min)
    factories.custody(case, court_by=midnight.replace(tzinfo=ZoneInfo(place.time_zone)))
    (row,) = of_court(lawyer)
    assert (row["day"], row["hour"]) == (place.today + timedelta(days=days - 1), "")
    assert row["away"] == (away or "1 day ago")
    assert row["ready"].words == (left or "Limit passed")
    assert row["late"] == (days == 0)
