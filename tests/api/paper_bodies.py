"""What the tests of the interface send about notes and documents, as JSON: no files."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image

from tests import factories
from tests.factories import papers

LISTS = {
    "notes/": papers.note,
    "documents/": papers.document,
    "document-versions/": papers.version,
    "custody-events/": papers.custody_event,
    "recognitions/": papers.recognition,
}


def of_papers(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key."""
    note = {"case": str(case.pk), "kind": "visit", "happened_on": "2026-05-04", "text": "Invented"}
    came = {"case": str(case.pk), "kind": "abuse_material", "received_on": "2026-05-04"}
    hashed = papers.document(case, kind="abuse_material")
    went = {"document": str(papers.document(case).pk), "happened_on": "2026-05-04"}
    handed = went | {"step": "handed", "person": "Invented constable"}
    seen = [{"document": str(papers.version(case).document_id)} for _ in range(2)]
    said = {"reason": "Invented reason of an invented officer"}
    return {
        "recognitions/": (seen[0] | said, seen[1] | said),
        f"recognitions/{papers.recognition(case).pk}/confirm/": ({}, None),
        f"recognitions/{papers.recognition(case).pk}/refuse/": ({}, None),
        "notes/": (note, note | {"kind": "phone_call", "heavy": True, "language": "bn"}),
        "documents/": (came | {"sha256": "ab" * 32}, came | {"sha256": "cd" * 32, "remark": "x"}),
        f"documents/{hashed.pk}/versions/": ({"sha256": "ef" * 32}, {"sha256": "01" * 32}),
        f"document-versions/{_picture(case).pk}/redact/": (
            {"areas": "1 0 0 500 500"},
            {"areas": "1 0 0 900 900"},
        ),
        "custody-events/": (
            handed,
            went | {"step": "verified", "agency": str(factories.agency().pk)},
        ),
    }


def _picture(case: Any) -> Any:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG")
    file = papers.stored_file(out.getvalue())
    digest = hashlib.sha256(out.getvalue()).digest()  # what was recognised is another file
    return papers.version(case, type="png", name="invented.png", file=file, sha256=digest)
