"""The day we learned of a person: a day of its own; where nobody says it, today in the office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from places.models import Jurisdiction
from prosecutions.models import Suspect
from reports.readers import Reporter
from tests import factories
from tests.reports.courtroom import rows
from victims.models import Involvement, Victim

pytestmark = pytest.mark.django_db
MARCH = "2026-03-14"
AHEAD = f"{timezone.localdate() + timedelta(days=730)}"


@pytest.fixture
def case(office):
    return factories.case(office)


def test_where_nobody_says_it_it_is_today_in_the_office(case):
    today = case.office.jurisdiction.today
    for row in (factories.suspect(case), factories.involvement(case)):
        row.refresh_from_db()
        assert row.identified_on == today


def test_where_it_is_still_yesterday_at_the_place_it_is_yesterday(case):
    """The office lies where days begin, the place where they end: there are 24 hours between."""
    zones = ((case.office.jurisdiction, "Pacific/Kiritimati"), ("IN-MH", "Pacific/Honolulu"))
    for place, zone in zones:
        code = getattr(place, "code", place)
        Jurisdiction.objects.filter(code=code).update(time_zone=zone)
    there = Jurisdiction.objects.by_code("IN-MH")
    west = factories.case(case.office, jurisdiction=there)
    for row in (factories.suspect(west), factories.involvement(west)):
        row.refresh_from_db()
        assert row.identified_on == there.today


def test_of_a_suspect_it_is_said_when_added_and_put_right(api, case_manager, case):
    client = api(case_manager)
    body = {"case": str(case.pk), "role": "owner", "identified_on": MARCH}
    made = client.post("suspects/", body)
    assert (made.status_code, made.json()["identified_on"]) == (201, MARCH)
    path = f"suspects/{made.json()['id']}/"
    changed = client.patch(
        path, {"identified_on": "2026-03-12", "reason": "typing"}, If_Match='"1"'
    )
    assert (changed.status_code, changed.json()["identified_on"]) == (200, "2026-03-12")
    ahead = {"identified_on": AHEAD, "reason": "typing"}
    refused = client.patch(path, ahead, If_Match='"2"')
    assert refused.status_code == 400
    assert "identified_on" in refused.json()["errors"]
    refused = client.post("suspects/", body | {"identified_on": AHEAD})
    assert (refused.status_code, Suspect.objects.count()) == (400, 1)
    history = Suspect.objects.get().events.order_by("pgh_created_at", "pgh_id")
    days = [str(day) for day in history.values_list("identified_on", flat=True)]
    assert days == [MARCH, "2026-03-12"]


def test_of_a_survivor_it_is_put_right_with_the_identification(api, case_manager, case):
    part = factories.involvement(case)
    client = api(case_manager)
    path = f"involvements/{part.pk}/"
    changed = client.patch(path, {"identified_on": MARCH}, If_Match='"1"')
    assert (changed.status_code, changed.json()["identified_on"]) == (200, MARCH)
    refused = client.patch(path, {"identified_on": AHEAD}, If_Match='"2"')
    assert refused.status_code == 400
    assert "identified_on" in refused.json()["errors"]


def test_figures_of_people_identified_go_by_it(case, office):
    factories.suspect(case, identified_on=date(2025, 5, 1))
    found = {
        row["stage"]: row["k"]
        for row in rows("attrition-funnel", Reporter(), from_="2025-01-01", to="2025-12-31")
    }
    assert found["identified"] == 1
    online = factories.case(office, programme="osec")
    girl = Victim.objects.create(sex="female", age_min_months=150, age_max_months=150)
    factories.involvement(online, girl)
    Involvement.objects.filter(victim=girl).update(identified_on=date(2025, 5, 1))
    asked = {"from_": "2025-05-01", "to": "2025-05-01"}
    found = {(row["measure"], row["group"]): row for row in rows("osec-profile", **asked)}
    assert found["age_unknown", "osec"]["n"] == 1
