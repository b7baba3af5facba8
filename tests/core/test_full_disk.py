"""A full disk: said in plain words, by every door; nothing half stays, and it works again after."""

from __future__ import annotations

import errno
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Notice
from casework.models import Note, StoredFile
from core import jobs
from core.files import disk
from core.local.faults import DISK_FULL, LEAST_FREE
from core.models import Job
from tests import factories
from tests.casework import files
from tests.small_disk import fill
from tests.small_disk import small_disk as mounted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOM = 2 * LEAST_FREE


@pytest.fixture
def small_disk(tmp_path: Path, settings) -> Iterator[Path]:
    """On which received files are kept."""
    with mounted(tmp_path / "disk", ROOM) as there:
        settings.FILES_ROOT = there
        yield there


@pytest.fixture(autouse=True)
def nothing_seen():
    disk.FULL.forget()
    yield
    disk.FULL.forget()


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "stuffing"]


SIZES = [10, 3_000_000]  # what is written when it is finished; what is written as it comes


@pytest.mark.django_db
@pytest.mark.parametrize("size", SIZES)
def test_an_upload_is_refused_in_words_and_leaves_nothing(
    small_disk, browser_client, api, field_officer, case, said, caplog, size
):
    page, program = browser_client(field_officer), api(field_officer)
    page.raise_request_exception = False
    (small_disk / "incoming").mkdir(mode=0o700)
    told = {"kind": "court_order", "received_on": case.jurisdiction.today.isoformat()}
    head = {"Authorization": f"Bearer {program.key}", "Idempotency-Key": "one"}
    text = files.TEXT * (size // len(files.TEXT) + 1)

    def by_page():
        sent = told | {"file": files.sent(text)}
        return page.post(f"/cases/{case.pk}/documents/new/", sent)

    def by_program():
        sent = told | {"case": case.pk, "file": files.sent(text)}
        return program.client.post("/api/v1/documents/", sent, headers=head)

    stuffing = fill(small_disk)
    for answer in (by_page(), by_program()):
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert "The disk of the server is full" in said(answer)
    assert kept(small_disk) == []
    assert not StoredFile.objects.exists()
    noted = {record.msg for record in caplog.records if record.name == "core.files.disk"}
    assert noted == {"disk-full"}
    stuffing.unlink()
    assert by_page().status_code == 302
    assert by_program().status_code == 201


@pytest.mark.django_db
def test_it_is_not_ready_until_there_is_room_again(client, small_disk):
    assert client.get("/readyz").status_code == 200
    stuffing = fill(small_disk)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrated": True, "detail": "disk full"}
    stuffing.unlink()
    assert client.get("/readyz").status_code == 200


@pytest.fixture
def full_database(db):
    """PostgreSQL says what it says where it finds no room, of whatever is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function pg_temp.full() returns trigger language plpgsql as $$"
            " begin raise 'could not extend file' using errcode = 'disk_full'; end $$;"
            " create trigger zz_full before insert on casework_note"
            " for each row execute function pg_temp.full()"
        )


def test_a_write_without_room_is_refused_in_words_and_noticed(
    full_database, browser_client, api, field_officer, case, said, caplog
):
    page = browser_client(field_officer)
    page.raise_request_exception = False
    told = {"kind": "visit", "happened_on": case.jurisdiction.today.isoformat(), "text": "Invented"}
    by_page = page.post(f"/cases/{case.pk}/notes/new/", told)
    by_program = api(field_officer).post("notes/", told | {"case": str(case.pk)})
    for answer in (by_page, by_program):
        assert (answer.status_code, answer["Retry-After"]) == (503, "60"), said(answer)
        assert "The disk of the server is full" in said(answer)
    assert not Note.objects.exists()
    assert "disk-full" in caplog.text
    assert Client().get("/readyz").json()["detail"] == "disk full"  # for a minute
    disk.FULL.forget()
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_job_without_room_is_tried_again(monkeypatch, caplog):
    def write(_run):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(jobs.KINDS, "test-full", write)
    row = jobs.request("test-full")
    with pytest.raises(OSError, match="No space left"):
        jobs.run(row.pk)
    assert Job.objects.get(pk=row.pk).state == "running"  # its lease runs out
    assert "disk-full" in caplog.text
    assert not Notice.objects.exists()


def test_other_errors_are_not_taken_for_it():
    assert not disk.is_full(OSError(errno.EACCES, "Permission denied"))
    assert not disk.is_full(ValueError())
    assert not disk.is_full(None)


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
def test_the_clock_says_so_in_one_line(small_disk: Path, tmp_path: Path) -> None:
    fill(small_disk)
    beat = ["beat", f"--schedule={small_disk / 'beat'}", "--pidfile=", "--loglevel=WARNING"]
    done = subprocess.run(
        [sys.executable, "-m", "celery", "--quiet", "--app=tests.core.clock", *beat],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"{DISK_FULL}\n")
