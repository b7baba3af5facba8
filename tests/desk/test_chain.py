"""The page about the chain of the history, and who is told when something is amiss with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Notice
from core import jobs
from core.chain import anchors
from core.models import AuditEvent
from tests import factories
from tests.core.chaining import happen, history
from tests.meta.tables import execute

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])
PAGE, TODAY, API = "/audit/chain/", "/", "audit-events/chain/"


@pytest.fixture(params=["auditor", "system_admin"])
def reader(request, client):
    user = factories.user(request.param)
    client.force_login(user)
    client.user = user
    return client


def test_nothing_is_chained_yet(reader, said):
    shown = said(reader.get(PAGE))
    assert "Nothing is chained yet" in shown
    assert "No head has left yet" in shown
    assert "Nobody is sent the head" in shown


def test_it_shows_how_old_the_chain_and_the_anchor_are(reader, said, settings):
    settings.HISTORY_OFFICERS = ["one@officers.example", "two@officers.example"]
    history()
    head = anchors.head()
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        jobs.run(jobs.request("send-history-head").pk)
        reader.force_login(reader.user)  # half an hour locks the screen
        shown = said(reader.get(PAGE))
    assert len(mail.outbox) == 2
    assert f"Number {head.number}, {head.total} events; 2 letters" in shown
    assert " ".join(head.hash.hex()[i : i + 8] for i in range(0, 64, 8)) in shown
    assert shown.count("(30 minutes ago)") == 2  # by the clock of the database
    assert "Nobody is sent" not in shown
    assert AuditEvent.objects.filter(action="audit.chain").count() == 1
    # What is printed is an anchor, too.
    printed = f"number {head.number}\nevents {head.total}\nhash {head.hash.hex()}"
    assert anchors.read(printed, "") == head


def test_a_program_reads_the_same(reader, api):
    history()
    head, answer = anchors.head(), api(reader.user).get(API).json()
    assert answer["link"]["hash"] == head.hash.hex()
    assert (answer["anchors"], answer["alarms"], answer["leaves"]) == ([], [], False)
    assert api(reader.user).get(f"{API}?day=2026-01-01").status_code == 400


@pytest.mark.parametrize("role", ["case_manager", "safeguarding_lead", "data_officer"])
def test_others_do_not(client, api, role):
    user = factories.user(role)
    client.force_login(user)
    assert client.get(PAGE).status_code == 403
    assert api(user).get(API).status_code == 403


def test_what_is_amiss_stands_on_today(reader, said):
    happen()
    assert "not chained yet" not in said(reader.get(TODAY))
    execute("alter table core_auditevent disable trigger core_auditevent_append_only")
    try:
        shown = said(reader.get(TODAY))
        assert "core_auditevent_append_only (core_auditevent) is switched off" in shown
        assert "is switched off" in said(reader.get(PAGE))
    finally:
        execute("alter table core_auditevent enable trigger core_auditevent_append_only")


def test_whoever_looks_after_it_is_told_each_hour_once():
    told = {factories.user("auditor").pk, factories.user("system_admin").pk}
    factories.user("case_manager")
    jobs.run(jobs.request("watch-history").pk)
    assert not Notice.objects.exists()
    execute("alter table core_auditevent disable trigger core_auditevent_append_only")
    try:
        for _ in range(2):
            jobs.run(jobs.request("watch-history").pk)
    finally:
        execute("alter table core_auditevent enable trigger core_auditevent_append_only")
    assert set(Notice.objects.values_list("user", "kind")) == {(pk, "history-amiss") for pk in told}
    assert Notice.objects.count() == len(told)
