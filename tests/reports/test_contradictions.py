"""Records that contradict one another and are here already: counted by rule, led to by case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from casework.models import Rescue
from core import jobs
from core.contradictions import RULES, among
from prosecutions.models import Arrest, Charge
from reports.models import Snapshot
from studies.models import Visit
from studies.visit_rules import faults_of
from tests import factories
from tests.factories import studies
from tests.reports.courtroom import arrested, charged, day, decided, rows
from tests.statements import asked

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


def computed(reader, api):
    client = api(reader)
    run = client.post("report-runs/", {"report": "data-quality", "params": {}}).json()["id"]
    jobs.run(run)
    return client, run


def test_the_count_opens_into_the_records_to_mend(world, api, browser_client, case_manager):
    client, run = computed(case_manager, api)
    query = "?cell=rescue.dated_two_ways&of=k"
    behind = client.get(f"report-runs/{run}/behind/{query}").json()
    rescue = Rescue.objects.get(case=world)
    assert behind == {
        "total": 1,
        "results": [
            {
                "case": str(world.pk),
                "reference": world.reference,
                "record": str(rescue.pk),
                "code": "",
                "day": "2025-01-01",
            }
        ],
    }
    snapshot = Snapshot.objects.get().pk
    pages = browser_client(case_manager)
    page = pages.get(f"/reports/snapshots/{snapshot}/").content.decode()
    assert "At the place of this rescue, this time falls on another day." in page
    page = pages.get(f"/reports/snapshots/{snapshot}/behind/{query}").content.decode()
    assert f"/cases/{world.pk}/" in page
    assert f'href="{rescue.get_absolute_url()}"' in page
    assert "1 Jan 2025" in page
    query = "?cell=chargedecision.decided_before_filed&of=k"
    page = pages.get(f"/reports/snapshots/{snapshot}/behind/{query}").content.decode()
    assert "Open it" in page, "its day stands in another record"
    counter = factories.user("programme_manager", factories.office("global"))
    march = {"from": "2026-03-01", "to": "2026-03-31"}
    assert found(counter, **march)["rescue.dated_two_ways"] == (1, 1), "counted without row rights"


def test_what_was_corrected_is_no_longer_listed(world, api, browser_client, case_manager):
    computed(case_manager, api)
    snapshot, pages = Snapshot.objects.get(), browser_client(case_manager)
    page = f"/reports/snapshots/{snapshot.pk}/behind/?cell=arrest.arrested_on_ahead&of=k"
    first, second = Arrest.objects.filter(arrested_on=IN_TWO_YEARS).order_by("case__reference")
    with asked() as of_two:
        pages.get(page)
    Arrest.objects.filter(pk=first.pk).update(arrested_on=day("03-01"))
    with asked() as of_one:
        text = pages.get(page).content.decode()
    assert str(first.case_id) not in text
    assert str(second.case_id) in text
    assert len(of_one) == len(of_two)
    Arrest.objects.filter(pk=second.pk).update(arrested_on=day("03-01"))
    assert "They were corrected since the report was computed" in pages.get(page).content.decode()


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
