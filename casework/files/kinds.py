"""What a file is, judged by its bytes alone; neither its name nor what was said of it counts.

A list of some signatures, each with a look at the whole that a library of signatures would not
take: that it ends where it says. Evidence is never refused for what it is: what is of none of
these kinds, or breaks off, is taken and held, and so is what acts when it is opened (`acting.py`).
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from casework.files.packages import package_type
from casework.paper_codes import FileType

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

HEAD, TAIL = 4096, 66_000  # the end of an archive stands within its last 65,557 bytes
PICTURES = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.HEIC})
ARCHIVE, END_OF_ARCHIVE, PDF = b"PK\3\4", b"PK\5\6", b"%PDF-"
# What a browser or a shell would run, wherever it stands near the beginning.
RUNS = re.compile(rb"<(?:!doctype|html|script|svg|iframe|body|\?php)|^#!|^MZ|^\x7fELF", re.I)
HEIC = {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"}
MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"3gp4", b"3gp5"}
MP4 |= {b"M4V ", b"qt  ", b"dash", b"mmp4"}
M4A = {b"M4A ", b"M4B "}
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def type_of(file: io.RawIOBase, size: int) -> FileType:
    """Which of the types known here this is, whole; else another."""
    return _by_signature(file, _read(file, 0, HEAD), size) or FileType.OTHER


def is_two(file: io.RawIOBase, size: int, kind: FileType) -> bool:
    """Whether it is two things at once: shown as one and opened as the other."""
    head, tail = _read(file, 0, HEAD), _read(file, max(0, size - TAIL), TAIL)
    other = END_OF_ARCHIVE in tail and kind not in FileType.PACKAGES
    other |= PDF in head[:1024] and kind != FileType.PDF
    return other or (bool(RUNS.search(head)) and kind not in FileType.PACKAGES)


def _by_signature(file: io.RawIOBase, head: bytes, size: int) -> FileType | None:
    for begins, kind in SIGNATURES:
        if head.startswith(begins):
            return kind(file, head, size) if callable(kind) else kind
    if head[4:8] == b"ftyp":
        return _film(file, head, size)
    if head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"}:
        return FileType.MP3
    return _text(file, head)


def _webp(_file: BinaryIO, head: bytes, _size: int) -> FileType | None:
    return FileType.WEBP if head[8:12] == b"WEBP" else None


def _pdf(file: io.RawIOBase, _head: bytes, size: int) -> FileType | None:
    return FileType.PDF if b"%%EOF" in _read(file, max(0, size - 1024), 1024) else None


def _film(file: io.RawIOBase, head: bytes, size: int) -> FileType | None:
    """Sound and film in boxes, whose sizes must add up to the file."""
    brand = head[8:12]
    kinds = ((HEIC, FileType.HEIC), (M4A, FileType.M4A), (MP4, FileType.MP4))
    file_type = next((kind for brands, kind in kinds if brand in brands), None)
    at = 0
    while file_type and at < size:
        box = _read(file, at, 16)
        length = int.from_bytes(box[:4], "big")
        length = int.from_bytes(box[8:16], "big") if length == 1 else length or size - at
        at += length
        if length < 8 or at > size:
            return None
    return file_type


def _text(file: io.RawIOBase, head: bytes) -> FileType | None:
    """UTF-8 without signs that no text has, and no language of the web."""
    if not head.strip() or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return None
    lines = io.TextIOWrapper(io.BufferedReader(_Unclosed(file)), encoding="utf-8-sig")
    try:
        while part := lines.read(HEAD * 16):
            if NOT_TEXT.search(part):
                return None
    except UnicodeDecodeError:
        return None
    return FileType.TEXT


class _Unclosed(io.RawIOBase):
    """A view of a file from its beginning; closing the view leaves the file open."""

    def __init__(self, file: io.RawIOBase) -> None:
        self.file = file
        file.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self.file.readinto(buffer) or 0


def _read(file: io.RawIOBase, at: int, most: int) -> bytes:
    file.seek(at)
    content = b""
    while len(content) < most and (part := file.read(most - len(content))):
        content += part
    return content


SIGNATURES: tuple[tuple[bytes, FileType | Callable[..., FileType | None]], ...] = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"RIFF", _webp),
    (PDF, _pdf),
    (ARCHIVE, lambda file, _head, size: package_type(file, size)),
    (b"ID3", FileType.MP3),
)
