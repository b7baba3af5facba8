"""Invented notes and documents, and their way: of a kiln in Bengal, and a hash out of Manila."""

from __future__ import annotations

import hashlib
import io
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw
from pypdf import PdfWriter

from casework.files.received import Received
from casework.models import Case, Document
from casework.paper_codes import CustodyStep, DocumentKind, NoteKind
from casework.services.documents import add_version, receive_document, record_custody
from casework.services.notes import correct_note, write_note
from core.context import acting_as
from places.models import Agency

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from accounts.models import User

NOTES = (
    (NoteKind.VISIT, 3, False, "Invented: the family has rice for a week. The well is far."),
    (NoteKind.PHONE_CALL, 9, False, "Invented: the labour office asks for the list of wages."),
    (NoteKind.MEDICAL, 12, True, "Invented: she spoke of what was done to her at the kiln."),
)


def _pdf(title: str) -> bytes:
    """An empty page, which can be looked into: what cannot is held until it is scanned."""
    page, file = PdfWriter(), io.BytesIO()
    page.add_blank_page(width=595, height=842)
    page.add_metadata({"/Title": title})
    page.write(file)
    return file.getvalue()


@dataclass
class Sent:
    name: str | None
    received: Received | None


def add_papers(users: dict[str, User]) -> None:
    with ExitStack() as uploads:
        _kiln(users["field.kolkata"], users["legal.kolkata"], uploads)
    _hash(users["lead.manila"])


def _kiln(field: User, legal: User, uploads: ExitStack) -> None:
    case = Case.objects.get(reference="KOL-2026-0002")
    day, office = case.opened_on, Agency.objects.within("IN").order_by("name").first()
    with acting_as(field.pk):
        for kind, days, heavy, text in NOTES:
            on = day + timedelta(days=days)
            note = write_note(case, kind=kind, happened_on=on, heavy=heavy, text=text, actor=field)
        words = f"{NOTES[-1][3]} It was in the winter before."
        facts: dict[str, Any] = {"kind": note.kind, "happened_on": note.happened_on, "heavy": True}
        correct_note(note, version=note.version, text=words, actor=field, **facts)
        certificate = receive_document(
            case,
            kind=DocumentKind.RELEASE_CERTIFICATE,
            received_on=day + timedelta(days=14),
            file=_sent("certificate.pdf", [_pdf("Invented")], uploads),
            agency=office,
            person="Invented clerk",
            actor=field,
        )
        receive_document(
            case,
            kind=DocumentKind.EVIDENCE_PHOTO,
            received_on=day + timedelta(days=9),
            file=_sent("kiln.jpg", _photo(), uploads),
            remark="Invented: the ledger, as it lay on the table.",
            actor=field,
        )
    with acting_as(legal.pk):
        stamped = [_pdf("Invented and stamped")]
        add_version(
            certificate,
            file=_sent("certificate-stamped.pdf", stamped, uploads),
            remark="Invented: with the stamp of the court.",
            actor=legal,
        )
        _went(certificate, CustodyStep.HANDED, day + timedelta(days=20), office, legal)


def _hash(lead: User) -> None:
    """What the police hold stays with the police."""
    case = Case.objects.filter(reference__startswith="MNL-", programme="osec").earliest("reference")
    unit = Agency.objects.within("PH").order_by("name").first()
    with acting_as(lead.pk):
        document = receive_document(
            case,
            kind=DocumentKind.ABUSE_MATERIAL,
            received_on=case.opened_on + timedelta(days=10),
            sha256=hashlib.sha256(b"invented").hexdigest(),
            agency=unit,
            remark="Invented: one film, seized by the police and kept by them.",
            actor=lead,
        )
        _went(document, CustodyStep.VERIFIED, case.opened_on + timedelta(days=12), unit, lead)


def _went(document: Document, step: str, day: date, agency: Agency | None, actor: User) -> None:
    record_custody(document, step=step, happened_on=day, agency=agency, actor=actor)


def _sent(name: str, content: object, uploads: ExitStack) -> Sent:
    received = Received.of(content)
    uploads.callback(received.close)
    return Sent(name, received)


def _photo() -> Iterator[bytes]:
    """A page of an invented ledger."""
    picture = Image.new("RGB", (480, 320), (236, 228, 208))
    pen = ImageDraw.Draw(picture)
    for line in range(40, 320, 28):
        pen.line((24, line, 456, line), fill=(150, 140, 120))
        pen.text((32, line - 16), f"Invented name {line // 28}: 40 bricks", fill=(60, 50, 40))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    yield out.getvalue()
