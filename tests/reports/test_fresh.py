"""Figures come by themselves: asked for behind a page once, at the first start and every night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from core import jobs
from core.days import clock
from core.models import Job
from reports import fresh
from reports.dashboards.questions import asked_of
from reports.models import Snapshot
from reports.params import all_asked
from reports.readers import counts_only
from reports.standing import standing
from tests import factories
from tests.reports.boards import tried

pytestmark = pytest.mark.django_db
RATE = "/reports/conviction-rate/"


@pytest.fixture
def case(office):
    case = factories.case(office)
    tried(case, 9, 3)
    return case


def asked():
    return Job.objects.filter(kind="report").count()


def work():
    for run in Job.objects.filter(kind="report", state="queued"):
        jobs.run(run.pk)


def age(**by):
    """As the owner: a snapshot is never changed by the application."""
    Snapshot.objects.update(created_at=timezone.now() - timedelta(**by))


def yesterday():
    day = clock.today() - timedelta(days=1)
    for row in Snapshot.objects.all():
        params = row.params | {"as_of": day.isoformat()}
        Snapshot.objects.filter(pk=row.pk).update(as_of=day, params=params)


def test_what_is_missing_is_asked_for_once_and_shown_when_it_is_there(
    case, case_manager, browser_client
):
    client = browser_client(case_manager)
    for _again in range(2):
        assert "Being computed" in client.get(RATE).content.decode()
        assert asked() == 1
    work()
    text = client.get(RATE).content.decode()
    assert "Same figures as a table" in text
    assert "Being computed" not in text
    assert asked() == 1


def test_figures_of_yesterday_are_shown_while_newer_ones_are_made(
    case, case_manager, browser_client
):
    client = browser_client(case_manager)
    client.get(RATE)
    work()
    yesterday()
    text = client.get(RATE).content.decode()
    assert "Same figures as a table" in text
    assert "0 of 1 computed." in text
    assert asked() == 2
    client.get(RATE)
    assert asked() == 2


def test_of_today_only_what_is_hours_old_and_would_come_out_otherwise(
    case, case_manager, browser_client
):
    client = browser_client(case_manager)
    client.get(RATE)
    work()
    age(hours=5)
    client.get(RATE)
    assert asked() == 1  # nothing was written since
    tried(case, 1, 0)
    client.get(RATE)
    assert asked() == 2
    work()
    tried(case, 1, 0)
    client.get(RATE)
    assert asked() == 2  # written, but minutes ago


def test_a_day_that_was_named_does_not_grow_old(case, case_manager, browser_client):
    client = browser_client(case_manager)
    client.get(f"{RATE}?as_of=2026-01-31")
    work()
    age(days=9)
    tried(case, 1, 0)
    client.get(f"{RATE}?as_of=2026-01-31")
    assert asked() == 1


@pytest.mark.parametrize("ended", ["failed", "cancelled"])
def test_what_failed_or_was_stopped_is_left_alone_for_an_hour(ended, case_manager, browser_client):
    client = browser_client(case_manager)
    client.get(RATE)
    Job.objects.update(state=ended)
    text = client.get(RATE).content.decode()
    assert asked() == 1
    assert "Not computed yet" in text
    Job.objects.update(created_at=timezone.now() - timedelta(hours=2))
    client.get(RATE)
    assert asked() == 2


def test_nobody_s_pages_ask_for_more_than_the_worker_can_do(
    case_manager, browser_client, monkeypatch
):
    monkeypatch.setattr(fresh, "MOST", 2)
    browser_client(case_manager).get("/reports/")
    assert asked() == 2


def test_a_reader_of_other_rights_is_shown_figures_of_their_own(
    case, case_manager, browser_client, office
):
    browser_client(case_manager).get(RATE)
    work()
    manager = factories.user("programme_manager", office)
    assert counts_only(manager)
    page = browser_client(manager)
    assert "Being computed" in page.get(RATE).content.decode()
    other = factories.user("case_manager", factories.office("manila"))
    assert "Being computed" in browser_client(other).get(RATE).content.decode()
    assert {job.requested_by for job in Job.objects.filter(kind="report", state="queued")} == {
        manager,
        other,
    }
    work()
    scopes = set(Snapshot.objects.values_list("scope_key", flat=True))
    assert len(scopes) == 3


def signed_in(user, **ago):
    User.objects.filter(pk=user.pk).update(last_login=timezone.now() - timedelta(**ago))


def night(**more):
    run = jobs.request("nightly-figures", **more)
    jobs.run(run.pk)
    run.refresh_from_db()
    return run.result["standing"]


def test_every_night_the_pages_of_who_signed_in_lately_are_filled(office, case, case_manager):
    signed_in(case_manager, days=2)
    away = factories.user("data_officer", factories.office("manila"))
    signed_in(away, days=20)
    questions = standing(case_manager)
    assert night() == len(questions)
    run = Job.objects.get(kind="report")  # one sitting, which reads what they share once
    assert run.requested_by == case_manager
    assert len(all_asked(run.parameters)) == len(questions)


def test_what_several_readers_may_see_is_made_once(office, case, case_manager):
    twin = factories.user("case_manager", office)
    for user in (case_manager, twin):
        signed_in(user, hours=1)
    assert night() == len(standing(case_manager))


def test_at_the_first_start_no_page_begins_empty(office, case, case_manager, browser_client):
    assert night(everyone=True) == len(standing(case_manager))
    first = Job.objects.filter(kind="report").order_by("created_at").first()
    board = asked_of({}, case_manager)
    assert first.parameters["params"]["as_of"] == board.params.as_of.isoformat()
    work()
    client, before = browser_client(case_manager), asked()
    for address in ("/dashboards/programme/", "/dashboards/legal/", "/reports/", RATE):
        text = client.get(address).content.decode()
        assert "Not computed yet" not in text
        assert "Being computed" not in text
    assert asked() == before
