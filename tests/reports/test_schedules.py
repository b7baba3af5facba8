"""A report comes in its rhythm, once, and the letter says nothing of what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db.models.functions import Now

from accounts import mail
from accounts.models import Membership, Notice, Office
from core import jobs
from core.models import Job
from reports.models import Schedule, Snapshot
from tests import factories
from tests.factories.people import as_owner

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


def test_the_place_is_asked_for(owner):
    schedule = factories.FACTORIES[Schedule](owner, span="all", jurisdiction="IN-WB")
    with at(1, 3):
        look()
    params = Snapshot.objects.get().params
    assert (params["from"], params["to"]) == (None, "2025-12-31")
    assert params["jurisdiction"] == schedule.jurisdiction


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("week", "2026-02-23", "2026-03-01"),
        ("month", "2026-02-01", "2026-02-28"),
        ("quarter", "2025-10-01", "2025-12-31"),
        ("twelve", "2025-03-01", "2026-02-28"),
        ("year", "2026-01-01", "2026-02-28"),
        ("calendar", "2025-01-01", "2025-12-31"),
        ("april", "2024-04-01", "2025-03-31"),
        ("all", None, "2026-02-28"),
    ],
)
def test_each_span_is_the_newest_that_is_over(span, first, last):
    asked = Schedule(span=span).asked(date(2026, 3, 4))
    assert (asked.get("from"), asked["to"]) == (first, last)


@pytest.mark.parametrize(
    ("every", "day", "days"),
    [
        ("week", 3, ["2026-09-02", "2026-09-09", "2026-09-16", "2026-09-23", "2026-09-30"]),
        ("month", 28, ["2026-08-28", "2026-09-28"]),
        ("quarter", 5, ["2026-07-05", "2026-10-05"]),
    ],
)
def test_it_is_due_once_in_each_week_month_or_quarter(every, day, days):
    """Asked on each day, from two before the first of them until six after the last."""
    first, last = (date.fromisoformat(days[at]) for at in (0, -1))
    last_run = None if every == "week" else date(2026, 6, 30)
    schedule, come = Schedule(every=every, day=day, last_run=last_run), []
    for number in range(-2, (last - first).days + 7):
        today = first + timedelta(days=number)
        if schedule.is_due(today):
            schedule.last_run = today
            come.append(today.isoformat())
    assert come == days


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


def test_it_is_changed_and_comes_when_its_new_day_comes(api, owner, office, recorded):
    """Of the quarter then, to a colleague as well; what is not named stays as it is."""
    client, colleague = api(owner), factories.user("case_manager", office)
    with at(9, 10):
        made = client.post("report-schedules/", MONTHLY | {"day": 20}).json()
        other = client.post("report-schedules/", MONTHLY | {"span": "calendar"}).json()
        path, tag = f"report-schedules/{made['id']}/", f'"{made["version"]}"'
        asked = {"span": "quarter", "day": 5, "people": [colleague.username]}
        changed = client.patch(path, asked, If_Match=tag).json()
        assert (changed["every"], changed["span"], changed["day"]) == ("month", "quarter", 5)
        assert look()["asked"] == 0  # the fifth of this month has passed
        assert client.patch(path, {"day": 6}, If_Match=tag).status_code == 412
        for wrong, status in (
            ({"every": "week", "day": 9}, 400),
            ({"span": "calendar"}, 409),
            ({"programme": "piracy"}, 400),
            ({"report": "funnel"}, 400),
        ):
            assert client.patch(path, wrong, If_Match="*").status_code == status, wrong
    with at(10, 5):
        assert look()["asked"] == 3
    assert Schedule.objects.running().get(made_by=colleague).span == "quarter"
    assert len(recorded("schedule.changed")) == 1
    client.post(f"report-schedules/{other['id']}/stop/")
    assert client.patch(f"report-schedules/{other['id']}/", {}, If_Match="*").status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": 29},
        {"day": 0},
        {"day": "3"},
        {"span": "decade"},
        {"every": "day"},
        {"every": "week", "day": 8},
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
    assert list(answer.json()["errors"]) == [[*wrong][-1]]
    assert not Schedule.objects.exists()


def test_it_comes_to_colleagues_by_their_own_rights(api, owner, office, recorded):
    """The one who asks counts the rescue of another office, the colleague does not."""
    there = factories.office("manila")
    factories.membership(owner, "case_manager", there)
    colleague = factories.user("case_manager", office)
    factories.rescue(factories.case(there), occurred_on=date(2026, 9, 1))
    client, theirs = api(owner), api(colleague)
    asked = MONTHLY | {"every": "week", "people": [colleague.username]}
    with at(9, 4):
        assert client.post("report-schedules/", asked).json()["asked_by"] is None
        for same in (asked, asked | {"day": 4}):
            assert client.post("report-schedules/", same).status_code == 409
    (given,) = theirs.get("report-schedules/").json()["results"]
    assert (given["asked_by"], given["every"], given["day"]) == (owner.username, "week", 3)
    assert Notice.objects.get().user == colleague
    assert len(recorded("schedule.given")) == 1
    with at(10, 7):
        assert look() == {"asked": 2, "resting": 0}
    notices = Notice.objects.filter(kind="report-ready")
    rows = {notice.user: Snapshot.objects.get(pk=notice.target_id).rows for notice in notices}
    counts = {user: sum(row["rescues"] for row in found) for user, found in rows.items()}
    assert (counts[owner] > 0, counts[colleague]) == (True, 0)
    assert theirs.post(f"report-schedules/{given['id']}/stop/").status_code == 200
    assert Schedule.objects.running().get().made_by == owner


def test_a_colleague_whose_role_ended_gets_none_until_it_is_given_again(owner, office):
    colleague = factories.user("case_manager", office)
    factories.FACTORIES[Schedule](colleague, asked_by=owner)
    with as_owner():
        Membership.objects.filter(user=colleague).update(ended_at=Now())
    with at(9, 3):
        assert look() == {"asked": 0, "resting": 1}
    assert not Job.objects.filter(kind="report").exists()
    factories.membership(colleague, "field_officer", office)
    with at(9, 5):
        assert look() == {"asked": 1, "resting": 0}


def test_what_a_colleague_may_no_longer_see_rests(owner, office):
    """Given while survivors' records were open; now only periods that are over are."""
    manager = factories.user("programme_manager", office)
    factories.FACTORIES[Schedule](manager, report="rescues-and-victims", span="week")
    with at(9, 3):
        assert look() == {"asked": 0, "resting": 1}


def test_it_comes_to_nobody_elsewhere_nor_to_whom_it_would_show_too_much(api, office):
    stranger = factories.user("case_manager", factories.office("manila"))
    auditor = factories.user("auditor", office)
    counts_only = factories.user("programme_manager", office)
    place = factories.place("IN-WB")
    practice = Office.objects.create(code="try", prefix="TRY", is_practice=True, jurisdiction=place)
    learner = factories.user("case_manager", practice)
    manager, everywhere = (
        api(factories.user("case_manager", at)) for at in (office, factories.office("global"))
    )
    for client, person, span in (
        (manager, stranger, "month"),
        (manager, auditor, "month"),
        (everywhere, learner, "month"),
        (manager, counts_only, "week"),
    ):
        sent = MONTHLY | {"span": span, "people": [person.username]}
        answer = client.post("report-schedules/", sent)
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == {"people"}
    assert not Schedule.objects.exists()


def test_a_schedule_is_its_owners(api, schedule, office):
    other = api(factories.user("programme_manager", office))
    assert other.get("report-schedules/").json()["results"] == []
    assert other.post(f"report-schedules/{schedule.pk}/stop/").status_code == 404


def test_the_page_makes_and_stops(owner, office, browser_client, said):
    page = browser_client(owner)
    colleague = factories.user("case_manager", office)
    assert "Nothing comes by itself" in said(page.get("/reports/regular/"))
    typed = MONTHLY | {"every": "month", "people": [str(colleague.pk)]}
    assert page.post("/reports/regular/", typed | {"day": "40"}).status_code == 400
    assert page.post("/reports/regular/", typed | {"day": "28"}).status_code == 302
    schedule = Schedule.objects.get(made_by=owner)
    assert f"Asked for by {owner.name}" in said(browser_client(colleague).get("/reports/regular/"))
    text = said(page.get("/reports/regular/"))
    assert "Rescues and survivors" in text
    assert "Every month" in text
    change = page.get(f"/reports/regular/{schedule.pk}/change/")
    assert "Rescues and survivors" in said(change)
    moved = {"every": "week", "day": "2", "span": "week", "version": "1"}
    assert page.post(f"/reports/regular/{schedule.pk}/change/", moved).status_code == 409
    whole = moved | {"span": "month"}
    assert page.post(f"/reports/regular/{schedule.pk}/change/", whole).status_code == 302
    assert "Every week" in said(page.get("/reports/regular/"))
    path = f"/reports/regular/{schedule.pk}/stop/"
    assert "Stop" in said(page.get(path))
    assert page.post(path).status_code == 302
    assert "Nothing comes by itself" in said(page.get("/reports/regular/"))
