"""The history for an auditor: every event, no content; and what is unusual today."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import audit
from core.models import AuditEvent
from desk.trail.unusual import (
    DENIALS_AN_HOUR,
    FAILURES_OF_A_NETWORK,
    FAILURES_OF_AN_ACCOUNT,
    IDENTITIES_A_DAY,
)
from tests import factories

pytestmark = pytest.mark.django_db
TRAIL, UNUSUAL = "/audit/", "/audit/unusual/"


@pytest.fixture
def auditor(office):
    return factories.user("auditor", office)


@pytest.fixture
def reader(auditor, browser_client):
    return browser_client(auditor)


@pytest.fixture
def officer(office):
    return factories.user(name="Invented Officer")


def deeds(page):
    return [event["deed"] for event in page.context["events"]]


def test_every_event_stands_there_with_its_ids(reader, officer, said):
    foreign = factories.case(factories.office("manila", "PH-MNL"), level=4)
    audit.read("case.read", foreign, actor=officer)
    words = said(reader.get(TRAIL))
    assert "Invented Officer" in words
    assert str(foreign.pk) in words
    assert foreign.reference not in words


def test_a_refusal_names_the_address_that_was_asked_for(reader, officer, browser_client):
    unknown = uuid.uuid4()
    browser_client(officer).get(f"/cases/{unknown}/")
    page = reader.get(f"{TRAIL}?kind=denial")
    assert [event["address"] for event in page.context["events"]] == ["404 GET desk:case"]
    assert "tag--danger" in page.content.decode()


def test_reading_the_history_is_one_event(reader, auditor, officer):
    audit.read("case.read", factories.case(), actor=officer)
    reader.get(TRAIL)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.actor_id) == ("audit.read", auditor.pk)
    assert len(event.detail["ids"]) >= 1
    assert deeds(reader.get(TRAIL))[0] == "Read the history"


def test_it_is_narrowed_by_day_kind_deed_person_and_case(reader, officer):
    case = factories.case()
    audit.read("case.read", case, actor=officer)
    audit.record("case.corrected", factories.case(), actor=factories.user())
    today = factories.office().today
    for query in (
        f"kind=read&person={officer.pk}",
        f"case={case.pk}",
        "action=case.read",
        f"since={today}&action=case.read",
        f"until={today}&action=case.read",
    ):
        assert deeds(reader.get(f"{TRAIL}?{query}")) == ["Read the page of the case"], query
    for query in (f"since={today + timedelta(days=1)}", f"until={today - timedelta(days=1)}"):
        page = reader.get(f"{TRAIL}?{query}")
        assert deeds(page) == []
        assert page.context["list"].chips


@pytest.mark.parametrize(
    "query", ["since=2026-02-30", "until=9999-12-31", "case=x", "person=x", "action=x", "kind=x"]
)
@pytest.mark.by_turns(4)
def test_what_cannot_be_asked_is_said_at_its_field(reader, query):
    page = reader.get(f"{TRAIL}?{query}")
    assert page.status_code == 200
    assert list(page.context["list"].form.errors) == [query.partition("=")[0]]
    assert page.context["list"].chips == []


def test_it_has_pages_and_a_forged_cursor_shows_the_first(reader, officer):
    for _ in range(60):
        audit.sign_in("signed_in", actor=officer)
    first = reader.get(f"{TRAIL}?action=signed_in")
    second = reader.get(first.context["list"].next_url)
    assert (len(first.context["events"]), len(second.context["events"])) == (50, 11)
    assert reader.get(f"{TRAIL}?cursor=x").status_code == 302


@pytest.mark.nightly
def test_it_costs_the_same_queries_however_many_events(reader):
    counted = []
    for more in (1, 40):
        for _ in range(more):
            audit.read("case.read", factories.case(), actor=factories.user())
        with CaptureQueriesContext(connection) as queries:
            reader.get(TRAIL)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] < 30


@pytest.mark.parametrize("role", ["case_manager", "safeguarding_lead", "system_admin"])
@pytest.mark.parametrize("path", [TRAIL, UNUSUAL])
def test_it_is_for_auditors(role, path, browser_client):
    assert browser_client(factories.user(role)).get(path).status_code == 403


def test_a_program_of_an_auditor_reads_all(api, auditor, officer):
    audit.read("case.read", factories.case(level=4), actor=officer)
    found = api(auditor).get(f"audit-events/?actor={officer.pk}").json()["results"]
    assert [row["action"] for row in found] == ["case.read"]


def test_the_page_shows_no_name_but_those_of_staff(reader, officer):
    """Neither does a detail of an event reach it."""
    narrative = factories.narrative(text="Canary Ivory")
    audit.read("narrative.opened", narrative, actor=officer, note="Canary Ivory")
    assert "Canary" not in reader.get(TRAIL).content.decode()


# Unusual today


def reveal(officer, times):
    case = factories.case()
    for _ in range(times):
        audit.read("identity.revealed", factories.identity(case), actor=officer, reason="contact")


def refuse(officer, times):
    """All within one hour of the clock, today."""
    noon = timezone.localtime(timezone=officer.zone).replace(hour=12)
    for _ in range(times):
        factories.audit_event(kind="denial", action="404 GET x", actor_id=officer.pk, at=noon)


def test_nothing_unusual_is_said_so(reader, officer, said):
    reveal(officer, 1)
    assert "Nothing unusual today" in said(reader.get(UNUSUAL))


def test_one_name_more_than_the_threshold_is_found(reader, officer, said):
    reveal(officer, IDENTITIES_A_DAY)
    assert reader.get(UNUSUAL).context["findings"] == []
    reveal(officer, 1)
    words = said(reader.get(UNUSUAL))
    assert f"Invented Officer saw the names of {IDENTITIES_A_DAY + 1} people" in words


def test_a_program_is_told_of_the_same(api, auditor, officer):
    reveal(officer, IDENTITIES_A_DAY + 1)
    (found,) = api(auditor).get("audit-events/unusual/").json()["findings"]
    assert found["who"]["name"] == "Invented Officer"
    assert (found["person"], found["kind"]) == (str(officer.pk), "read")
    assert found["words"] == f"saw the names of {IDENTITIES_A_DAY + 1} people"
    assert api(auditor).get("audit-events/unusual/?day=2026-01-01").status_code == 400
    assert api(officer).get("audit-events/unusual/").status_code == 403


def test_the_same_name_again_is_not_one_more(reader, officer):
    identity = factories.identity()
    for _ in range(IDENTITIES_A_DAY + 1):
        audit.read("identity.revealed", identity, actor=officer)
    assert reader.get(UNUSUAL).context["findings"] == []


def test_one_refusal_more_than_the_threshold_is_found(reader, officer, said):
    refuse(officer, DENIALS_AN_HOUR)
    assert reader.get(UNUSUAL).context["findings"] == []
    refuse(officer, 1)
    page = reader.get(UNUSUAL)
    times = f"{DENIALS_AN_HOUR + 1} times"
    assert re.search(f"Invented Officer was refused {times} in an hour", said(page))
    link = re.search(r'href="(/audit/\?[^"]+)"', page.content.decode())[1].replace("&amp;", "&")
    assert len(reader.get(link).context["events"]) == DENIALS_AN_HOUR + 1


def test_yesterday_is_not_today(reader, officer):
    yesterday = timezone.now() - timedelta(days=1)
    for _ in range(DENIALS_AN_HOUR + 1):
        factories.audit_event(kind="denial", action="404 GET x", actor_id=officer.pk, at=yesterday)
    assert reader.get(UNUSUAL).context["findings"] == []


def guess(names, network="192.0.2"):
    """All within one hour of the clock, today."""
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon, tick=False):
        cache.clear()
        for n, name in enumerate(names):
            body = {"username": name, "password": "wrong"}
            Client().post("/sign-in/", body, REMOTE_ADDR=f"{network}.{n % 250}")


@pytest.mark.nightly
def test_many_failures_at_one_account_are_found_whatever_its_spelling(reader, officer, said):
    names = [officer.username, f"{officer.username} ", officer.username.upper()]
    guess(names * (FAILURES_OF_AN_ACCOUNT // 3) + names[:1])
    assert reader.get(UNUSUAL).context["findings"] == []
    guess(names[:1])
    page = reader.get(UNUSUAL)
    words = f"had {FAILURES_OF_AN_ACCOUNT + 1} failed sign-ins to the account in an hour"
    assert f"Invented Officer {words}" in said(page)
    link = re.search(r'href="(/audit/\?[^"]+)"', page.content.decode())[1].replace("&amp;", "&")
    assert len(reader.get(link).context["events"]) == FAILURES_OF_AN_ACCOUNT + 1
    assert "Account of Invented Officer, from 192.0.2.0/24" in said(reader.get(link))


def test_many_failures_under_a_name_that_is_no_account_are_found(reader, said):
    guess(["some.body"] * (FAILURES_OF_AN_ACCOUNT + 1))
    words = f"{FAILURES_OF_AN_ACCOUNT + 1} sign-ins failed in an hour under one name"
    assert words in said(reader.get(UNUSUAL))
    assert "some.body" not in said(reader.get(UNUSUAL)) + said(reader.get(TRAIL))


@pytest.mark.nightly
def test_many_failures_from_one_network_are_found(reader, api, auditor, said):
    names = [f"name{n}" for n in range(FAILURES_OF_A_NETWORK)]
    guess(names)
    assert reader.get(UNUSUAL).context["findings"] == []
    guess(["another"], network="198.51.100")
    assert reader.get(UNUSUAL).context["findings"] == []
    guess(["another"])
    words = f"{FAILURES_OF_A_NETWORK + 1} sign-ins from the network 192.0.2.0/24 failed in an hour"
    assert words in said(reader.get(UNUSUAL))
    (found,) = reader.get("/api/v1/audit-events/unusual/").json()["findings"]
    assert (found["words"], found["person"], found["who"]) == (words, None, None)
    (event, *_rest) = api(auditor).get("audit-events/?action=sign_in_failed").json()["results"]
    assert (event["network"], event["account"]) == ("192.0.2.0/24", None)
