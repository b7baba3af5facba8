"""Receiving documents and evidence, passing them on, and showing what is kept of them."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import LONGEST_REMARK
from casework.contradictions import DESTROYED
from casework.files import NotTaken
from casework.files.acting import acts_of
from casework.files.kinds import PICTURES, type_of
from casework.files.pictures import NotAPicture, repainted
from casework.files.received import Received, opened
from casework.files.scanning import ask_scan, keep_acts, require_clean, require_still
from casework.models import Case, CustodyEvent, Document, DocumentVersion, StoredFile
from casework.paper_codes import CustodyStep, DocumentKind, FileType
from casework.services.cases import require_identity, require_past
from casework.services.disclosures import require_no_photo
from casework.services.numbers import next_code
from casework.services.recognising import being_recognised, known_material
from casework.services.statements import require_statements, require_unsigned
from core import audit
from core.files.bucket_files import Away
from core.keys.crypto import Unreadable
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from accounts.models import User
    from core.files.vault import Reader
    from places.models import Agency

HEX_DIGITS = 64

# What apps above refuse of giving a document out of the house: the app that keeps consents adds
# its own.
given_out: list[Callable[..., None]] = []


class Sent(Protocol):
    """A file as it arrived: its name, and its bytes, encrypted; none where it was too large."""

    name: str | None
    received: Received | None


@dataclass(frozen=True)
class Opened:
    """What is given out of a version: its text, and the name it goes by."""

    text: Reader
    name: str
    size: int


@service(Perm.DOCUMENT_RECEIVE)
def receive_document(
    case: Case,
    *,
    kind: str,
    received_on: date,
    file: Sent | None = None,
    sha256: str = "",
    agency: Agency | None = None,
    person: str = "",
    remark: str = "",
    follows: Document | None = None,
    actor: User,
) -> Document:
    """Take in a file, or of what is never stored its SHA-256, and from whom it came."""
    require_identity(case, actor)
    require_past(case, received_on)
    require_statements(case, kind, follows)
    code = next_code(Document, "D", case)
    document = Document.objects.create(
        case=case,
        code=code,
        kind=kind,
        received_on=received_on,
        added_by=actor,
        follows=follows.code if follows else "",
    )
    if agency or person.strip():
        _custody(document, CustodyStep.RECEIVED, received_on, agency, person, "", actor)
    _add(document, 1, file, sha256, remark, actor)
    audit.record("document.received", document, actor=actor)
    return document


@service(Perm.DOCUMENT_RECEIVE, label=gettext_lazy("Add a newer version"))
def add_version(
    document: Document,
    *,
    file: Sent | None = None,
    sha256: str = "",
    remark: str = "",
    actor: User,
) -> DocumentVersion:
    """Add a newer version of a document. Earlier versions stay."""
    require_identity(document.case, actor)
    Document.objects.select_for_update().get(pk=document.pk)
    _require_not_destroyed(document)
    require_unsigned(document)
    if being_recognised(document):
        words = _(
            "This was reported as material of child abuse. Nothing can be added until a "
            "second person decides."
        )
        raise Refused(words)
    number = 1 + max(document.versions.values_list("number", flat=True), default=0)
    version = _add(document, number, file, sha256, remark, actor)
    audit.record("document.versioned", version, actor=actor, document=str(document.pk))
    return version


@service(Perm.DOCUMENT_RECEIVE, label=gettext_lazy("Record through whose hands it went"))
def record_custody(
    document: Document,
    *,
    step: str,
    happened_on: date,
    agency: Agency | None = None,
    person: Annotated[str, Column(length=200)] = "",
    remark: Annotated[str, Column(length=LONGEST_REMARK)] = "",
    actor: User,
) -> CustodyEvent:
    """Record who handed a document over and who took it. These entries are never changed."""
    require_identity(document.case, actor)
    require_past(document.case, happened_on)
    Document.objects.select_for_update().get(pk=document.pk)
    _require_not_destroyed(document)
    if not agency and not person.strip():
        raise Refused(_("Name an agency, a person, or both."))
    if step == CustodyStep.HANDED:
        for may_be_given in given_out:
            may_be_given(document, agency=agency, actor=actor)
    later = document.custody.filter(happened_on__gt=happened_on)
    if step == CustodyStep.DESTROYED and later.exists():
        raise Refused(_("Something later is already recorded about it."), "happened_on")
    event = _custody(document, step, happened_on, agency, person, remark, actor)
    audit.record("custody.recorded", event, actor=actor, document=str(document.pk))
    return event


@service(Perm.DOCUMENT_VIEW)
def read_document(document: Document, *, shown: list[Any], actor: User) -> None:
    """Record that the page of a document was read, with these of its rows."""
    audit.read("document.read", document, actor=actor, shown=[row.pk for row in shown])


@service(Perm.DOCUMENT_OPEN)
def open_version(version: DocumentVersion, *, actor: User) -> Opened:
    """Give out what is kept of a version. Each time leaves a mark."""
    require_no_photo(version, actor)
    return _open(version, version.file, version.type, "document.opened", actor)


@service(Perm.DOCUMENT_ORIGINAL, fresh=True)
def open_original(version: DocumentVersion, *, actor: User) -> Opened:
    """Give out the untouched original of evidence, with all that the camera wrote into it."""
    require_identity(version.case, actor)
    return _open(version, version.original, "", "document.original", actor)


def _open(
    version: DocumentVersion, kept: StoredFile | None, seen_as: str, deed: str, actor: User
) -> Opened:
    if kept is None:
        raise Refused(_("This document has no file."))
    if being_recognised(version.document) or known_material(bytes(version.sha256)):
        raise Refused(_("Closed as material of child abuse until a second person decides."))
    require_clean(kept)
    with ExitStack() as unless_given:
        try:
            text = unless_given.enter_context(opened(kept))
            text.read(1)  # its beginning opens, and belongs to this row
            text.seek(0)
        except Away:
            raise  # it may be asked for again
        except (OSError, Unreadable):
            raise Refused(_("The file cannot be read. Tell the safeguarding lead.")) from None
        if kept.acts is None:  # received before anybody looked at what a file does
            kept.acts = acts_of(text, kept.size, type_of(text, kept.size))
            text.seek(0)
            keep_acts(kept)
        require_still(kept)
        audit.read(deed, version, actor=actor, shown=[version.document_id])
        kind = seen_as if not version.repainted else _painted_as(text)
        unless_given.pop_all()
    return Opened(text, _called(version, kind or version.type, actor), kept.size)


def _painted_as(text: Reader) -> str:
    """A picture painted anew is a JPEG, or a PNG where it lets something shine through."""
    start = text.read(4)
    text.seek(0)
    return FileType.PNG if start == b"\x89PNG" else FileType.JPEG


def _called(version: DocumentVersion, kind: str, actor: User) -> str:
    """The name it was sent with, to outsiders its code; ending as its bytes say."""
    ending = "." + FileType.EXTENSIONS.get(kind, kind)
    name = version.sent_as(actor) or version.document.code
    return name if name.lower().endswith(ending) else name + ending


def _add(
    document: Document, number: int, file: Sent | None, sha256: str, remark: str, actor: User
) -> DocumentVersion:
    never = document.kind in DocumentKind.NEVER_STORED
    facts = _hash_alone(file, sha256) if never else _kept(document, file, sha256)
    return DocumentVersion.objects.create(
        case=document.case,
        document=document,
        number=number,
        remark=remark.strip() or None,
        received_by=actor,
        **facts,
    )


def _hash_alone(file: Sent | None, sha256: str) -> dict[str, Any]:
    if file is not None:
        raise NotTaken(_("Material of child abuse is never stored. Record its SHA-256 only."))
    return {"sha256": digest_of(sha256)}


def _kept(document: Document, file: Sent | None, sha256: str) -> dict[str, Any]:
    if file is None or sha256:
        words = _("Choose the file. Only material of child abuse is recorded by its SHA-256.")
        raise NotTaken(words)
    received = file.received
    if received is None:
        raise NotTaken(_("A file has at most %(n)s MB.") % {"n": settings.MOST_FILE_BYTES // 10**6})
    if not received.size:
        raise NotTaken(_("This file is empty."))
    if known_material(received.digest):
        raise NotTaken(_("This file is on record as material of child abuse. It is not stored."))
    ask_scan()
    facts = {"sha256": received.digest, "size": received.size, "name": file.name or None}
    with received.open() as text:
        kind, painted = type_of(text, received.size), None
        if kind in PICTURES:
            with suppress(NotAPicture):
                painted = Received.of(repainted(text, kind))
            kind = kind if painted else FileType.OTHER
        acts = acts_of(text, received.size, kind)
    if painted is None:
        return facts | {"type": kind, "file": received.keep(acts)}
    received.made.append(painted)
    original = received.keep(acts) if document.kind in DocumentKind.EVIDENCE else None
    return facts | {"type": kind, "file": painted.keep([]), "original": original}


def digest_of(text: str) -> bytes:
    """The SHA-256 somebody typed or a browser worked out: 64 digits, blanks left out."""
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if len("".join(text.split())) != HEX_DIGITS or len(digest) * 2 != HEX_DIGITS:
        raise NotTaken(_("A SHA-256 has 64 digits: 0 to 9 and a to f."), "sha256")
    return digest


def _custody(
    document: Document,
    step: str,
    happened_on: date,
    agency: Agency | None,
    person: str,
    remark: str,
    actor: User,
) -> CustodyEvent:
    return CustodyEvent.objects.create(
        case=document.case,
        document=document,
        step=step,
        happened_on=happened_on,
        agency=agency,
        person=person.strip() or None,
        remark=remark.strip() or None,
        recorded_by=actor,
    )


def _require_not_destroyed(document: Document) -> None:
    if document.custody.filter(step=CustodyStep.DESTROYED).exists():
        raise Refused(DESTROYED)
