"""What does not work is said where everybody begins, and too large a form in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from casework.models import Task
from core.jobs import note_life
from core.models import Heartbeat
from tests import factories

pytestmark = pytest.mark.django_db
SILENT, LATE = "Workers have not answered since", "Mail is not going out at the moment"


@pytest.fixture
def today(browser_client, field_officer, said):
    client = browser_client(field_officer)
    return lambda: said(client.get("/"))


def told(user, **fields):
    notice = factories.notice(user)
    minutes = fields.pop("minutes")
    at = timezone.now() - timedelta(minutes=minutes)
    Notice.objects.filter(pk=notice.pk).update(created_at=at, **fields)


def test_silent_workers_are_said_on_today(today):
    note_life()
    assert SILENT not in today()
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=5))
    words = today()
    assert SILENT in words
    assert LATE not in words


def test_mail_that_does_not_go_out_is_said(today, field_officer):
    note_life()
    type(field_officer).objects.filter(pk=field_officer.pk).update(email="invented@example.org")
    told(field_officer, minutes=10)
    told(field_officer, minutes=90, mailed_at=timezone.now())
    told(field_officer, minutes=90, seen_at=timezone.now())
    told(factories.user(email="other@example.org"), minutes=90)
    assert LATE not in today()
    told(field_officer, minutes=20)
    assert LATE in today()


def test_who_has_no_address_waits_for_no_letter(today, field_officer):
    note_life()
    told(field_officer, minutes=90)
    assert LATE not in today()


def test_a_form_that_is_too_large_is_refused_in_words(browser_client, field_officer, office, said):
    case = factories.case(office)
    factories.assignment(case, field_officer)
    client, path = browser_client(field_officer), f"/cases/{case.pk}/tasks/new/"
    answer = client.post(path, {"what": "x" * 1_000_001, "due_on": "2026-12-01"})
    assert answer.status_code == 413
    assert "Too much was sent" in said(answer)
    assert not Task.objects.exists()
