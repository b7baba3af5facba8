"""The head of the history leaves this machine, and what stays behind is told."""

from __future__ import annotations

import os
from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from core import jobs, preflight
from core.chain import anchors, standing
from core.chain.linking import link_waiting
from core.chain.verifying import verify
from core.models import ChainAnchor, ChainLink, Job, JobState
from tests.core.chaining import another, happen, history, tamper
from tests.meta.tables import execute

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])
OFFICERS = ["one@officers.example", "two@officers.example"]


@pytest.fixture
def place(settings, tmp_path):
    settings.HISTORY_OFFICERS = OFFICERS
    settings.HISTORY_PLACE = str(tmp_path)
    return tmp_path


def send():
    """The job of the hour, as a worker does it."""
    jobs.run(jobs.request("send-history-head").pk)
    job = Job.objects.latest("created_at")
    assert job.state == JobState.DONE, job.failure
    return job.result


def test_the_head_goes_to_each_officer_and_into_its_place(place):
    history()
    assert send() == {"number": 3, "left": True}
    assert [letter.to for letter in mail.outbox] == [[address] for address in OFFICERS]
    (file,) = place.iterdir()
    assert os.stat(file).st_mode & 0o777 == 0o444
    for text in (file.read_text(), mail.outbox[0].body):
        read = anchors.read(text, "")
        assert read == anchors.head()
        assert verify([read]).whole
    left = ChainAnchor.objects.get()
    assert (left.number, left.total, left.letters, left.kept) == (3, 6, 2, 1)
    assert bytes(left.hash) == anchors.head().hash


def test_a_file_that_is_there_is_not_written_again(place):
    history()
    send()
    (file,) = place.iterdir()
    written = file.stat().st_mtime_ns
    assert send()["left"]
    assert file.stat().st_mtime_ns == written
    assert ChainAnchor.objects.order_by("-id")[0].kept == 1


def test_what_one_way_does_not_take_the_other_does(place, monkeypatch):
    history()

    def refused(*_said):
        raise SMTPException

    monkeypatch.setattr(anchors, "send_mail", refused)
    assert send()["left"]
    assert ChainAnchor.objects.get().letters == 0
    place.chmod(0o500)
    monkeypatch.setattr(anchors.Path, "read_text", refused)
    monkeypatch.setattr(anchors.os, "open", lambda *_: (_ for _ in ()).throw(PermissionError))
    assert not send()["left"]
    assert ChainAnchor.objects.count() == 1
    place.chmod(0o700)


def test_where_nothing_is_set_or_nothing_happened_nothing_leaves(settings, place):
    assert send() == {"number": 0, "left": False}
    settings.HISTORY_OFFICERS, settings.HISTORY_PLACE = [], ""
    history()
    assert not send()["left"]
    assert (mail.outbox, ChainAnchor.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("addresses", "says"),
    [
        ([], None),
        (OFFICERS, None),
        (OFFICERS[:1], "fewer than two persons"),
        ([OFFICERS[0], OFFICERS[0].upper()], "fewer than two persons"),
        ([OFFICERS[0], "two"], "1 of its addresses cannot be mailed to"),
    ],
)
@pytest.mark.by_turns(4)
def test_fewer_than_two_officers_are_refused(settings, addresses, says):
    settings.HISTORY_OFFICERS = addresses
    found = [fault for fault in preflight.settings_faults() if "HISTORY_OFFICERS" in fault]
    assert [says in fault for fault in found] == ([True] if says else [])


# What somebody is told.


def alarms():
    return standing.standing().alarms


def test_all_well_is_no_alarm(place):
    assert alarms() == []
    history()
    send()
    assert alarms() == []


def test_an_event_that_waits_over_ten_minutes_is_an_alarm(client):
    with another() as there, there.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()")
        happen()
        assert link_waiting() == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=9)):
            assert (alarms(), standing.is_late()) == ([], False)
            assert "detail" not in client.get("/readyz").json()
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            (alarm,) = alarms()
            assert "are not chained yet" in alarm
            answer = client.get("/readyz")
            assert (answer.status_code, answer.json()["detail"]) == (
                200,
                "events wait to be chained",
            )


def test_a_head_that_does_not_leave_is_an_alarm(place):
    history()
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        (alarm,) = alarms()
    assert "has not left this machine" in alarm
    send()
    assert alarms() == []
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert len(alarms()) == 1


def test_a_trigger_that_is_switched_off_is_an_alarm():
    execute("alter table core_auditevent disable trigger core_auditevent_append_only")
    try:
        (alarm,) = alarms()
        assert "core_auditevent_append_only (core_auditevent) is switched off" in alarm
        assert any("append_only on core_auditevent is disabled" in f for f in preflight.faults())
    finally:
        execute("alter table core_auditevent enable trigger core_auditevent_append_only")
    assert alarms() == []


def test_what_was_sent_is_no_secret_and_nobody_changes_it(place):
    history()
    send()
    tamper("update core_chainlink set hash = sha256('x') where number = 3")
    (file,) = place.iterdir()
    assert not verify([anchors.read_file(file)]).whole
    assert ChainLink.objects.count() == 3
