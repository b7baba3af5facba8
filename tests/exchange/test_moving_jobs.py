"""A workbook on its way in: confirmed once, as it was looked at, by who sent it; then destroyed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone, translation

from accounts.models import Membership
from casework.models import Case
from core import jobs
from core.context import acting_as
from core.models import Job
from core.services import Refused, Stale
from exchange.exports.files import path_of
from exchange.models import WorkbookImport
from exchange.services.workbooks import confirm_workbook, end_workbook
from exchange.workbooks import jobs as at_work
from exchange.workbooks.taking import Taking
from tests import factories
from tests.exchange.moving import CASE, arrived, confirmed, filled, looked_at, worked

pytestmark = pytest.mark.django_db
WHOLE = filled(cases=[CASE])


def test_the_file_lies_encrypted_and_goes_with_the_last_step(
    case_manager, django_capture_on_commit_callbacks
):
    row = looked_at(WHOLE, case_manager)
    path = path_of(row.file)
    assert b"PK" not in path.read_bytes()[:64]
    with django_capture_on_commit_callbacks(execute=True):
        worked(confirmed(row, case_manager))
    assert not path.exists()


def test_a_confirmation_counts_once(case_manager):
    row = looked_at(WHOLE, case_manager)
    confirmed(row, case_manager)
    with pytest.raises(Refused):
        confirmed(row, case_manager)
    assert Job.objects.filter(kind="take-in-workbook").count() == 1
    worked(row)
    worked(row)
    with pytest.raises(Refused):
        confirmed(row, case_manager)
    assert Case.objects.count() == 1


def test_what_is_confirmed_is_what_is_shown(case_manager):
    row = looked_at(WHOLE, case_manager)
    with acting_as(case_manager.pk), pytest.raises(Stale):
        confirm_workbook(row, version=row.version - 1, actor=case_manager)


@pytest.mark.nightly
def test_what_would_do_something_else_by_now_is_looked_at_again(case_manager):
    """Two of the same, looked at one after the other: the second is known by then."""
    first, second = looked_at(WHOLE, case_manager), looked_at(WHOLE, case_manager)
    assert worked(confirmed(first, case_manager)).state == "taken"
    again = worked(confirmed(second, case_manager))
    assert (again.state, again.changed, again.preview["known"]) == ("ready", True, 1)
    done = worked(confirmed(again, case_manager))
    assert (done.state, done.changed, Case.objects.count()) == ("taken", False, 1)


def test_what_is_wrong_by_now_is_a_fault_and_nothing_is_taken(case_manager):
    content = filled(cases=[CASE, CASE | {"key": "2019/78"}])
    row = confirmed(looked_at(content, case_manager), case_manager)
    factories.case(factories.office("manila", "PH-MNL"), reference="2019/78")
    done = worked(row)
    assert (done.state, done.changed) == ("faulty", True)
    assert [fault.row for fault in done.preview["faults"]] == [3]
    assert Case.objects.count() == 1


def test_what_is_found_is_said_in_the_language_of_whoever_sent_it(case_manager):
    content = filled(cases=[CASE | {"opened_on": "1066-01-01"}])
    (english,) = looked_at(content, case_manager).preview["faults"]
    case_manager.language = "es"
    case_manager.save(update_fields=["language"])
    (spanish,) = looked_at(content, case_manager).preview["faults"]
    with translation.override("es"):
        assert spanish.reason == translation.gettext(english.reason) != english.reason


def test_broken_off_half_way_nothing_is_there_and_it_begins_anew(case_manager, monkeypatch):
    row = confirmed(looked_at(WHOLE, case_manager), case_manager)
    whole = Taking.write

    def broken(taking):
        whole(taking)
        assert Case.objects.exists()
        raise jobs.PASSING[0]

    monkeypatch.setattr(Taking, "write", broken)
    with pytest.raises(jobs.PASSING):
        worked(row)
    monkeypatch.undo()
    assert not Case.objects.exists()
    row.refresh_from_db()
    assert row.state == "taking"
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert worked(row).state == "taken"
    assert Job.objects.get(pk=row.job_id).attempts == 2


def test_what_is_ended_is_not_taken_in(case_manager, django_capture_on_commit_callbacks):
    row = confirmed(looked_at(WHOLE, case_manager), case_manager)
    with acting_as(case_manager.pk), django_capture_on_commit_callbacks(execute=True):
        ended = end_workbook(row, actor=case_manager)
    assert not path_of(row.file).exists()
    assert (ended.file, ended.data_key, ended.found) == (None, None, None)
    assert worked(row).state == "ended"
    assert not Case.objects.exists()
    with acting_as(case_manager.pk), pytest.raises(Refused):
        end_workbook(row, actor=case_manager)


def test_ended_in_the_middle_nothing_stays(case_manager, monkeypatch):
    row = confirmed(looked_at(WHOLE, case_manager), case_manager)
    whole = Taking.write

    def meanwhile(taking):
        whole(taking)
        jobs.cancel(Job.objects.get(pk=row.job_id))

    monkeypatch.setattr(Taking, "write", meanwhile)
    jobs.run(row.job_id)
    assert not Case.objects.exists()


def test_after_a_day_it_is_gone(case_manager, django_capture_on_commit_callbacks):
    row, path = looked_at(WHOLE, case_manager), None
    path = path_of(row.file)
    WorkbookImport.objects.update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(jobs.request("destroy-workbooks").pk)
    assert not path.exists()
    row.refresh_from_db()
    assert (row.state, row.file, row.found) == ("gone", None, None)
    with pytest.raises(Refused):
        confirmed(row, case_manager)


def test_who_lost_the_right_meanwhile_takes_nothing_in(case_manager):
    row = confirmed(looked_at(WHOLE, case_manager), case_manager)
    Membership.objects.update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        worked(row)
    row.refresh_from_db()
    assert row.state == "failed"
    assert not Case.objects.exists()


def test_it_is_nobody_elses(case_manager, office, browser_client, api):
    row = looked_at(WHOLE, case_manager)
    other = factories.user("case_manager", office)
    there = f"/exchange/workbook/{row.pk}/"
    for address in (there, f"{there}confirm/", f"{there}end/"):
        assert browser_client(other).post(address).status_code == 404
    client = api(other)
    assert client.call("GET", f"workbook-imports/{row.pk}/preview/").status_code == 404
    assert client.call("GET", "workbook-imports/").json()["results"] == []


def test_two_of_an_office_wait_for_each_other(case_manager, monkeypatch):
    waited = []
    with connections["default"].copy().cursor() as other:
        lock = "select {}(hashtext(%s))"
        key = [f"workbook {case_manager.home_office.pk}"]
        other.execute(lock.format("pg_advisory_lock"), key)

        def wait(_seconds):
            waited.append(1)
            other.execute(lock.format("pg_advisory_unlock"), key)

        monkeypatch.setattr(at_work, "time", SimpleNamespace(sleep=wait))
        assert worked(arrived(WHOLE, case_manager)).state == "ready"
    assert waited == [1]
