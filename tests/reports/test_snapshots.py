"""Snapshots: computed once while nothing changes, and their difference explained by records."""

from __future__ import annotations

import pytest

from core import jobs
from core.models import AuditEvent
from intake.models import Extract
from reports.changes import counted_tables
from reports.models import Snapshot
from reports.readers import scope_key
from retention.models import LegalHold
from tests import factories
from tests.meta.tables import query, table, walled
from tests.reports.boards import rescued

pytestmark = pytest.mark.django_db


def computed(client, report="survivors-served", **params):
    body = {"report": report, "params": {"as_of": "2026-11-24"} | params}
    run = client.post("report-runs/", body)
    assert run.status_code == 202, run.content
    jobs.run(run.json()["id"])
    assert client.get(f"report-runs/{run.json()['id']}/").json()["state"] == "done"
    return Snapshot.objects.order_by("-created_at").first()


@pytest.fixture
def person(office):
    case = factories.case(office)
    return factories.involvement(case, rescue=factories.rescue(case), outcome="rescued")


def compared(client, after, before):
    return client.get(f"snapshots/{after.pk}/difference/?with={before.pk}")


def test_the_same_question_of_the_same_data_is_computed_once(api, case_manager, office, person):
    client = api(case_manager)
    first = computed(client)
    assert computed(client) == first
    assert computed(api(factories.user("case_manager", office))) == first
    assert Snapshot.objects.count() == 1


def test_other_data_scope_or_parameters_are_computed_anew(api, case_manager, person):
    client = api(case_manager)
    found = [computed(client), computed(client, **{"from": "2026-01-01"})]
    found.append(computed(api(factories.user("case_manager", factories.office("global")))))
    factories.service_record(person.case, involvement=person)
    found.append(computed(client))
    assert len({one.pk for one in found}) == 4


def test_every_table_of_case_data_notes_its_changes():
    watched = {
        name
        for (name,) in query(
            "select tgrelid::regclass::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
            " where p.proname = 'note_change' and tgenabled = 'O'"
        )
    }
    # Of what holds a case back from erasure, and of what phones hold, no figure is made.
    counted = set(walled()) - {LegalHold, Extract}
    assert {table(model) for model in counted} <= watched
    assert set(counted_tables()) == watched


def test_the_difference_names_who_came(api, case_manager, person, recorded):
    client = api(case_manager)
    before = computed(client)
    factories.service_record(person.case, involvement=person)
    after = computed(client)
    figures = compared(client, after, before).json()["figures"]
    served = next(f for f in figures if f["cell"] == "IN-WB|csec" and f["column"] == "k")
    assert (served["before"], served["after"]) == (0, 1)
    assert (served["came"], served["went"]) == (1, 0)
    assert [one["code"] for one in served["came_records"]] == [person.code]
    assert [one["case"] for one in served["came_records"]] == [str(person.case.pk)]
    back = compared(client, before, after).json()["figures"]
    gone = next(f for f in back if f["cell"] == "IN-WB|csec" and f["column"] == "k")
    assert (gone["came"], gone["went"]) == (0, 1)
    seen = AuditEvent.objects.filter(action="report.compared").first()
    assert person.case.pk in seen.subjects


def test_who_only_counts_sees_no_record_and_no_small_count(api, office, person, browser_client):
    counter = factories.user("programme_manager", office)
    client = api(counter)
    of_today = {"as_of": None, "from": "2026-03-01", "to": "2026-03-31"}
    before = computed(client, **of_today)
    rescued(person.case, 30, served=30, on="2026-03-10")
    after = computed(client, **of_today)
    figures = compared(client, after, before).json()["figures"]
    assert figures
    assert {(f["came"], f["came_records"] == []) for f in figures} == {(None, True)}
    assert person.code not in compared(client, after, before).content.decode()
    page = browser_client(counter).get(
        f"/reports/snapshots/{after.pk}/difference/?with={before.pk}"
    )
    assert page.status_code == 200
    assert person.case.reference not in page.content.decode()


def test_a_record_closed_to_the_reader_is_only_counted(api, office, person):
    """A field officer counts the office, and opens records of the own team."""
    client = api(factories.user("field_officer", office))
    before = computed(client)
    factories.service_record(person.case, involvement=person)
    after = computed(client)
    figures = compared(client, after, before).json()["figures"]
    served = [f for f in figures if f["column"] == "k"]
    assert {f["came"] for f in served} == {1}
    assert [f["came_records"] for f in served] == [[]] * len(served)


def test_only_figures_of_one_report_and_one_scope_are_compared(api, case_manager, person, office):
    client = api(case_manager)
    mine, other = computed(client), computed(client, "rescues-and-victims")
    answer = compared(client, mine, other)
    assert answer.status_code == 409
    assert "cannot be compared" in answer.json()["detail"]
    elsewhere = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    theirs = factories.snapshot(scope_key=scope_key(elsewhere), params=mine.params)
    answer = compared(client, mine, theirs)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"with"}
    assert client.get(f"snapshots/{mine.pk}/difference/").status_code == 400
    assert client.get(f"snapshots/{mine.pk}/difference/?with=x&by=1").status_code == 400


def test_the_page_offers_what_can_be_compared(api, case_manager, person, browser_client, said):
    client = api(case_manager)
    before = computed(client)
    page = browser_client(case_manager)
    path = f"/reports/snapshots/{before.pk}/difference/"
    assert "nothing to compare with yet" in said(page.get(path))
    factories.service_record(person.case, involvement=person)
    after = computed(client)
    assert str(after.pk) in page.get(path).content.decode()
    shown = page.get(f"/reports/snapshots/{after.pk}/difference/?with={before.pk}")
    assert person.case.reference in said(shown)
    for wrong in ("x", "0" * 36, "00000000-0000-0000-0000-000000000000"):
        assert page.get(f"{path}?with={wrong}").status_code == 404


def test_snapshots_are_listed_with_their_digests(api, case_manager, person):
    client = api(case_manager)
    made = computed(client)
    (listed,) = client.get("snapshots/").json()["results"]
    assert (listed["id"], listed["digest"]) == (str(made.pk), made.digest)
    assert client.get(f"snapshots/{made.pk}/").json()["rows"] == made.rows
    assert client.get("snapshots/?report=hearings").json()["results"] == []
