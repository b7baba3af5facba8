"""Administrators see what was backed up and restored, and are alarmed where nothing was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from backups import alarms, jobs, noting
from backups.faults import Fault
from backups.models import Backup, Drill
from core.context import acting_as
from core.jobs import QUEUES, Run
from core.models import AuditEvent, Job
from tests import factories
from tests.factories import programs

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture(autouse=True)
def _kept_somewhere(monkeypatch):
    monkeypatch.setattr(django_settings, "BACKUP_TO", "/srv/backups")


def old(hours: int) -> Backup:
    return programs.backup(made_at=timezone.now() - timedelta(hours=hours))


def test_what_there_is(browser_client, admin):
    old(1)
    failed = {"size": None, "files": None, "keys": "", "failure": "The disk is full."}
    programs.backup(**failed, made_at=timezone.now() - timedelta(days=1))
    programs.drill(differences=["table public.casework_case: other values in as many rows"])
    text = browser_client(admin).get("/backups/").content.decode()
    for words in ("/srv/backups", "4.8", "The disk is full.", "other values in as many rows"):
        assert words in text
    assert "26 hours" not in text
    assert AuditEvent.objects.filter(action="backups.listed", actor_id=admin.pk).count() == 1


def test_where_there_is_nothing(browser_client, admin):
    text = browser_client(admin).get("/backups/").content.decode()
    assert "No backup was made yet" in text
    assert "No backup has been restored yet" in text


def test_by_the_interface(api, admin):
    row = old(1)
    drill = programs.drill()
    assert [one["id"] for one in api(admin).get("backups/").json()["results"]] == [str(row.pk)]
    assert api(admin).get(f"drills/{drill.pk}/").json()["differences"] == []


@pytest.mark.parametrize("role", ["case_manager", "auditor", "safeguarding_lead"])
def test_nobody_else(browser_client, api, office, role):
    other = factories.user(role, office)
    assert browser_client(other).get("/backups/").status_code == 403
    assert api(other).get("backups/").status_code == 403


@pytest.mark.parametrize(("hours", "late"), [(25, False), (27, True), (None, True)])
def test_an_old_one_alarms(browser_client, client, admin, hours, late):
    """On Today, on the page, and for whoever watches from outside; they serve all the same."""
    if hours:
        old(hours)
    assert ("No backup was made" in browser_client(admin).get("/").content.decode()) is late
    assert ("the last 26 hours" in browser_client(admin).get("/backups/").content.decode()) is late
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json().get("detail", "") == ("backup older than 26 hours" if late else "")


def test_a_failed_one_is_none(admin):
    failed = {"size": None, "files": None, "failure": "The disk is full."}
    programs.backup(**failed)
    assert alarms.is_late()


def test_others_are_not_alarmed(browser_client, field_officer):
    assert "No backup was made" not in browser_client(field_officer).get("/").content.decode()


def test_where_nothing_is_set_up_nobody_is(monkeypatch):
    monkeypatch.setattr(django_settings, "BACKUP_TO", "")
    assert not alarms.is_late()


def run_of(kind: str) -> Run:
    return Run(Job.objects.create(kind=kind), 1)


def test_only_their_own_worker_hears_of_them():
    assert QUEUES == {jobs.NIGHTLY: "backups", jobs.MONTHLY: "backups"}


def test_one_that_fails_is_told(admin, monkeypatch):
    """No key is given: the row says so, and administrators get a notice that says nothing of it."""
    monkeypatch.setattr(django_settings, "BACKUP_RECIPIENTS", "")
    with acting_as(None):
        assert jobs.nightly_backup(run_of(jobs.NIGHTLY)) == {"made": False}
    row = Backup.objects.get()
    assert row.failure.startswith("BACKUP_RECIPIENTS names 0 of the 2")
    assert [notice.kind for notice in admin.notices.all()] == ["backup-failed"]


def test_one_that_is_there_is_not_made_again():
    old(3)
    with acting_as(None):
        done = jobs.nightly_backup(run_of(jobs.NIGHTLY))
    assert done == {"made": False, "why": "there is a new one"}


def test_a_drill_that_cannot_be_done_is_told(admin, monkeypatch, tmp_path, time_machine_first):
    (tmp_path / "key").write_text("none")
    monkeypatch.setattr(django_settings, "DRILL_IDENTITY", str(tmp_path / "key"))
    monkeypatch.setattr(django_settings, "BACKUP_TO", str(tmp_path / "kept"))
    with acting_as(None):
        done = jobs.monthly_drill(run_of(jobs.MONTHLY))
    assert done == {"drilled": True, "sound": False}
    assert Drill.objects.get().failure.startswith("There is no backup yet")
    assert [notice.kind for notice in admin.notices.all()] == ["drill-differs"]


@pytest.fixture
def time_machine_first(monkeypatch):
    """The first of a month, for the job alone."""
    first = timezone.now().replace(day=1)
    monkeypatch.setattr(jobs.timezone, "now", lambda: first)


def test_no_drill_where_no_key_is_offered(monkeypatch):
    monkeypatch.setattr(django_settings, "DRILL_IDENTITY", "/nowhere/key")
    with acting_as(None):
        assert jobs.monthly_drill(run_of(jobs.MONTHLY)) == {"drilled": False}


def test_what_is_written_down_of_a_drill_that_failed():
    with acting_as(None):
        row = noting.note_drill("x.age", timezone.now(), Fault("It is cut off."))
    assert (row.failure, row.differences, row.is_sound) == ("It is cut off.", [], False)
