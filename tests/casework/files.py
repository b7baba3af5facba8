"""Invented files of every kind, and what tests ask of the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n100\n%%EOF\n"
)
TEXT = "Invented words, naïve ones too.\n".encode()
GPS_MARK, COMMENT = b"ZQ-camera-serial", b"ZQ-comment"


def photo(size: tuple[int, int] = (40, 30), *, comment: bytes = COMMENT) -> bytes:
    """A JPEG as a telephone makes it: place, camera, a comment, a profile."""
    exif = Image.Exif()
    exif[0x0110] = GPS_MARK.decode()  # the camera
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (22.0, 34.0, 11.0)
    out = io.BytesIO()
    picture = Image.new("RGB", size, (120, 30, 200))
    picture.save(out, "JPEG", exif=exif, comment=comment, icc_profile=b"ZQ-profile" * 20)
    return out.getvalue()


def painting() -> bytes:
    """A PNG with words in it."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "ZQ-author")
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (1, 2, 3, 100)).save(out, "PNG", pnginfo=words)
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "WEBP")
    return out.getvalue()


def heic() -> bytes:
    out = io.BytesIO()
    made = pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red"))
    made.save(out, quality=50)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is so large, in few bytes."""

    def part(name: bytes, text: bytes) -> bytes:
        sum_ = zlib.crc32(name + text).to_bytes(4, "big")
        return len(text).to_bytes(4, "big") + name + text + sum_

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * min(width * height, 100_000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def package(parts: dict[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


TYPES = b'<?xml version="1.0"?><Types></Types>'
WORD = {"[Content_Types].xml": TYPES, "word/document.xml": b'<w:document xmlns:w="urn:w"/>'}
SHEET = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}


def box(name: bytes, text: bytes) -> bytes:
    return (len(text) + 8).to_bytes(4, "big") + name + text


def film(brand: bytes = b"isom") -> bytes:
    return box(b"ftyp", brand + b"\0\0\0\0") + box(b"mdat", b"invented sound") + box(b"moov", b"")


def sent(content: bytes, name: str = "invented.bin", said: str = "text/html") -> Any:
    """A file of a form, as a browser sends it."""
    return SimpleUploadedFile(name, content, said)


def on_disk() -> list[Path]:
    """Every file that lies there now."""
    return [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
