"""Notes, documents, and files that lie on the disk as received ones do."""

from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from casework.files.received import Received
from casework.models import (
    CustodyEvent,
    Document,
    DocumentVersion,
    FormerNote,
    Note,
    Recognition,
    StoredFile,
)
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case

TEXT = b"Invented text of an invented document.\n"


def note(case: Case | None = None, **fields: Any) -> Note:
    values = {"kind": "visit", "happened_on": date(2026, 4, 2), "text": "Invented note"}
    values["written_by"] = fields.pop("written_by", None) or factories.user()
    return Note.objects.create(case=case or factories.case(), **(values | fields))


def former_note(case: Case | None = None, **fields: Any) -> FormerNote:
    values = {"kind": "visit", "happened_on": date(2026, 4, 1), "text": "What stood there before"}
    about = fields.pop("note", None) or note(case)
    values |= {"note": about, "replaced_by": factories.user()}
    return FormerNote.objects.create(case=about.case, **(values | fields))


def document(case: Case | None = None, **fields: Any) -> Document:
    case = case or factories.case()
    values = {"kind": "court_order", "received_on": date(2026, 4, 2)}
    values["code"] = f"D-{Document.objects.filter(case=case).count() + 1}"
    values["added_by"] = factories.user()
    return Document.objects.create(case=case, **(values | fields))


def stored_file(content: bytes | None = TEXT) -> StoredFile:
    """With its file on the disk; without, where there is no content."""
    if content is not None:
        return Received.of([content]).keep([])
    key = base64.b64encode(bytes(32)).decode()
    digest = hashlib.sha256(b"").digest()
    return StoredFile.objects.create(id=uuid.uuid4(), data_key=key, size=0, sha256=digest)


def version(case: Case | None = None, **fields: Any) -> DocumentVersion:
    about = fields.pop("document", None) or document(case)
    values = {"number": about.versions.count() + 1, "name": "invented.txt", "remark": "Invented"}
    values |= {"sha256": hashlib.sha256(TEXT).digest(), "size": len(TEXT), "type": "text"}
    values |= {"file": fields.pop("file", None) or stored_file(), "received_by": factories.user()}
    return DocumentVersion.objects.create(case=about.case, document=about, **(values | fields))


def hash_alone(case: Case | None = None, *, digest: bytes) -> DocumentVersion:
    """Material of child abuse on record by its SHA-256."""
    about = document(case, kind="abuse_material")
    told = {"document": about, "number": 1, "sha256": digest, "received_by": factories.user()}
    return DocumentVersion.objects.create(case=about.case, **told)


def custody_event(case: Case | None = None, **fields: Any) -> CustodyEvent:
    about = fields.pop("document", None) or document(case)
    values = {"step": "handed", "happened_on": date(2026, 4, 3), "person": "Invented constable"}
    values |= {"remark": "Invented", "recorded_by": factories.user()}
    return CustodyEvent.objects.create(case=about.case, document=about, **(values | fields))


def recognition(case: Case | None = None, **fields: Any) -> Recognition:
    about = fields.pop("document", None) or version(case).document
    values = {"reason": "Invented reason of an invented officer", "said_by": factories.user()}
    values["digests"] = [version.digest for version in about.versions.all()]
    return Recognition.objects.create(case=about.case, document=about, **(values | fields))


FACTORIES: dict[Any, Any] = {
    Note: note,
    FormerNote: former_note,
    Document: document,
    DocumentVersion: version,
    CustodyEvent: custody_event,
    Recognition: recognition,
    StoredFile: stored_file,
}
