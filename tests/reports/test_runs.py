"""Runs of reports: asked for, read, cancelled, drilled into; nobody sees more than their rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.models import AuditEvent, Heartbeat, Job
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.reports.boards import rescued

pytestmark = pytest.mark.django_db


@pytest.fixture
def convicted(office):
    return factories.decision(factories.case(office))


def asked(client, **params):
    answer = client.post("report-runs/", {"report": "conviction-rate", "params": params})
    assert answer.status_code == 202, answer.content
    return answer.json()


def done(client, **params):
    run = asked(client, **params)
    jobs.run(run["id"])
    return client.get(f"report-runs/{run['id']}/").json()


def test_a_run_is_queued_then_done_with_its_definition(api, case_manager, convicted):
    client = api(case_manager)
    run = asked(client)
    assert (run["state"], run["result"]) == ("queued", None)
    jobs.run(run["id"])
    result = client.get(f"report-runs/{run['id']}/").json()["result"]
    assert result["report"] == "conviction-rate"
    assert "Wilson" in result["definition"]
    convicted_by_place = {row["jurisdiction"]["code"]: row["k"] for row in result["rows"]}
    assert convicted_by_place == {"IN": 1, "IN-WB": 1}
    assert AuditEvent.objects.filter(action="report.requested").exists()


def test_asked_twice_while_under_way_it_is_one_run(api, case_manager):
    client = api(case_manager)
    assert asked(client)["id"] == asked(client)["id"]
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "params",
    [
        {"colour": "red", "instance": ["first"]},
        {"from": "yesterday", "jurisdiction": "XX", "programme": "piracy"},
        {"from": "2026-02-01", "to": "2026-01-01"},
    ],
    ids=["shape", "values", "order"],
)
def test_bad_parameters_are_named(api, case_manager, params):
    body = {"report": "conviction-rate", "params": params}
    answer = api(case_manager).post("report-runs/", body)
    assert answer.status_code == 400
    wrong = set(params) - {"from"} if "to" in params else set(params)
    assert set(answer.json()["errors"]) == {f"params.{name}" for name in wrong}
    assert not Job.objects.exists()


def test_who_may_not_read_reports_is_refused(api, office):
    for role in ("auditor", "prosecutor", "system_admin", "safeguarding_lead"):
        client = api(factories.user(role, office))
        assert client.get("reports/").status_code == 403
        body = {"report": "conviction-rate"}
        assert client.post("report-runs/", body).status_code == 403


def test_a_run_belongs_to_who_asked(api, case_manager, office):
    run = asked(api(case_manager))
    other = api(factories.user("case_manager", office))
    assert other.get(f"report-runs/{run['id']}/").status_code == 404
    assert other.post(f"report-runs/{run['id']}/cancel/").status_code == 404


def test_cancelled_it_stays_cancelled(api, case_manager):
    client = api(case_manager)
    run = asked(client)
    assert client.post(f"report-runs/{run['id']}/cancel/").json()["state"] == "cancelled"
    jobs.run(run["id"])
    assert not Snapshot.objects.exists()
    assert client.post(f"report-runs/{run['id']}/cancel/").status_code == 409


def test_behind_a_figure_stand_the_rows_the_reader_may_open(api, case_manager, convicted):
    client = api(case_manager)
    run = done(client)
    found = client.get(f"report-runs/{run['id']}/behind/?cell=IN-WB|csec&of=k").json()
    suspect = convicted.charge.suspect
    assert [row["code"] for row in found["results"]] == [suspect.code]
    assert found["total"] == 1
    counter = api(factories.user("programme_manager", factories.office("global")))
    run = done(counter)
    found = counter.get(f"report-runs/{run['id']}/behind/?cell=IN-WB|csec&of=k").json()
    assert (found["total"], found["results"]) == (1, [])


def test_small_counts_of_survivors_are_hidden_from_who_only_counts(api, office, case_manager):
    rescued(factories.case(office), 1, served=1, on="2026-03-10")
    body = {"report": "survivors-served", "params": {"from": "2026-03-01", "to": "2026-03-31"}}

    def rows(reader):
        client = api(reader)
        run = client.post("report-runs/", body).json()
        jobs.run(run["id"])
        found = client.get(f"report-runs/{run['id']}/").json()["result"]["rows"]
        return {row["jurisdiction"]["code"]: row for row in found if row["programme"] is None}

    assert rows(case_manager)["IN-WB-KOL"]["k"] == 1
    counted = rows(factories.user("programme_manager", factories.office("global")))
    for code in ("IN", "IN-WB", "IN-WB-KOL"):
        assert counted[code]["k"] is counted[code]["n"] is counted[code]["rate"] is None
        assert "k" in counted[code]["hidden"]


def test_a_snapshot_is_for_readers_of_the_same_rows(api, browser_client, case_manager, convicted):
    done(api(case_manager))
    snapshot = Snapshot.objects.get()
    address = f"/reports/snapshots/{snapshot.pk}/"
    twin = factories.user("case_manager", factories.office("kolkata"))
    manila = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert browser_client(twin).get(address).status_code == 200
    for path in (address, f"{address}table.csv", f"{address}behind/"):
        assert browser_client(manila).get(path).status_code == 404


def test_the_table_as_csv(api, browser_client, case_manager, convicted):
    done(api(case_manager))
    address = f"/reports/snapshots/{Snapshot.objects.get().pk}/table.csv"
    lines = browser_client(case_manager).get(address).content.decode().splitlines()
    assert lines[0].startswith("jurisdiction,name,level,programme,k,n,rate")
    assert lines[1].startswith("IN,India,country,all,1,1,1.0")


def test_the_page_says_how_far_it_is_and_since_when_nobody_answers(browser_client, case_manager):
    page = browser_client(case_manager)
    asked_for = page.post("/reports/conviction-rate/", {})
    assert asked_for.status_code == 302
    silent = page.get(asked_for.url).content.decode()
    assert "Workers have not answered since" in silent
    jobs.note_life()
    assert "Workers have not answered since" not in page.get(asked_for.url).content.decode()
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=5))
    fragment = page.get(asked_for.url, headers={"X-Fragment": "1"}).content.decode()
    assert "Workers have not answered since" in fragment
    jobs.run(Job.objects.get().pk)
    assert page.get(asked_for.url).url == f"/reports/snapshots/{Snapshot.objects.get().pk}/"


def test_rescues_and_the_people_met_in_them(office):
    case = factories.case(office)
    rescue = factories.rescue(case)
    for outcome in ("rescued", "rescued", "declined"):
        factories.involvement(case, rescue=rescue, outcome=outcome)
    arrest = factories.arrest(case)
    type(arrest).objects.filter(pk=arrest.pk).update(rescue=rescue)
    rows = compute(REPORTS["rescues-and-victims"], Reporter(), parse({})).rows
    (row,) = [r for r in rows if r["jurisdiction"]["code"] == "IN-WB" and r["programme"] is None]
    figures = {name: row[name] for name in ("rescues", "rescued", "minors", "declined", "arrested")}
    assert figures == {"rescues": 1, "rescued": 2, "minors": 2, "declined": 1, "arrested": 1}
    later = compute(REPORTS["rescues-and-victims"], Reporter(), parse({"from": "2026-03-11"}))
    assert later.rows == []
