"""Days that are offered as next dates are days on which that court works."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from places.court_days import court_day_from, is_holiday, is_working_day
from places.models import Jurisdiction
from prosecutions.calendars import seat_of
from tests import factories


def at(code):
    return Jurisdiction(code=code, time_zone="UTC")


@pytest.mark.parametrize(
    ("code", "day", "works"),
    [
        ("IN-WB-KOL", date(2026, 12, 24), date(2026, 12, 24)),
        ("IN-WB-KOL", date(2026, 12, 26), date(2026, 12, 28)),  # a Saturday
        ("IN-WB-KOL", date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, on a Friday
        ("IN-WB-KOL", date(2026, 10, 19), date(2026, 10, 22)),  # Durga Puja, in West Bengal
        ("IN-MH-MUM", date(2026, 10, 19), date(2026, 10, 19)),  # and not in Maharashtra
        ("PH-MNL", date(2026, 11, 30), date(2026, 12, 1)),  # Bonifacio Day
        ("KH-PNH", date(2026, 4, 14), date(2026, 4, 17)),  # the new year, three days of it
        ("BD", date(2026, 11, 27), date(2026, 11, 29)),  # a weekend of Friday and Saturday
        ("NP", date(2026, 11, 29), date(2026, 11, 30)),
        ("XX", date(2026, 12, 25), date(2026, 12, 25)),  # nothing is claimed of it
        ("XX", date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_a_closed_court_is_offered_the_next_day_it_works(code, day, works):
    assert court_day_from(at(code), day) == works


def test_a_state_has_holidays_of_its_own():
    puja = date(2026, 10, 19)
    assert is_holiday(at("IN-WB"), puja)
    assert not is_holiday(at("IN"), puja)


@pytest.mark.django_db
def test_the_calendar_is_that_of_the_court_and_not_of_the_case():
    case = factories.case()
    court = factories.agency(kind="court", jurisdiction=factories.place("PH-MNL"))
    assert seat_of(factories.prosecution(case, court=court)).code == "PH-MNL"
    without = factories.prosecution(case)
    assert seat_of(without) == without.jurisdiction


@pytest.mark.django_db
@pytest.mark.parametrize("late", [1, 10, 20, 30, 50])
def test_next_dates_are_working_days_counted_from_the_hearing(page, case, late):
    """Twelve weeks of offers, so that weekends and holidays are among them."""
    place = case.jurisdiction
    heard = place.today - timedelta(days=late)
    of = factories.charge(case).prosecution
    hearing = factories.hearing(prosecution=of, listed_on=heard)
    days = page.get(f"/hearings/{hearing.pk}/record/").context["form"].days
    wanted = {str(n): court_day_from(place, heard + timedelta(weeks=n)) for n in (2, 4, 8)}
    assert days == {weeks: day for weeks, day in wanted.items() if day > place.today}
    assert all(is_working_day(place, day) for day in days.values())


@pytest.mark.django_db
def test_of_a_hearing_long_ago_no_day_that_has_passed_is_offered(page, case, said):
    of = factories.charge(case).prosecution
    heard = case.jurisdiction.today - timedelta(weeks=9)
    hearing = factories.hearing(prosecution=of, listed_on=heard)
    answer = page.get(f"/hearings/{hearing.pk}/record/")
    assert answer.context["form"].days == {}
    assert "Another day" in said(answer)
