"""Somebody is told of unusual reading: by a notice, which goes by mail, not only on a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Notice
from core import audit, jobs
from core.context import acting_as
from core.models import Job, JobState
from desk.trail.unusual import DENIALS_AN_HOUR, IDENTITIES_A_DAY, LIMITS, NIGHT_LOOKS
from tests import factories
from tests.meta.tables import query

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])


@pytest.fixture
def auditor(office):
    return factories.user("auditor", office)


@pytest.fixture
def officer(office):
    return factories.user(name="Invented Officer")


def watch():
    jobs.run(jobs.request("watch-reading").pk)
    job = Job.objects.latest("created_at")
    assert job.state == JobState.DONE, job.failure
    return list(
        Notice.objects.order_by("created_at", "id").values_list("user", "kind", "target_id")
    )


def hour(officer, hour):
    """Today, by the clock of this person's office."""
    return timezone.localtime(timezone=officer.zone).replace(hour=hour, minute=30)


def looks(officer, times, at, **said):
    case = factories.case()
    for _ in range(times):
        factories.audit_event(case, actor_id=officer.pk, at=at, **said)
    return case


@pytest.mark.nightly
def test_fifty_one_names_are_told_and_fifty_are_not(auditor, officer):
    case = factories.case()
    for _ in range(IDENTITIES_A_DAY):
        audit.read("identity.revealed", factories.identity(case), actor=officer, reason="contact")
    assert watch() == []
    audit.read("identity.revealed", factories.identity(case), actor=officer, reason="contact")
    assert watch() == [(auditor.pk, "reading-unusual", officer.pk)]


def test_eleven_refused_openings_of_a_sealed_case_are_told(auditor, officer):
    case = factories.case(factories.office("manila", "PH-MNL"), level=4)
    refused = {"kind": "denial", "action": "404 GET desk:case", "at": hour(officer, 12)}
    looks_at = {
        "case_id": None,
        "subjects": [case.pk],
        "target_id": str(case.pk),
        "target_type": "",
    }
    for _ in range(DENIALS_AN_HOUR):
        factories.audit_event(case, actor_id=officer.pk, **refused | looks_at)
    assert watch() == []
    factories.audit_event(case, actor_id=officer.pk, **refused | looks_at)
    assert watch() == [(auditor.pk, "reading-unusual", officer.pk)]


@pytest.mark.parametrize(
    ("at", "times", "told"), [(2, 51, 1), (22, 51, 1), (2, 50, 0), (12, 51, 0)]
)
@pytest.mark.by_turns(4)
def test_bulk_reading_at_night_is_told(auditor, officer, browser_client, said, at, times, told):
    assert NIGHT_LOOKS == LIMITS["night"] == 50
    looks(officer, times, hour(officer, at))
    assert len(watch()) == told
    words = said(browser_client(auditor).get("/audit/unusual/"))
    assert ("looked at cases 51 times between 22:00 and 5:00" in words) == bool(told)


def test_reading_after_leaving_the_team_is_told(auditor, officer, browser_client, said):
    now = hour(officer, 12)
    with time_machine.travel(now):
        case = looks(officer, 1, now, detail={"content": True})
        factories.assignment(case, officer, ended_at=now - timedelta(hours=1))
        assert watch() == [(auditor.pk, "reading-unusual", officer.pk)]
        words = said(browser_client(auditor).get("/audit/unusual/"))
        assert "Invented Officer read 1 case after leaving its team" in words
        assert case.reference not in words


def test_who_is_on_the_team_reads(auditor, officer):
    now = hour(officer, 12)
    for fields in ({}, {"ended_at": now + timedelta(minutes=5)}):
        case = looks(officer, 1, now)
        factories.assignment(case, officer, ended_at=now - timedelta(hours=2))
        factories.assignment(case, officer, **fields)
    never = looks(officer, 1, now)
    assert never
    only_exists = looks(officer, 1, now, detail={"content": False})
    factories.assignment(only_exists, officer, ended_at=now - timedelta(hours=2))
    assert watch() == []


def test_each_is_told_once_a_day_though_it_was_put_away(auditor, officer):
    now = hour(officer, 12)
    other = factories.user("auditor")
    with time_machine.travel(now, tick=False):
        case = looks(officer, 1, now)
        factories.assignment(case, officer, ended_at=now - timedelta(hours=1))
        assert {who for who, *_rest in watch()} == {auditor.pk, other.pk}
        Notice.objects.update(seen_at=now)
        assert len(watch()) == 2
        again = factories.user()
        case = looks(again, 1, now)
        factories.assignment(case, again, ended_at=now - timedelta(hours=1))
        assert len(watch()) == 4


def test_without_an_auditor_safeguarding_leads_are_told_that():
    lead = factories.user("safeguarding_lead")
    for _ in range(2):
        assert watch() == [(lead.pk, "nobody-audits", lead.pk)]


def test_only_an_auditor_learns_who_read_after_leaving(auditor, officer):
    now = hour(officer, 12)
    case = looks(officer, 1, now)
    factories.assignment(case, officer, ended_at=now - timedelta(hours=1))
    text = "select * from read_after_leaving(%s, %s)"
    span = (now - timedelta(days=1), now + timedelta(days=1))
    for who, found in ((officer, []), (auditor, [(officer.pk, 1)])):
        with acting_as(who.pk):
            assert query(text, *span) == found
