"""Material of child abuse recognised only later: closed at once, destroyed by two persons, and
known by its hash in every case."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from casework.files import NotTaken
from casework.files.received import Received, path_of
from casework.models import Recognition, StoredFile
from casework.services.documents import add_version, open_version, receive_document
from casework.services.recognising import (
    destroy_material,
    known_material,
    recognise_material,
    refuse_recognition,
)
from core.context import acting_as
from core.services import Refused, StepUp
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = pytest.mark.django_db
WHY = "Two officers looked at it by mistake"


class Sent:
    def __init__(self, content=files.TEXT):
        self.name, self.received = "invented.txt", Received.of([content])


@pytest.fixture
def version(case):
    return papers.version(case)


@pytest.fixture
def said_words():
    return lambda answer: re.sub(r"<[^>]+>", " ", answer.content.decode())


@pytest.fixture
def said(version, field_officer):
    with acting_as(field_officer.pk):
        return recognise_material(version.document, reason=WHY, actor=field_officer)


def test_said_by_one_nobody_opens_it(case_manager, version, said, field_officer):
    for reader in (field_officer, case_manager):
        with acting_as(reader.pk), pytest.raises(Refused, match="Closed as material"):
            open_version(version, actor=reader)
    assert path_of(version.file_id).exists()
    assert case_manager.notices.get().kind == "document-closed"


def test_two_persons_destroy_it_and_its_hash_and_the_reason_stay(
    version, said, case_manager, fresh, recorded, django_capture_on_commit_callbacks
):
    path = path_of(version.file_id)
    with django_capture_on_commit_callbacks(execute=True), acting_as(case_manager.pk):
        destroy_material(said, actor=case_manager)
    digest = bytes(version.sha256)
    version.refresh_from_db()
    document = version.document
    document.refresh_from_db()
    assert not path.exists()
    assert not StoredFile.objects.exists()
    assert (version.file, version.original, bytes(version.sha256)) == (None, None, digest)
    assert document.kind == "abuse_material"
    event = document.custody.get()
    assert (event.step, event.person, event.remark) == ("destroyed", case_manager.name, WHY)
    assert recorded("document.destroyed") == [(case_manager.pk, str(said.pk))]


def test_nobody_destroys_alone(said, field_officer, version, fresh):
    said.said_by = factories.user("case_manager", version.document.case.office)
    said.save(update_fields=["said_by"])
    with acting_as(said.said_by.pk), pytest.raises(Refused, match="second person"):
        destroy_material(said, actor=said.said_by)
    with acting_as(field_officer.pk), pytest.raises(PermissionDenied):
        destroy_material(said, actor=field_officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.filter(pk=said.pk).update(
            status="destroyed", answered_by=said.said_by, answered_at=said.created_at
        )
    with pytest.raises(IntegrityError, match="two persons"), transaction.atomic():
        connection.cursor().execute("select casework_destroy_material(%s)", [said.pk])
    assert path_of(version.file_id).exists()


def test_it_needs_a_second_factor(said, case_manager):
    with acting_as(case_manager.pk), pytest.raises(StepUp):
        destroy_material(said, actor=case_manager)


def test_refused_it_opens_again(version, said, case_manager, field_officer):
    with acting_as(case_manager.pk):
        refuse_recognition(said, actor=case_manager)
        with pytest.raises(Refused, match="already been decided"):
            refuse_recognition(said, actor=case_manager)
    with acting_as(field_officer.pk):
        assert open_version(version, actor=field_officer).size == len(papers.TEXT)
        recognise_material(version.document, reason=WHY, actor=field_officer)
        with pytest.raises(Refused, match="This was already reported"):
            recognise_material(version.document, reason=WHY, actor=field_officer)


def test_a_known_hash_comes_in_through_no_case_and_tells_of_none(case, field_officer):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    papers.hash_alone(elsewhere, digest=hashlib.sha256(files.TEXT).digest())
    before = files.on_disk()
    file = Sent()
    told = {"kind": "court_order", "received_on": case.jurisdiction.today, "file": file}
    with acting_as(field_officer.pk), pytest.raises(NotTaken) as refusal, transaction.atomic():
        receive_document(case, actor=field_officer, **told)
    file.received.close()
    assert files.on_disk() == before
    assert elsewhere.reference not in str(refusal.value)


def test_what_lies_here_is_closed_once_it_is_known_elsewhere(version, field_officer):
    papers.hash_alone(digest=bytes(version.sha256))
    with acting_as(field_officer.pk), pytest.raises(Refused, match="Closed as material"):
        open_version(version, actor=field_officer)


def test_nothing_is_added_while_it_is_said(version, said, field_officer, case_manager):
    document = version.document
    with (
        acting_as(field_officer.pk),
        pytest.raises(Refused, match="This was reported as material of child abuse"),
    ):
        add_version(document, file=Sent(b"Other invented text.\n"), actor=field_officer)
    assert document.versions.count() == 1
    with acting_as(case_manager.pk):
        refuse_recognition(said, actor=case_manager)
    with acting_as(field_officer.pk):
        add_version(document, file=Sent(b"Other invented text.\n"), actor=field_officer)
    assert document.versions.count() == 2


def test_a_copy_of_what_is_known_elsewhere_is_destroyed_here_too(
    browser_client, version, field_officer, case_manager, fresh
):
    papers.hash_alone(digest=bytes(version.sha256))
    address = f"/documents/{version.document_id}/"
    page = browser_client(field_officer)
    here = page.get(address).content.decode()
    assert f"/versions/{version.pk}/file/" not in here
    assert f"{address}recognise/" in here
    assert page.post(f"{address}recognise/", {"reason": WHY}).status_code == 302
    assert f"{address}recognise/" not in page.get(address).content.decode()
    assert f"{address}versions/new/" not in page.get(address).content.decode()
    with acting_as(case_manager.pk):
        destroy_material(Recognition.objects.get(), actor=case_manager)
    version.refresh_from_db()
    assert version.file is None


def destroyed(document, numbers, sayer, decider):
    with acting_as(sayer.pk):
        said = recognise_material(document, reason=WHY, versions=numbers, actor=sayer)
    with acting_as(decider.pk):
        return destroy_material(said, actor=decider)


def test_only_the_version_that_is_such_material_goes_and_is_known(
    case, field_officer, case_manager, fresh
):
    document = papers.document(case)
    good = papers.version(document=document, sha256=bytes(31) + b"g")
    bad = papers.version(document=document, sha256=bytes(31) + b"b")
    destroyed(document, [2], field_officer, case_manager)
    for row in (good, bad, document):
        row.refresh_from_db()
    assert (bad.file, good.file is None) == (None, False)
    assert document.kind == "court_order"
    assert not document.custody.exists()  # the document is still there
    with acting_as(field_officer.pk):
        assert open_version(good, actor=field_officer).size
    assert [known_material(bytes(31) + one) for one in (b"g", b"b")] == [False, True]
    destroyed(document, [], field_officer, case_manager)  # now the rest of it
    document.refresh_from_db()
    assert document.kind == "abuse_material"
    assert document.custody.get().step == "destroyed"
    assert known_material(bytes(31) + b"g")


def test_the_picture_painted_anew_is_known_too(case, field_officer, case_manager, fresh):
    painted = papers.stored_file(b"Invented picture painted anew")
    version = papers.version(case, file=painted, sha256=bytes(31) + b"p")
    kept = bytes(painted.sha256)
    assert not known_material(kept)
    destroyed(version.document, [], field_officer, case_manager)
    assert known_material(kept)
    assert known_material(bytes(31) + b"p")


def test_a_version_that_is_not_there_is_refused_by_name(version, field_officer, api):
    sent = {"document": str(version.document_id), "reason": WHY, "versions": [1, 7]}
    answer = api(field_officer).post("recognitions/", sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["versions"])
    assert not Recognition.objects.exists()
    done = api(field_officer).post("recognitions/", sent | {"versions": [1]})
    assert done.json()["digests"] == [version.digest]


def test_the_page_offers_the_versions_with_a_file(
    browser_client, version, field_officer, case_manager, fresh, said_words
):
    document = version.document
    file = papers.stored_file(b"Other invented text")
    other = papers.version(document=document, sha256=bytes(31) + b"o", file=file)
    page, address = browser_client(field_officer), f"/documents/{document.pk}/"
    form = page.get(f"{address}recognise/").content.decode()
    assert 'name="versions" value="2"' in form
    assert page.post(f"{address}recognise/", {"reason": WHY, "versions": ["9"]}).status_code != 302
    page.post(f"{address}recognise/", {"reason": WHY, "versions": ["2"]})
    assert f"/versions/{version.pk}/file/" not in page.get(address).content.decode()
    with acting_as(case_manager.pk):
        destroy_material(Recognition.objects.get(), actor=case_manager)
    shown = page.get(address)
    assert f"/versions/{version.pk}/file/" in shown.content.decode()
    assert f"/versions/{other.pk}/file/" not in shown.content.decode()
    assert "Destroyed as material of child abuse; its SHA-256 stays." in said_words(shown)


def test_the_button_of_the_second_person_destroys(
    browser_client, version, said, case_manager, django_capture_on_commit_callbacks
):
    path, client = path_of(version.file_id), browser_client(case_manager)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(f"/recognitions/{said.pk}/destroy/")
    assert done["Location"] == f"/documents/{version.document_id}/"
    assert not path.exists()
    words = client.get(done["Location"]).content.decode()
    assert "Destroyed" in words
    assert bytes(version.sha256).hex() in words


def test_the_page_asks_one_and_then_another(browser_client, version, field_officer, case_manager):
    page, address = browser_client(field_officer), f"/documents/{version.document_id}/"
    assert f"{address}recognise/" in page.get(address).content.decode()
    assert page.post(f"{address}recognise/", {"reason": "short"}).status_code == 409
    done = page.post(f"{address}recognise/", {"reason": WHY})
    assert done["Location"] == address
    said = Recognition.objects.get()
    own, other = (who.get(address).content.decode() for who in (page, browser_client(case_manager)))
    assert f"/recognitions/{said.pk}/destroy/" not in own
    assert f"/recognitions/{said.pk}/destroy/" in other
    assert f"/versions/{version.pk}/file/" not in other
    assert browser_client(case_manager).post(f"/recognitions/{said.pk}/refuse/").status_code == 302
