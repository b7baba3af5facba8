"""For a court: areas painted black, one file of chosen documents, statements that stay."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from PIL import Image

from casework.files.received import Received, folder, opened
from casework.models import Document, DocumentVersion
from core.models import AuditEvent
from tests import factories
from tests.casework import files
from tests.factories import papers

pytestmark = pytest.mark.django_db
SECRET, OPEN = "Qvazlimond", "Zrebnytho"
WHO = {"to": "Invented court, 12 of 2026"}


def pdf(pages=2):
    """Pages of 200 points a side with a word above and a word below, the letters packed."""
    words = f"BT /F 20 Tf 20 150 Td ({SECRET}) Tj 0 -100 Td ({OPEN}) Tj ET".encode()
    packed = zlib.compress(words)
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        f"<</Length {len(packed)}/Filter/FlateDecode>>\nstream\n",
    ]
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    )
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate([*parts, *[page] * pages], 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}".encode())
        if number == 3:
            out.write(packed + b"\nendstream")
        out.write(b"\nendobj\n")
    at = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<</Size {len(places) + 1}/Root 1 0 R/Title({SECRET})>>\n".encode())
    out.write(f"startxref\n{at}\n%%EOF\n".encode())
    return out.getvalue()


def kept(content):
    return Received.of([content]).keep([])


def paper(case, content=None, kind="court_order", **fields):
    content = content or pdf()
    told = {"file": kept(content), "type": "pdf", "name": "order.pdf", "size": len(content)}
    told |= {"sha256": hashlib.sha256(content).digest()}
    return papers.version(case, document=papers.document(case, kind=kind), **(told | fields))


def words_in(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def stored(version):
    with opened(version.file) as text:
        return text.read()


@pytest.fixture
def officer(office):
    return factories.user("legal_officer", office)


@pytest.fixture
def case(officer):
    case = factories.case()
    factories.assignment(case, officer)
    return case


def redact(client, version, areas="1 0 0 1000 400\n2 0 0 1000 400"):
    return client.post(f"document-versions/{version.pk}/redact/", {"areas": areas})


# Painted black


def test_what_was_below_is_nowhere_in_the_copy_and_the_document_stays(api, case, officer):
    version = paper(case)
    before = stored(version)
    assert all(SECRET in words for words in words_in(before))
    answer = redact(api(officer), version)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    copy = DocumentVersion.objects.get(document=told["id"])
    content = stored(copy)
    assert (told["redacts"], copy.type) == (version.document.code, "pdf")
    assert [words.strip() for words in words_in(content)] == ["", ""]
    for word in (SECRET, OPEN):
        assert word.encode() not in content
        assert word.encode() not in unpacked(content)
    page = pypdfium2.PdfDocument(content)[1].render(scale=1).to_pil().convert("L")
    assert page.crop((0, 0, 200, 78)).getextrema()[1] < 20, "the area is black"
    assert page.crop((0, 82, 200, 200)).getextrema() != (255, 255), "the rest can be read"
    version.refresh_from_db()
    assert stored(version) == before
    assert copy.digest == hashlib.sha256(content).hexdigest()


def unpacked(content):
    """Whatever stands in a packed part of it."""
    found = b""
    for part in content.split(b"stream")[1:]:
        try:
            found += zlib.decompressobj().decompress(part.lstrip(b"\r\n"))
        except zlib.error:
            continue
    return found


def test_a_picture_loses_its_pixels(api, case, officer):
    out = io.BytesIO()
    Image.new("RGB", (100, 100), "red").save(out, "PNG")
    version = paper(case, out.getvalue(), type="png", name="photo.png")
    answer = redact(api(officer), version, "1 0 0 500 1000")
    copy = DocumentVersion.objects.get(document=answer.json()["id"])
    seen = Image.open(io.BytesIO(stored(copy))).convert("RGB")
    assert {seen.getpixel((x, y)) for x in range(50) for y in range(100)} == {(0, 0, 0)}
    assert seen.getpixel((75, 50)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("areas", "says"),
    [
        ("", "areas"),
        ("1 0 0 1000", "Write five numbers"),
        ("1 0 0 x 10", "Write five numbers"),
        ("0 0 0 10 10", "This is not an area"),
        ("1 500 0 400 10", "This is not an area"),
        ("1 0 0 1001 10", "This is not an area"),
        ("\n".join(["1 0 0 1 1"] * 501), "at most 500"),
    ],
)
def test_odd_areas_are_refused_by_name(api, case, officer, areas, says):
    version = paper(case)
    answer = redact(api(officer), version, areas)
    assert answer.status_code in {400, 409}
    assert says in answer.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.parametrize("kind", ["text", "pdf"])
def test_what_cannot_be_shown_by_page_is_refused_and_leaves_nothing(api, case, officer, kind):
    version = paper(case, b"no PDF at all", type=kind)
    answer = redact(api(officer), version)
    assert (answer.status_code, "Print it to a PDF" in answer.content.decode()) == (409, True)
    assert Document.objects.count() == 1


def test_only_who_adds_documents_to_the_case_makes_copies(api, case):
    version = paper(case)
    stranger = factories.user("legal_officer", factories.office("manila", "PH-MNL"))
    assert redact(api(stranger), version).status_code == 404
    assert redact(api(factories.user("auditor")), version).status_code == 403


def test_pages_to_draw_on(browser_client, api, case, officer, said):
    version = paper(case)
    client = browser_client(officer)
    page = client.get(f"/document-versions/{version.pk}/redact/?page=2")
    assert f"/document-versions/{version.pk}/page/?page=2" in page.content.decode()
    assert 'data-page="1"' in page.content.decode()
    picture = client.get(f"/document-versions/{version.pk}/page/?page=2")
    assert Image.open(io.BytesIO(picture.content)).size == (417, 417)
    assert picture["Cache-Control"] == "no-store"
    assert client.get(f"/document-versions/{version.pk}/page/?page=3").status_code == 409
    assert api(officer).get(f"document-versions/{version.pk}/page/").status_code == 200
    assert AuditEvent.objects.filter(action="document.opened", target_id=version.pk).exists()
    sent = client.post(
        f"/document-versions/{version.pk}/redact/", {"areas": "1 0 0 9 9", "key": "k"}
    )
    assert "made of pixels" in said(client.get(sent["Location"]))


# In one file


def bundle(client, case, *versions, **more):
    body = {"case": str(case.pk), "documents": [str(v.document_id) for v in versions]}
    return client.post("court-bundles/", body | WHO | more)


def unzipped(answer):
    assert answer.status_code == 200, answer.content
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_one_file_with_hashes_and_hands(api, case, officer):
    lay_there = {*folder("incoming").iterdir()}  # of other tests
    first, second = paper(case), paper(case)
    papers.custody_event(case, document=first.document, step="handed", person="Invented clerk")
    api(officer).get(f"document-versions/{first.pk}/file/")
    copy = redact(api(officer), second).json()
    versions = [first, DocumentVersion.objects.get(document=copy["id"])]
    answer = bundle(api(officer), case, *versions)
    found = unzipped(answer)
    manifest = json.loads(found["manifest.json"])
    one, other = manifest["documents"]
    assert found[one["versions"][0]["file"]] == stored(first)
    assert hashlib.sha256(stored(first)).hexdigest() == one["versions"][0]["sha256"]
    assert one["versions"][0]["sha256_as_received"] == first.digest
    assert other["redacted_copy_of"] == second.document.code
    said = [event["what"] for event in one["custody"]]
    assert {"Version 1 received by", "Handed to", "Opened by"} <= set(said)
    assert "Invented clerk" in str(one["custody"])
    assert SECRET.encode() not in found[other["versions"][0]["file"]]
    assert one["code"] in found["manifest.html"].decode()
    assert second.document.code not in {one["code"], other["code"]}
    given = AuditEvent.objects.get(action="document.bundled")
    assert given.detail["manifest"] == hashlib.sha256(found["manifest.json"]).hexdigest()
    assert {v.document_id for v in versions} <= set(given.subjects)
    again = json.loads(unzipped(bundle(api(officer), case, first))["manifest.json"])
    assert "Given out in a bundle by" in str(again["documents"][0]["custody"])
    assert {*folder("incoming").iterdir()} == lay_there


def test_it_speaks_the_language_of_the_court_whatever_its_maker_reads(api, case, officer):
    body = {"case": str(case.pk), "documents": [str(paper(case).document_id)], **WHO}
    for language, more in (("en", {}), ("fr", {"language": "fr"})):
        found = unzipped(api(officer).post("court-bundles/", body | more, accept_language="hi"))
        assert f'<html lang="{language}"' in found["manifest.html"].decode()
        with translation.override(language):
            said = translation.gettext("Version %(n)s received by") % {"n": 1}
        assert said in found["manifest.json"].decode()
        assert AuditEvent.objects.filter(action="document.bundled", detail__language=language)


def test_sealed_originals_are_not_in_it(api, case, officer):
    content = files.photo()
    version = paper(
        case,
        content,
        kind="evidence_photo",
        file=kept(files.painting()),
        original=kept(content),
        type="jpeg",
        name="photo.jpg",
    )
    found = unzipped(bundle(api(officer), case, version))
    assert not any(files.GPS_MARK in held for held in found.values())
    told = json.loads(found["manifest.json"])["documents"][0]["versions"][0]
    assert (told["pixels_alone"], told["sha256_as_received"]) == (True, version.digest)


def test_a_photo_of_a_survivor_needs_the_consent_to_give_it(api, case, officer):
    factories.involvement(case)
    photo = paper(case, files.photo(), kind="photo", type="jpeg", name="photo.jpg")
    answer = bundle(api(officer), case, photo, agency=str(factories.agency().pk))
    assert (answer.status_code, "consent" in answer.content.decode()) == (409, True)


def test_what_is_known_by_its_hash_alone_says_so(api, case, officer):
    version = papers.hash_alone(case, digest=hashlib.sha256(b"invented").digest())
    told = json.loads(unzipped(bundle(api(officer), case, version))["manifest.json"])
    assert told["documents"][0]["versions"][0]["file"] == ""


def test_what_is_held_is_refused_by_its_code(api, case, officer):
    held = paper(case)
    type(held.file).objects.filter(pk=held.file_id).update(acts=["script"])
    answer = bundle(api(officer), case, held)
    assert answer.status_code in {400, 409}
    assert held.document.code in answer.content.decode()
    assert not AuditEvent.objects.filter(action="document.bundled").exists()


def test_odd_bundles_are_refused(api, case, officer):
    other = factories.case()
    factories.assignment(other, officer)
    strange = paper(other)
    mine = paper(case)
    assert "documents" in bundle(api(officer), case, strange).content.decode()
    assert bundle(api(officer), case).status_code == 400
    assert bundle(api(officer), case, mine, to="  ").status_code == 400
    stranger = factories.user("legal_officer", factories.office("manila", "PH-MNL"))
    assert bundle(api(stranger), case, mine).status_code == 400
    assert bundle(api(factories.user("auditor")), case, mine).status_code == 403


def test_a_prosecutor_outside_is_given_it_and_makes_none(browser_client, api, case):
    """Documents are not among what is disclosed."""
    prosecutor = factories.user("prosecutor")
    factories.knowing.disclosure(case, user=prosecutor)
    version = paper(case)
    client = browser_client(prosecutor)
    assert "court-bundle" not in client.get(f"/cases/{case.pk}/documents/").content.decode()
    assert client.get(f"/cases/{case.pk}/court-bundle/").status_code == 403
    assert bundle(api(prosecutor), case, version).status_code == 403
    assert redact(api(prosecutor), version).status_code == 403


def test_by_the_page(browser_client, case, officer):
    version = paper(case)
    client = browser_client(officer)
    address = f"/cases/{case.pk}/court-bundle/"
    assert version.document.code in client.get(address).content.decode()
    assert "This field is required" in client.post(address, {"key": "a"}).content.decode()
    sent = WHO | {"documents": [version.document_id], "language": "en", "key": "b"}
    answer = client.post(address, sent)
    assert "-court.zip" in answer["Content-Disposition"]
    assert (
        version.document.code
        in json.loads(unzipped(answer)["manifest.json"])["documents"][0].values()
    )


# Statements


def statement(case):
    return papers.version(case, document=papers.document(case, kind="statement"))


def test_a_signed_statement_takes_no_newer_version(api, case, officer, browser_client):
    version = statement(case)
    answer = api(officer).post(f"documents/{version.document_id}/versions/", {"sha256": "ab" * 32})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("A signed statement is never changed.")
    page = browser_client(officer).get(f"/documents/{version.document_id}/").content.decode()
    assert "/versions/new/" not in page
    assert "never changed" in page


@pytest.mark.parametrize(
    "statement_of",
    [
        "insert into casework_documentversion (id, version, created_at, updated_at, case_id,"
        " office_id, level, document_id, number, sha256, type, file_id, size, received_at,"
        " received_by_id) select gen_random_uuid(), 1, now(), now(), case_id, office_id, level,"
        " document_id, 2, sha256, '', null, null, now(), received_by_id"
        " from casework_documentversion where document_id = %s",
        "update casework_document set kind = 'other' where id = %s",
        "update casework_document set received_on = '2020-01-01' where id = %s",
        "update casework_document set follows = 'D-9' where id = %s",
    ],
)
def test_the_database_changes_none_either(case, statement_of):
    version = statement(case)
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement_of, [version.document_id])


def test_nothing_becomes_a_statement_later(case):
    version = papers.version(case)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Document.objects.filter(pk=version.document_id).update(kind="statement")


def test_a_later_statement_names_the_former(browser_client, api, case, officer, said):
    former = statement(case).document
    client = browser_client(officer)
    told = {"kind": "statement", "received_on": case.jurisdiction.today.isoformat()}
    told |= {"follows": str(former.pk), "file": files.sent(files.TEXT, "later.txt")}
    sent = client.post(f"/cases/{case.pk}/documents/new/", told)
    assert sent.status_code == 302, sent.content.decode()
    later = Document.objects.exclude(pk=former.pk).get()
    assert (later.follows, later.kind) == (former.code, "statement")
    assert f"follows {former.code}" in said(client.get(f"/documents/{later.pk}/"))
    shown = api(officer).get(f"documents/{later.pk}/").json()
    assert shown["follows"] == former.code


def test_only_a_statement_follows_a_statement_of_its_case(api, case, officer):
    former = statement(case).document
    day = case.jurisdiction.today.isoformat()
    body = {"case": str(case.pk), "kind": "court_order", "received_on": day, "sha256": "ab" * 32}
    answer = api(officer).post("documents/", body | {"follows": str(former.pk)})
    assert (answer.status_code, "follows" in answer.content.decode()) == (400, True)
    other = factories.case()
    factories.assignment(other, officer)
    strange = body | {"case": str(other.pk), "kind": "statement", "follows": str(former.pk)}
    assert "another case" in api(officer).post("documents/", strange).content.decode()
