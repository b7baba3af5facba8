"""Every stored file is compared with what was received; what no row names is taken away."""

from __future__ import annotations

import base64
import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Notice
from accounts.notices import WORDS
from casework.files import checking
from casework.files.received import ORPHANED, Received, folder, path_of
from casework.models import StoredFile
from casework.paper_codes import FileFinding
from core import jobs, rekeying
from core.models import Job
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return tmp_path


def flip(row, at=40):
    """One byte becomes another."""
    path = path_of(row.pk)
    held = bytearray(path.read_bytes())
    held[at] ^= 1
    path.write_bytes(held)


def run(kind=checking.VERIFY):
    job = jobs.request(kind)
    jobs.run(job.pk)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def lead():
    return factories.user("safeguarding_lead")


def test_sound_files_are_found_sound_and_nobody_is_told(lead):
    row = papers.stored_file()
    job = run()
    row.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sound": 1})
    assert (row.finding, row.checked_at is not None) == ("sound", True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        (flip, FileFinding.ALTERED),
        (lambda row: path_of(row.pk).unlink(), FileFinding.MISSING),
        (lambda row: path_of(row.pk).write_bytes(b""), FileFinding.ALTERED),
        (
            lambda row: StoredFile.objects.filter(pk=row.pk).update(sha256=bytes(32)),
            FileFinding.ALTERED,
        ),
    ],
)
def test_a_file_that_is_not_as_received_is_told_in_neutral_words(fault, finding, lead):
    admin = factories.user("system_admin")
    sound, row = papers.stored_file(), papers.stored_file()
    fault(row)
    assert run().result == {"sound": 1, finding: 1}
    row.refresh_from_db()
    sound.refresh_from_db()
    assert (row.finding, sound.finding) == (finding, "sound")
    assert set(Notice.objects.values_list("user", "kind")) == {
        (lead.pk, "files-differ"),
        (admin.pk, "files-differ"),
    }
    assert "case" not in str(WORDS["files-differ"])


def other_keys(_row, settings):
    settings.FIELD_KEYS = f"1:{base64.b64encode(os.urandom(32)).decode()}"


def closed_directory(row, _settings):
    path = path_of(row.pk)
    path.unlink()
    path.mkdir()  # opening it is refused, also to root


@pytest.mark.parametrize("fault", [other_keys, closed_directory])
def test_what_cannot_be_read_is_not_called_altered(fault, lead, settings):
    admin = factories.user("system_admin")
    row = papers.stored_file()
    fault(row, settings)
    assert run().result == {"unread": 1}
    row = StoredFile.objects.get(pk=row.pk)  # whose key stays closed
    assert (row.finding, row.is_wrong) == ("unread", False)
    assert set(Notice.objects.values_list("user", "kind")) == {(admin.pk, "files-unread")}
    with pytest.raises(CommandError, match="1 files could not be read"):
        call_command("check_files", stdout=StringIO(), stderr=StringIO())


def test_what_was_found_altered_stays_so_while_it_cannot_be_read(settings):
    row = papers.stored_file()
    flip(row)
    run()
    other_keys(row, settings)
    run()
    row = StoredFile.objects.get(pk=row.pk)  # whose key stays closed
    assert row.finding == "altered"


def test_a_file_mended_by_a_copy_is_sound_again():
    row = papers.stored_file()
    flip(row)
    run()
    flip(row)
    run()
    row.refresh_from_db()
    assert row.finding == "sound"


def test_a_round_that_takes_long_goes_on_in_another_job(monkeypatch):
    monkeypatch.setattr(checking, "AT_A_TIME", -checking.AT_A_TIME)
    for _ in range(3):
        papers.stored_file()
    first = run()
    assert first.result == {"sound": 1}
    second = Job.objects.exclude(pk=first.pk).get()
    assert second.parameters == {"since": first.created_at.isoformat()}
    jobs.run(second.pk)
    third = Job.objects.get(state="queued")
    jobs.run(third.pk)
    assert StoredFile.objects.filter(finding="sound").count() == 3


def test_the_page_of_the_case_says_so(case, browser_client, field_officer, said):
    version = papers.version(case)
    flip(version.file)
    run()
    page = browser_client(field_officer)
    for path in (f"/cases/{case.pk}/documents/", f"/documents/{version.document_id}/"):
        assert "Not as received" in said(page.get(path))


def test_the_command_compares_and_says_which():
    version = papers.version()
    out, err = StringIO(), StringIO()
    call_command("check_files", stdout=out)
    assert out.getvalue() == "1 files compared, 0 differ.\n"
    flip(version.file)
    with pytest.raises(CommandError):
        call_command("check_files", stdout=out, stderr=err)
    assert f"{version.case} {version.document}, version 1" in err.getvalue()
    assert version.name not in err.getvalue()


# Orphans


def old(path, seconds=ORPHANED + 60):
    """By the clock of the suite, which may be that of another day than the disk's."""
    before = time.time() - seconds
    os.utime(path, (before, before))
    return path


def test_what_a_broken_upload_left_is_taken_away_after_a_day():
    kept, broken, young = papers.stored_file(), Received(), Received()
    moved = papers.stored_file()
    StoredFile.objects.filter(pk=moved.pk).delete()
    for row in (kept, moved):
        old(path_of(row.pk))
    old(folder("incoming") / broken.id.hex)
    old(folder("incoming") / young.id.hex, seconds=0)
    assert run(checking.SWEEP).result == {"taken": 2}
    assert {path.name for path in files.on_disk()} == {kept.pk.hex, young.id.hex}
    broken.close()
    young.close()


def test_names_of_others_are_no_orphans_to_stumble_over():
    (folder("zz") / "odd name").write_bytes(b"x")
    old(folder("zz") / "odd name")
    assert run(checking.SWEEP).state == "done"


# Keys


def test_changing_keys_rewrites_rows_and_no_file(settings):
    row = papers.stored_file()
    held = path_of(row.pk).read_bytes()
    settings.FIELD_KEYS = f"9:{'B' * 43}=,{settings.FIELD_KEYS}"
    done = {str(column) for column, _values in rekeying.reencrypt()}
    assert "casework_storedfile.data_key" in done
    settings.FIELD_KEYS = settings.FIELD_KEYS.partition(",")[0]
    fresh = StoredFile.objects.get(pk=row.pk)
    assert checking.finding_of(fresh) == "sound"
    assert path_of(row.pk).read_bytes() == held


def test_without_its_row_a_file_is_noise():
    row = papers.stored_file(files.TEXT * 10)
    held = path_of(row.pk).read_bytes()
    assert b"Invented" not in held
    assert row.stored_at <= timezone.now()
    assert path_of(row.pk).parent.stat().st_mode & 0o077 == 0


def test_a_clock_that_is_behind_ends_the_round_all_the_same():
    papers.stored_file()
    ahead = timezone.now() + timedelta(hours=1)
    assert len(list(checking.verified(ahead))) == 1
