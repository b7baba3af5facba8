"""A report comes every month, once, and the letter says nothing of what it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail as outbox

from accounts import mail
from accounts.models import Notice
from core import jobs
from core.models import Job
from reports.models import Schedule, Snapshot
from tests import factories

pytestmark = pytest.mark.django_db
MONTHLY = {"report": "rescues-and-victims", "span": "month", "day": 3}


def at(month, day):
    return time_machine.travel(datetime(2026, month, day, 6, tzinfo=UTC), tick=False)


@pytest.fixture
def owner(office):
    return factories.user("programme_manager", office, email="owner@example.org")


@pytest.fixture
def schedule(owner):
    return factories.FACTORIES[Schedule](owner, report="rescues-and-victims")


def look():
    """The daily look, and what it asked for."""
    row = jobs.request("monthly-reports")
    jobs.run(row.pk)
    for asked in Job.objects.filter(kind="report", state="queued"):
        jobs.run(asked.pk)
    row.refresh_from_db()
    return row.result


def test_it_comes_once_a_month_on_its_day(schedule, owner):
    with at(9, 2):
        assert look() == {"asked": 0, "resting": 0}
    with at(9, 3):
        assert look()["asked"] == 1
        assert look()["asked"] == 0
    with at(9, 30):
        assert look()["asked"] == 0
    with at(10, 5):  # nobody looked on the third
        assert look()["asked"] == 1
    asked = [one.params for one in Snapshot.objects.order_by("created_at")]
    assert [(one["from"], one["to"], one["as_of"]) for one in asked] == [
        ("2026-08-01", "2026-08-31", "2026-09-03"),
        ("2026-09-01", "2026-09-30", "2026-10-05"),
    ]
    assert {job.requested_by for job in Job.objects.filter(kind="report")} == {owner}


@pytest.mark.parametrize(("span", "first"), [("year", "2025-01-01"), ("all", None)])
def test_longer_periods_end_with_the_month_before(owner, span, first):
    schedule = factories.FACTORIES[Schedule](owner, span=span, jurisdiction="IN-WB")
    with at(1, 3):
        look()
    params = Snapshot.objects.get().params
    assert (params["from"], params["to"]) == (first, "2025-12-31")
    assert params["jurisdiction"] == schedule.jurisdiction


def test_the_letter_says_only_that_something_is_ready(schedule, owner, office):
    case = factories.case(office)
    factories.involvement(case, rescue=factories.rescue(case), outcome="rescued")
    with at(9, 3):
        look()
        notice = Notice.objects.get()
        assert (notice.user, notice.kind) == (owner, "report-ready")
        assert mail.sweep() == 1
    (letter,) = outbox.outbox
    assert letter.to == ["owner@example.org"]
    text = f"{letter.subject} {letter.body}".lower()
    for word in ("rescue", "survivor", "report", "india", owner.name.lower(), "figure"):
        assert word not in text


def test_whoever_left_gets_none_and_others_do(schedule, owner, office):
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    factories.FACTORIES[Schedule](factories.user("case_manager", office))
    with at(9, 3):
        assert look() == {"asked": 1, "resting": 1}
    assert Snapshot.objects.count() == 1


def test_made_and_stopped_through_the_interface(api, owner, recorded):
    client = api(owner)
    with at(9, 10):
        made = client.post("report-schedules/", MONTHLY).json()
        assert client.post("report-schedules/", MONTHLY).status_code == 409
        assert look()["asked"] == 0  # the third of this month has passed
    with at(10, 3):
        assert look()["asked"] == 1
    assert client.post(f"report-schedules/{made['id']}/stop/").status_code == 200
    assert client.post(f"report-schedules/{made['id']}/stop/").status_code == 409
    with at(11, 3):
        assert look()["asked"] == 0
    assert [len(recorded(f"schedule.{deed}")) for deed in ("made", "ran", "stopped")] == [1, 1, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": 29},
        {"day": 0},
        {"day": "3"},
        {"span": "week"},
        {"report": "weather"},
        {"jurisdiction": "XX"},
        {"programme": "piracy"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_by_name(api, owner, wrong):
    answer = api(owner).post("report-schedules/", MONTHLY | wrong)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(wrong)
    assert not Schedule.objects.exists()


def test_a_schedule_is_its_owners(api, schedule, office):
    other = api(factories.user("programme_manager", office))
    assert other.get("report-schedules/").json()["results"] == []
    assert other.post(f"report-schedules/{schedule.pk}/stop/").status_code == 404


def test_the_page_makes_and_stops(owner, browser_client, said):
    page = browser_client(owner)
    assert "Nothing comes by itself" in said(page.get("/reports/monthly/"))
    assert page.post("/reports/monthly/", MONTHLY | {"day": "40"}).status_code == 400
    assert page.post("/reports/monthly/", MONTHLY | {"day": "28"}).status_code == 302
    schedule = Schedule.objects.get()
    assert "Rescues and survivors" in said(page.get("/reports/monthly/"))
    path = f"/reports/monthly/{schedule.pk}/stop/"
    assert "Stop" in said(page.get(path))
    assert page.post(path).status_code == 302
    assert "Nothing comes by itself" in said(page.get("/reports/monthly/"))
