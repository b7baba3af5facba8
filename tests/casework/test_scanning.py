"""Where the house looks for viruses, nobody opens a file before it was found clean."""

from __future__ import annotations

import pytest

from accounts.models import Notice
from casework.files import scanning
from casework.files.received import Received, path_of
from casework.models import StoredFile
from casework.services.documents import open_original, open_version, receive_document
from core import jobs
from core.context import acting_as
from core.models import Job
from core.services import Refused
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = pytest.mark.django_db
NOT_YET, BAD = "not been checked for viruses", "A virus was found"


@pytest.fixture
def scanner(settings, tmp_path):
    """A command that finds one word bad, does not understand another, and notes each question."""
    settings.FILES_ROOT = tmp_path / "files"
    script = tmp_path / "scan"
    script.write_text(
        "#!/bin/sh\n"
        f'text=$(cat); echo asked >> "{tmp_path}/asked"\n'
        'case "$text" in *EICAR*) exit 1;; *ODD*) exit 2;; esac\n'
    )
    script.chmod(0o700)
    settings.SCAN_COMMAND = f"{script} -"
    return tmp_path / "asked"


@pytest.fixture
def lead():
    return factories.user("safeguarding_lead")


def run():
    job = jobs.request(scanning.SCAN)
    jobs.run(job.pk)
    return Job.objects.get(pk=job.pk)


def opens(version, actor):
    with acting_as(actor.pk):
        return open_version(version, actor=actor).size > 0


class Sent:
    def __init__(self, content):
        self.name, self.received = "invented.txt", Received.of([content])


def test_what_comes_in_is_looked_at_before_it_is_opened(scanner, case, field_officer, lead):
    told = {"kind": "court_order", "received_on": case.jurisdiction.today}
    with acting_as(field_officer.pk):
        file = Sent(files.TEXT)
        document = receive_document(case, actor=field_officer, file=file, **told)
    version = document.versions.get()
    with pytest.raises(Refused, match=NOT_YET):
        opens(version, field_officer)
    assert not scanner.exists()
    jobs.run(Job.objects.get(kind="scan-files", state="queued").pk)  # asked for by the upload
    version.file.refresh_from_db()
    assert (version.file.scan, version.file.scanned_at is not None) == ("clean", True)
    assert opens(version, field_officer)
    assert not Notice.objects.filter(user=lead).exists()
    run()
    assert scanner.read_text() == "asked\n"  # once for each file


def test_a_virus_is_opened_by_nobody_and_told(scanner, settings, case, field_officer, lead):
    version = papers.version(case, file=papers.stored_file(b"X5O EICAR test\n"))
    assert run().result == {"infected": 1}
    with pytest.raises(Refused, match=BAD):
        opens(again(version), field_officer)
    settings.SCAN_COMMAND = ""  # also where nobody looks any more
    with pytest.raises(Refused, match=BAD):
        opens(again(version), field_officer)
    assert Notice.objects.get(user=lead).kind == "file-infected"
    assert path_of(version.file_id).exists()


def test_an_untouched_original_is_looked_at_too(scanner, case, fresh):
    lawyer = factories.user("case_manager", case.office)
    bad = papers.stored_file(b"EICAR in the original\n")
    version = papers.version(case, original=bad)
    assert run().result == {"clean": 1, "infected": 1}
    version = again(version)
    assert opens(version, lawyer)
    with acting_as(lawyer.pk), pytest.raises(Refused, match=BAD):
        open_original(version, actor=lawyer)


@pytest.mark.parametrize("command", ["", "/nonexistent/scan -", "sleep 60"])
def test_no_answer_is_not_clean(scanner, settings, monkeypatch, case, field_officer, lead, command):
    monkeypatch.setattr(scanning, "LONGEST", 0.2)
    settings.SCAN_COMMAND = command or settings.SCAN_COMMAND
    version = papers.version(case, file=papers.stored_file(b"ODD\n"))
    assert run().result == {"failed": 1}
    assert StoredFile.objects.get(pk=version.file_id).scan == ""
    with pytest.raises(Refused, match=NOT_YET):
        opens(version, field_officer)
    assert Notice.objects.get(user=lead).kind == "files-differ"


def test_without_a_command_files_open(settings, case, field_officer):
    settings.SCAN_COMMAND = ""
    version = papers.version(case)
    assert run().result == {}
    assert opens(version, field_officer)


def test_the_page_and_programs_are_told_in_words(
    scanner, case, field_officer, browser_client, api, said
):
    version = papers.version(case)
    answer = api(field_officer).get(f"document-versions/{version.pk}/file/")
    assert answer.status_code == 409
    assert NOT_YET in answer.json()["detail"]
    page = browser_client(field_officer)
    assert page.get(f"/versions/{version.pk}/file/").status_code == 409
    address = f"/documents/{version.document_id}/"
    assert "Not checked for viruses yet" in said(page.get(address))
    run()
    assert "No virus found" in said(page.get(address))
    assert api(field_officer).get(f"document-versions/{version.pk}/").json()["scan"] == "clean"


def again(version):
    """The row as it stands now."""
    return (
        type(version)
        .objects.select_related("file", "original", "document", "case")
        .get(pk=version.pk)
    )
