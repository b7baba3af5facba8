"""Documents: received, hashed, kept encrypted, given out to the team, and never shown as a page."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from casework.files.received import Received, opened
from casework.models import CustodyEvent, Document, DocumentVersion, StoredFile
from casework.paper_codes import DocumentKind
from casework.services.documents import add_version, receive_document, record_custody
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = pytest.mark.django_db
HASH = hashlib.sha256(b"invented").hexdigest()


class Sent:
    """A file as the services take it."""

    def __init__(self, content, name="invented.txt"):
        self.name, self.received = name, Received.of([content])


@pytest.fixture
def receive(case, field_officer):
    def act(content=files.TEXT, kind="court_order", name="order.txt", **told):
        with acting_as(field_officer.pk):
            file = Sent(content, name) if content is not None else None
            told = {"received_on": case.jurisdiction.today} | told
            return receive_document(case, kind=kind, file=file, actor=field_officer, **told)

    return act


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


def body(answer):
    return b"".join(answer)


def form(case, **fields):
    told = {"kind": "court_order", "received_on": case.jurisdiction.today.isoformat()}
    return told | {"file": files.sent(files.TEXT, "order.txt")} | fields


def add(page, case, **fields):
    return page.post(f"/cases/{case.pk}/documents/new/", form(case, **fields))


# Received


def test_a_file_is_hashed_as_received_and_kept_encrypted(receive, case):
    document = receive(person="Inspector Invented", remark="Certified copy")
    version = document.versions.get()
    assert (document.code, version.number, version.type) == ("D-1", 1, "text")
    assert version.digest == hashlib.sha256(files.TEXT).hexdigest()
    (path,) = [p for p in files.on_disk() if p.name == version.file_id.hex]
    assert files.TEXT[:12] not in path.read_bytes()
    with opened(version.file) as text:
        assert text.read() == files.TEXT
    event = document.custody.get()
    assert (event.step, event.person) == ("received", "Inspector Invented")


def test_a_picture_is_kept_as_its_pixels_beside_the_hash_of_what_came(receive):
    photo = files.photo()
    version = receive(photo, kind="medical_report", name="scan.jpg").versions.get()
    assert version.digest == hashlib.sha256(photo).hexdigest()
    assert version.repainted
    assert version.original is None
    with opened(version.file) as text:
        assert b"ZQ-" not in text.read()


def test_of_evidence_the_untouched_original_is_kept_besides(receive):
    photo = files.photo()
    version = receive(photo, kind="evidence_photo", name="scene.jpg").versions.get()
    with opened(version.original) as text:
        assert text.read() == photo
    with opened(version.file) as text:
        assert b"ZQ-" not in text.read()


def test_codes_count_within_the_case(receive, case):
    factories.case()
    assert [receive().code for _ in range(2)] == ["D-1", "D-2"]


def test_versions_stay_beside_each_other(receive, field_officer):
    document = receive()
    with acting_as(field_officer.pk):
        add_version(document, file=Sent(files.PDF, "b.pdf"), actor=field_officer)
    assert [v.number for v in document.versions.order_by("number")] == [1, 2]


def test_of_what_is_refused_nothing_stays(page, case):
    before = files.on_disk()
    answer = add(page, case, file=files.sent(b"", "a.jpg"))
    assert answer.status_code in {400, 409}
    assert files.on_disk() == before
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_transaction_that_is_undone_leaves_no_file(page, case, monkeypatch):
    before = files.on_disk()
    monkeypatch.setattr("casework.services.documents.audit.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        add(page, case, file=files.sent(files.photo(), "a.jpg"), kind="evidence_photo")
    assert files.on_disk() == before


def test_a_file_that_is_too_large_is_refused_and_never_kept(page, case, settings, said):
    settings.MOST_FILE_BYTES, before = 1_000_000, files.on_disk()
    answer = add(page, case, file=files.sent(b"x" * 1_000_001))
    assert answer.status_code == 409
    assert "A file has at most 1 MB." in said(answer)
    assert files.on_disk() == before


def test_files_on_other_pages_and_of_strangers_touch_no_disk(page, case, client, monkeypatch):
    monkeypatch.setattr("casework.files.arriving.Received", lambda: 1 / 0)
    page.post(f"/cases/{case.pk}/tasks/new/", {"file": files.sent(files.TEXT)})
    client.post(f"/cases/{case.pk}/documents/new/", form(case))
    client.post("/accounts/login/", {"file": files.sent(files.TEXT)})


def test_several_files_come_in_by_one_form(page, case):
    several = [files.sent(files.TEXT, "a.txt"), files.sent(files.PDF, "b.pdf")]
    answer = add(page, case, file=several)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/cases/{case.pk}/documents/#documents",
    )
    assert [d.code for d in Document.objects.order_by("code")] == ["D-1", "D-2"]


def test_the_same_form_sent_twice_makes_one_document(page, case):
    for _ in range(2):
        assert add(page, case, key="k").status_code == 302
    assert Document.objects.count() == 1
    other = add(page, case, key="k", file=files.sent(files.PDF))
    assert other.status_code == 409
    assert Document.objects.count() == 1


def test_what_was_typed_stays_after_a_refusal(page, case):
    answer = add(page, case, remark="Certified copy", file=files.sent(b""))
    assert b"Certified copy" in answer.content


# Given out


@pytest.fixture
def version(receive):
    return receive(files.PDF, name="../../etc/évil.html").versions.get()


def test_a_download_is_an_attachment_that_no_browser_runs(page, version):
    answer = page.get(f"/versions/{version.pk}/file/")
    assert body(answer) == files.PDF
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert ".html.pdf" in answer["Content-Disposition"]
    assert "/" not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert int(answer["Content-Length"]) == len(files.PDF)
    event = AuditEvent.objects.get(action="document.opened")
    assert (event.kind, event.target_id) == ("read", str(version.pk))


def test_a_download_by_a_program(api, field_officer, version):
    answer = api(field_officer).get(f"document-versions/{version.pk}/file/")
    assert body(answer) == files.PDF
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_who_does_not_see_the_content_gets_no_file(version, who, request, browser_client):
    user = request.getfixturevalue(who)
    answer = browser_client(user).get(f"/versions/{version.pk}/file/")
    assert answer.status_code == 404


def test_a_data_officer_sees_that_it_is_there_and_no_name(version, office, browser_client, said):
    page = browser_client(factories.user("data_officer", office))
    shown = page.get(f"/documents/{version.document_id}/")
    assert "Court order" in said(shown)
    assert version.name not in said(shown)
    assert version.digest not in said(shown)
    assert page.get(f"/versions/{version.pk}/file/").status_code == 404


def test_the_original_needs_the_verb_and_a_second_factor(receive, page, browser_client, office):
    photo = files.photo()
    version = receive(photo, kind="evidence_photo", name="scene.jpg").versions.get()
    path = f"/versions/{version.pk}/original/"
    assert page.get(path).status_code == 403
    manager = browser_client(factories.user("case_manager", office))
    session = manager.session
    answer = manager.get(path)
    assert answer.status_code in {200, 302}
    if answer.status_code == 200:
        assert body(answer) == photo
        assert AuditEvent.objects.filter(action="document.original").exists()
    session.flush()


def test_an_altered_file_is_not_given_out(page, version, said):
    (path,) = [p for p in files.on_disk() if p.name == version.file_id.hex]
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    answer = page.get(f"/versions/{version.pk}/file/")
    assert (answer.status_code, "cannot be read" in said(answer)) == (409, True)


# Never stored


def test_material_of_abuse_is_a_hash_and_hands(page, case):
    told = {"received_on": case.jurisdiction.today.isoformat(), "person": "Unit of the police"}
    answer = page.post(f"/cases/{case.pk}/documents/hash/", told | {"sha256": HASH})
    assert answer.status_code == 302
    version = DocumentVersion.objects.get()
    assert (version.digest, version.file, version.size) == (HASH, None, None)
    assert version.document.kind == DocumentKind.ABUSE_MATERIAL


@pytest.mark.parametrize("door", ["service", "page", "api"])
def test_a_file_of_it_comes_in_through_no_door(door, receive, page, case, api, field_officer):
    before, today = files.on_disk(), case.jurisdiction.today.isoformat()
    if door == "service":
        with pytest.raises(Refused, match="never stored"):
            receive(files.TEXT, kind="abuse_material")
        return
    if door == "page":
        answer = add(page, case, kind="abuse_material")
    else:
        client = api(field_officer)
        told = {"case": case.pk, "kind": "abuse_material", "received_on": today, "sha256": HASH}
        answer = client.client.post(
            "/api/v1/documents/",
            told | {"file": files.sent(files.TEXT)},
            headers={"Authorization": f"Bearer {client.key}"},
        )
        assert "never stored" in answer.json()["errors"]["file"][0]
    assert answer.status_code == 400
    assert files.on_disk() == before


def test_the_database_names_no_file_of_it():
    """The owner, past every rule of ours."""
    document = papers.document(kind="abuse_material")
    with pytest.raises(IntegrityError, match="never stored"), transaction.atomic():
        papers.version(document=document)


def test_the_database_lets_nothing_stored_become_it():
    version = papers.version()
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        Document.objects.filter(pk=version.document_id).update(kind="abuse_material")


def test_bytes_on_record_as_such_do_not_come_in_by_another_name(receive):
    receive(None, kind="abuse_material", sha256=hashlib.sha256(files.TEXT).hexdigest())
    with pytest.raises(Refused, match="on record as material"):
        receive(files.TEXT, kind="other")


@pytest.mark.parametrize("digits", ["", "ab" * 31, "zz" * 32, "ab" * 33, "0x" + "ab" * 31])
def test_what_is_no_sha256_is_refused(receive, digits):
    with pytest.raises(Refused, match="64 digits"):
        receive(None, kind="abuse_material", sha256=digits)


def test_the_box_that_hashes_belongs_to_no_form_and_has_no_name(page, case):
    text = page.get(f"/cases/{case.pk}/documents/hash/").content.decode()
    box = text[text.index('<input type="file"') :].partition(">")[0]
    assert "name=" not in box
    before = text[: text.index('<input type="file"')]
    assert before.count("<form") == before.count("</form")


# Through whose hands


def test_custody_is_kept_in_words_and_order(receive, page, case, said):
    document = receive()
    told = {"step": "handed", "happened_on": case.jurisdiction.today.isoformat()}
    path, clerk = f"/documents/{document.pk}/custody/new/", {"person": "Clerk Invented"}
    answer = page.post(path, told | clerk)
    assert answer.status_code == 302
    assert "Handed to" in said(page.get(f"/documents/{document.pk}/"))
    nobody = page.post(path, told)
    assert (nobody.status_code, "Name an agency, a person" in said(nobody)) == (409, True)


def test_after_destruction_nothing_more_is_recorded(receive, field_officer, case):
    document, today = receive(), case.jurisdiction.today
    with acting_as(field_officer.pk):
        went = {"happened_on": today, "person": "Court Invented", "actor": field_officer}
        record_custody(document, step="destroyed", **went)
        with pytest.raises(Refused, match="destroyed by order"):
            record_custody(document, step="handed", **went)
        with pytest.raises(Refused, match="destroyed by order"):
            add_version(document, file=Sent(files.TEXT), actor=field_officer)


def test_nothing_destroyed_was_handed_on_later(receive, field_officer, case):
    document, today = receive(), case.jurisdiction.today
    with acting_as(field_officer.pk):
        by = {"person": "Court Invented", "actor": field_officer}
        record_custody(document, step="handed", happened_on=today, **by)
        with pytest.raises(Refused, match="Something later") as refused:
            record_custody(document, step="destroyed", happened_on=today - timedelta(days=1), **by)
        assert refused.value.field == "happened_on"
        record_custody(document, step="destroyed", happened_on=today, **by)


@pytest.mark.parametrize("table", ["casework_documentversion", "casework_custodyevent"])
def test_neither_versions_nor_custody_can_be_rewritten(table, field_officer):
    papers.version()
    papers.custody_event()
    with acting_as(field_officer.pk), connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege(current_user, %s, 'update, delete, truncate')", [table]
        )
        assert cursor.fetchone() == (False,)


def test_who_only_reads_the_case_adds_nothing(case, colleague):
    with acting_as(colleague.pk), pytest.raises(PermissionDenied):
        receive_document(
            case,
            kind="other",
            received_on=case.jurisdiction.today,
            file=Sent(files.TEXT),
            actor=colleague,
        )
    assert not CustodyEvent.objects.exists()


# By a program


def test_a_program_sends_files_under_a_key(api, field_officer, case):
    client = api(field_officer)
    head = {"Authorization": f"Bearer {client.key}", "Idempotency-Key": "one"}
    told = {"case": case.pk, "kind": "court_order", "received_on": "2026-05-04"}

    def post(content):
        sent = told | {"file": files.sent(content, "order.pdf")}
        return client.client.post("/api/v1/documents/", sent, headers=head)

    first, again, other = post(files.PDF), post(files.PDF), post(files.TEXT)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json()["id"] == again.json()["id"]
    shown = client.get(f"document-versions/?document={first.json()['id']}").json()["results"][0]
    assert shown["sha256"] == hashlib.sha256(files.PDF).hexdigest()
    assert (shown["name"], shown["type"], shown["finding"]) == ("order.pdf", "pdf", "")


def test_what_is_wrong_with_a_file_is_said_of_its_field(api, field_officer, case):
    client = api(field_officer)
    told = {"case": case.pk, "kind": "court_order", "received_on": "2026-05-04"}
    head = {"Authorization": f"Bearer {client.key}"}
    for more in ({"file": files.sent(b"")}, {}, {"file": "no file"}):
        answer = client.client.post("/api/v1/documents/", told | more, headers=head)
        assert answer.status_code == 400, answer.content
        assert answer.json()["errors"]["file"]


def test_constant_memory(tmp_path, settings):
    """A large file is never held as a whole: what is written at once is a chunk."""
    settings.FILES_ROOT = tmp_path
    received = Received.of(bytes(65536) for _ in range(200))
    assert received.size == 200 * 65536
    with received.open() as text:
        assert isinstance(text, io.RawIOBase)
        assert len(text.read(10**9)) <= 65536
    received.close()
    assert not list(tmp_path.rglob("*.*"))
