"""Received files in a bucket that speaks S3: sent, read, swept, erased; and when it is away."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pytest
from django.db import transaction
from django.test import Client

from casework.files import checking
from casework.files import received as kept
from casework.files.received import Received, discard, name_of, opened
from casework.models import DocumentVersion, StoredFile
from core import jobs
from core.files import bucket_files
from core.files.bucket_faults import store_faults
from core.files.store import Bucket, store
from core.files.vault import CHUNK, parts
from core.local.paths import ROOT
from core.models import Job
from exchange.exports import files as exports
from retention import ledger
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.enable_socket]
NOWHERE = "http://127.0.0.1:9"  # where nobody listens


@pytest.fixture(autouse=True)
def nothing_seen():
    bucket_files.AWAY.forget()
    yield
    bucket_files.AWAY.forget()


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


def form(case):
    told = {"kind": "court_order", "received_on": case.jurisdiction.today.isoformat()}
    return told | {"file": files.sent(files.TEXT, "order.txt")}


def test_a_document_goes_into_the_bucket_and_comes_out_of_it(
    kept_there, case, browser_client, field_officer, bucket
):
    page = browser_client(field_officer)
    assert page.post(f"/cases/{case.pk}/documents/new/", form(case)).status_code == 302
    version = DocumentVersion.objects.get()
    assert kept_there() == [name_of(version.file_id)]
    assert files.on_disk() == []
    client, name = bucket
    there = client.get_object(Bucket=name, Key=f"received/{name_of(version.file_id)}")
    assert files.TEXT[:12] not in there["Body"].read()
    given = page.get(f"/versions/{version.pk}/file/")
    assert b"".join(given.streaming_content) == files.TEXT
    assert checking.finding_of(version.file) == "sound"


def test_any_place_of_a_file_is_read(kept_there):
    text = bytes(n * 31 % 251 for n in range(3 * CHUNK + 7))
    with opened(papers.stored_file(text)) as reader:
        assert b"".join(parts(reader)) == text
        for at in (2 * CHUNK + 5, 0, 3 * CHUNK):
            reader.seek(at)
            assert reader.read(9) == text[at : at + 9]


def test_what_is_undone_leaves_nothing_there(kept_there):
    received = Received.of([files.TEXT])
    with suppress(ZeroDivisionError), transaction.atomic():
        received.keep([])
        raise ZeroDivisionError
    assert kept_there() != []
    received.close()
    assert kept_there(versions=True) == []
    assert files.on_disk() == []


def test_what_is_erased_goes_in_every_version(kept_there):
    row = papers.stored_file()
    discard([row.pk])
    assert kept_there(versions=True) == []
    assert checking.finding_of(row) == "missing"


def test_what_is_locked_stays_noise_until_the_sweep_may(kept_there, bucket, monkeypatch):
    client, name = bucket
    row, named = papers.stored_file(), papers.stored_file()
    there = {"Bucket": name, "Key": f"received/{name_of(row.pk)}"}
    for hold in ("ON", "OFF"):
        client.put_object_legal_hold(**there, LegalHold={"Status": hold})
        if hold == "ON":
            StoredFile.objects.filter(pk=row.pk).delete()
            discard([row.pk])
            assert kept_there(versions=True) == sorted(map(name_of, (row.pk, named.pk)))
            ledger.append(ledger.Line("stone", "2026-05-04", "IN", "law", "1:00"))
            monkeypatch.setattr(kept, "ORPHANED", -60)
        job = jobs.request(checking.SWEEP)
        jobs.run(job.pk)
        assert Job.objects.get(pk=job.pk).result == {"taken": int(hold == "OFF")}
    assert kept_there(versions=True) == sorted([name_of(named.pk), "erasures/stone"])


def test_every_machine_knows_what_was_erased_on_another(kept_there, settings, tmp_path):
    for machine in ("a", "b"):
        settings.FILES_ROOT = tmp_path / machine
        ledger.append(ledger.Line(machine, "2026-05-04", "IN", "law", f"1:{machine}"))
    assert sorted(line.stone for line in ledger.lines()) == ["a", "b"]


def test_a_file_to_be_taken_away_goes_there_too(kept_there):
    with exports.writing() as written:
        written.write(files.TEXT)
    assert kept_there() == [exports.name_of(written.name)]
    exports.destroy(written.name)
    assert kept_there(versions=True) == []


# Away


def test_away_is_said_in_words_and_what_was_sent_may_be_sent_again(
    kept_there, case, browser_client, api, field_officer, said, settings, s3_server
):
    version = papers.version(case)
    page, program = browser_client(field_officer), api(field_officer)
    page.raise_request_exception = False
    settings.FILES_ENDPOINT = NOWHERE
    answers = [
        page.post(f"/cases/{case.pk}/documents/new/", form(case)),
        page.get(f"/versions/{version.pk}/file/"),
        program.client.post(
            "/api/v1/documents/",
            form(case) | {"case": case.pk},
            headers={"Authorization": f"Bearer {program.key}", "Idempotency-Key": "one"},
        ),
    ]
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (503, "60"), said(answer)
        assert "The file storage does not answer" in said(answer)
    assert files.on_disk() == []
    ready = Client().get("/readyz")  # all else works
    assert (ready.status_code, "the file storage" in ready.json()["detail"]) == (200, True)
    assert checking.finding_of(version.file) == "unread"
    settings.FILES_ENDPOINT = s3_server
    assert page.post(f"/cases/{case.pk}/documents/new/", form(case)).status_code == 302


def test_a_job_is_tried_again_when_it_is_back(kept_there, settings, monkeypatch):
    row = papers.stored_file()
    monkeypatch.setitem(jobs.KINDS, "test-away", lambda _run: opened(row))
    settings.FILES_ENDPOINT = NOWHERE
    job = jobs.request("test-away")
    with pytest.raises(bucket_files.Away):
        jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == "running"  # its lease runs out


# Preflight


def test_a_sound_bucket_is_accepted_and_nothing_stays_in_it(kept_there):
    assert list(store_faults()) == []
    assert kept_there(versions=True) == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("FILES_STORE", "/srv/files", "is no bucket"),
        ("FILES_STORE", "s3://no-such-bucket", "nothing can be kept there (NoSuchBucket)"),
        ("FILES_ENDPOINT", NOWHERE, "nothing can be kept there (EndpointConnectionError)"),
        ("FILES_KEY_ID", "alone", "one of the two is missing"),
        ("BACKUP_TO", None, "is where backups go"),
    ],
)
def test_a_bucket_that_is_not_fit_is_refused(kept_there, settings, name, value, reason):
    setattr(settings, name, value or f"{settings.FILES_STORE}/")
    (fault,) = store_faults()
    assert reason in fault


def test_a_bucket_open_to_all_or_that_lets_nobody_delete_is_refused(kept_there, monkeypatch):
    monkeypatch.setattr(Bucket, "is_open_to_all", lambda *_: True)
    monkeypatch.setattr(Bucket, "take_away", lambda *_: False)
    monkeypatch.setattr(Bucket, "locks", lambda *_: False)
    assert ["Close it" in fault for fault in store_faults()] == [True, False]


def test_whoever_has_no_account_is_given_nothing_unless_it_is_open(kept_there, bucket):
    client, name = bucket
    row = papers.stored_file()
    assert not store().is_open_to_all(name_of(row.pk))
    there = {"Bucket": name, "Key": f"received/{name_of(row.pk)}"}
    client.put_object_acl(**there, ACL="public-read")
    assert store().is_open_to_all(name_of(row.pk))


# Memory

LARGE, BOUND = 64 << 20, 40 << 20  # bytes of a file; by how much the process may grow
SENT_AND_READ = """
import resource, sys
from pathlib import Path
from django.conf import settings
nothing = dict.fromkeys(["FILES_REGION", "FILES_KEY_ID", "FILES_KEY", "BACKUP_TO"], "")
calls = {"calls": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
large, root, place, endpoint = sys.argv[1:]
settings.configure(
    **nothing, CACHES=calls, FILES_ROOT=root, FILES_STORE=place, FILES_ENDPOINT=endpoint
)
from core.files.bucket_faults import store_faults
from core.files.store import digest, store
assert not list(store_faults())  # now all libraries are there
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
store().send(Path(large), "ab/large")
assert digest(store().open("ab/large")) == digest(open(large, "rb"))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.nightly
def test_a_large_file_is_sent_and_read_in_little_memory(kept_there, settings, tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(LARGE)
    told = [large, settings.FILES_ROOT, settings.FILES_STORE, settings.FILES_ENDPOINT]
    done = subprocess.run(
        [sys.executable, "-c", SENT_AND_READ, *map(str, told)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < BOUND
