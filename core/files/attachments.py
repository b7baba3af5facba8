"""A file given out: as an attachment, never as a page of ours, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse

if TYPE_CHECKING:
    from core.files.vault import Reader

NEVER_SHOWN = "default-src 'none'; frame-ancestors 'none'; sandbox"


def attachment(text: Reader, name: str, size: int) -> FileResponse:
    """Decrypted a chunk at a time on its way out; a chunk that does not open breaks it off."""
    response = FileResponse(text, as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Length"] = str(size)
    response["Content-Security-Policy"] = NEVER_SHOWN
    response["Cache-Control"] = "no-store"
    return response


def picture(png: bytes) -> HttpResponse:
    """Pixels that we painted, shown within a page of ours and kept by nobody."""
    response = HttpResponse(png, content_type="image/png")
    response["Content-Security-Policy"] = NEVER_SHOWN
    response["Cache-Control"] = "no-store"
    return response
