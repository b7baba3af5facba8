"""Office documents are archives: which one it is, whole, and that nothing in it bursts.

What runs in one does not make it another: `acting.py` finds it, and the file is held.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from casework.paper_codes import FileType

if TYPE_CHECKING:
    import io

MOST_PARTS = 2000
MOST_BYTES = 200_000_000  # unpacked, counted while unpacking
END = 22  # bytes of the end of an archive that has no comment
ODF = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
}
OOXML = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}


def package_type(file: io.RawIOBase, size: int) -> FileType | None:
    """Which kind of document this archive is; damaged, locked or none of those known: nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            kind = _kind(archive) if _is_plain(archive, size) else None
            return kind if kind and _is_small(archive) else None
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        RuntimeError,
        ValueError,
    ):
        return None


def _is_plain(archive: zipfile.ZipFile, size: int) -> bool:
    """It begins and ends with the archive; its parts lie inside and are not locked."""
    parts = archive.infolist()
    begins = min((part.header_offset for part in parts), default=-1) == 0
    ends = archive.start_dir + _directory(archive) + END == size
    names = [part.filename for part in parts]
    inside = not any(n.startswith("/") or ".." in n.split("/") or "\\" in n for n in names)
    once = len(set(names)) == len(names)
    locked = any(part.flag_bits & 1 for part in parts)
    return begins and ends and inside and once and not locked and len(parts) <= MOST_PARTS


def _directory(archive: zipfile.ZipFile) -> int:
    """The length of the list of parts."""
    return sum(
        46
        + len(p.orig_filename.encode("utf-8" if p.flag_bits & 0x800 else "cp437"))
        + len(p.extra)
        + len(p.comment)
        for p in archive.infolist()
    )


def _kind(archive: zipfile.ZipFile) -> FileType | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        kinds = [kind for part, kind in OOXML.items() if part in names]
        return kinds[0] if len(kinds) == 1 else None
    if archive.infolist()[0].filename == "mimetype":
        return ODF.get(_start(archive, "mimetype", 200))
    return None


def _is_small(archive: zipfile.ZipFile) -> bool:
    """What unpacks to more than any document is made to stop whoever opens it."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as text:
            while chunk := text.read(64 * 1024):
                total += len(chunk)
                if total > MOST_BYTES:
                    return False
    return True


def _start(archive: zipfile.ZipFile, name: str, most: int) -> Any:
    with archive.open(name) as text:
        return text.read(most)
