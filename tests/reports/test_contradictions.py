"""Records that contradict one another and are here already: counted by rule, led to by case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from casework.models import Rescue
from core import jobs
from core.contradictions import RULES, among
from prosecutions.models import Charge
from reports.models import Snapshot
from studies.models import Visit
from studies.visit_rules import faults_of
from tests import factories
from tests.factories import studies
from tests.reports.courtroom import arrested, charged, day, decided, rows

pytestmark = pytest.mark.django_db
IN_TWO_YEARS = timezone.localdate() + timedelta(days=730)


def found(reader=None, **given):
    of = {f"{label.rpartition('.')[2].lower()}." for label in RULES}
    said = rows("data-quality", reader, **given)
    return {
        row["measure"]: (row["value"], row["k"])
        for row in said
        if any(row["measure"].startswith(name) for name in of)
    }


@pytest.fixture
def world(office):
    """Of each kind one, as an owner of the database may write them, and one in order."""
    case, other = factories.case(office), factories.case(office)
    rescue = factories.rescue(case)
    Rescue.objects.filter(pk=rescue.pk).update(
        occurred_at=datetime(2026, 3, 1, 12, tzinfo=UTC), occurred_on=date(2025, 1, 1)
    )
    arrested(factories.suspect(case), IN_TWO_YEARS.isoformat())
    arrested(factories.suspect(other), IN_TWO_YEARS.isoformat())
    suspect = factories.suspect(case)
    decided(charged(suspect, "04-01"), "acquitted", "09-01")
    early = charged(factories.suspect(case), "04-01")
    decided(early, "acquitted", "09-01")
    Charge.objects.filter(pk=early.pk).update(filed_on=day("10-01"))
    factories.hearing(prosecution=early.prosecution, listed_on=day("11-01"), result="held")
    census = studies.stratum(studies.study(method="census"))
    for number in (4, 5):
        studies.visit(census, venue="E-1", visited_on=date(2024, 3, number))
    studies.visit(census, venue="E-2", visited_on=IN_TWO_YEARS)
    return case


def test_what_contradicts_itself_is_counted_by_rule_and_by_case(world):
    assert found() == {
        "rescue.dated_two_ways": (1, 1),
        "arrest.arrested_on_ahead": (2, 2),
        "chargedecision.decided_before_filed": (1, 1),
        "hearing.hearing_after_the_end": (1, 1),
        "visit.venue_visited_twice": (2, None),
        "visit.visit_outside_fieldwork": (1, None),
    }
    assert found(jurisdiction="PH") == {}


def test_the_count_opens_into_the_cases_to_mend(world, api, browser_client, case_manager):
    client = api(case_manager)
    run = client.post("report-runs/", {"report": "data-quality", "params": {}}).json()["id"]
    jobs.run(run)
    query = "?cell=rescue.dated_two_ways&of=k"
    behind = client.get(f"report-runs/{run}/behind/{query}").json()
    assert [one["case"] for one in behind["results"]] == [str(world.pk)]
    snapshot = Snapshot.objects.get().pk
    pages = browser_client(case_manager)
    page = pages.get(f"/reports/snapshots/{snapshot}/").content.decode()
    assert "At the place of this rescue, this time falls on another day." in page
    page = pages.get(f"/reports/snapshots/{snapshot}/behind/{query}").content.decode()
    assert f"/cases/{world.pk}/" in page
    counter = factories.user("programme_manager", factories.office("global"))
    march = {"from": "2026-03-01", "to": "2026-03-31"}
    assert found(counter, **march)["rescue.dated_two_ways"] == (1, 1), "counted without row rights"


def test_records_in_order_contradict_nothing(office):
    case = factories.case(office)
    rescue = factories.rescue(case)
    there = rescue.jurisdiction.clock(rescue.occurred_at).date()
    Rescue.objects.filter(pk=rescue.pk).update(occurred_on=there)
    decided(charged(factories.suspect(case), "04-01"), "acquitted", "09-01")
    assert found() == {}


@pytest.mark.parametrize("method", ["census", "time_location"])
def test_visits_are_looked_at_alike_before_and_after_they_are_kept(method):
    stratum = studies.stratum(studies.study(method=method))
    first, last = stratum.study.fieldwork_from, stratum.study.fieldwork_to
    for venue, on in (("A", first), ("A", last), ("B", last), ("C", IN_TWO_YEARS)):
        studies.visit(stratum, venue=venue, visited_on=on)
    kept = {str(rule.words) for _pk, rule in among(Visit.objects.filter(stratum=stratum))}
    visits = list(Visit.objects.filter(stratum=stratum))
    asked = {words for _number, _field, words in faults_of(stratum, visits)}
    assert kept == asked
