"""What a file is, is judged by its bytes; what bursts, breaks off or is unknown is held."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from casework.files import packages, pictures
from casework.files.acting import acts_of
from casework.files.kinds import type_of
from casework.files.pictures import NotAPicture, repainted
from casework.paper_codes import FileType
from tests.casework import files


def kind(content: bytes) -> FileType:
    return type_of(io.BytesIO(content), len(content))


TAKEN = {
    FileType.JPEG: files.photo(),
    FileType.PNG: files.painting(),
    FileType.WEBP: files.webp(),
    FileType.HEIC: files.heic(),
    FileType.PDF: files.PDF,
    FileType.TEXT: files.TEXT,
    FileType.DOCX: files.package(files.WORD),
    FileType.XLSX: files.package(files.SHEET),
    FileType.ODT: files.package(files.ODT, stored=True),
    FileType.MP3: b"ID3\x04\0\0\0\0\0\0invented sound",
    FileType.M4A: files.film(b"M4A "),
    FileType.MP4: files.film(),
}


@pytest.mark.parametrize("expected", TAKEN)
def test_every_type_that_is_listed_is_known_by_its_bytes(expected):
    assert kind(TAKEN[expected]) == expected


def test_all_are_listed_but_the_rest():
    assert {*TAKEN, FileType.OTHER} == set(FileType)


HTML = b"<html><script>alert(1)</script>"
OTHERS = {
    "nothing known": b"\x00\x01\x02\x03 invented",
    "a page": HTML,
    "a page behind blanks": b"\xef\xbb\xbf \n" + HTML,
    "a drawing that runs": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
    "a program": b"MZ\x90\x00 invented",
    "text with signs of none": b"invented\x00text",
    "text in no UTF-8": b"invented \xff\xfe text, and more",
    "a GIF": b"GIF89a\x08\0\x08\0\x80\0\0",
    "a TIFF": b"II*\0 invented",
    "a bare archive": files.package({"a.txt": b"x"}),
    "a program in Java": files.package({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}),
    "a PDF that breaks off": files.PDF[:30],
    "a document behind a page": HTML + files.package(files.WORD),
    "a document behind junk": b"junk" + files.package(files.WORD),
    "a document before junk": files.package(files.WORD) + b"junk",
    "a document that is two": files.package(files.WORD | files.SHEET),
    "a document that climbs": files.package(files.WORD | {"../../a": b"x"}),
    "a document that bursts": files.package(files.WORD | {"word/a.xml": bytes(300_000)}),
    "a document cut short": files.package(files.WORD)[:-5],
    "a film that breaks off": files.film()[:-4],
    "a film before junk": files.film() + b"junk, and more of it",
    "a film of no known kind": files.film(b"xxxx"),
    "blanks": b"   \n",
}


def held(content: bytes) -> list[str]:
    assert kind(content) == FileType.OTHER
    return acts_of(io.BytesIO(content), len(content), FileType.OTHER)


@pytest.mark.parametrize("what", OTHERS)
def test_everything_else_is_held(what, monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 200_000)
    assert held(OTHERS[what]) == ["locked"]


def test_a_document_locked_by_a_password_is_held():
    content = bytearray(files.package(files.WORD))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + at] |= 1
    assert held(bytes(content)) == ["locked"]


def repaint(content: bytes, said: str) -> bytes:
    return b"".join(repainted(io.BytesIO(content), said))


def test_a_photo_keeps_its_pixels_and_nothing_else():
    """Place, camera, comment, profile and thumbnail are gone; it stands upright."""
    content = files.photo() + b"ZQ-behind-the-end"
    for mark in (files.GPS_MARK, files.COMMENT, b"ZQ-profile", b"GPS", b"Exif"):
        assert mark in content or mark == b"GPS"
    clean = repaint(content, "jpeg")
    for mark in (b"ZQ-", b"Exif", b"ICC_PROFILE", b"http"):
        assert mark not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.size, picture.format) == ((30, 40), "JPEG")
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, green, blue = picture.getpixel((5, 5))
    assert abs(red - 120) + abs(green - 30) + abs(blue - 200) < 12


@pytest.mark.parametrize(
    ("content", "said", "becomes"),
    [
        (files.painting(), "png", "PNG"),
        (files.webp(), "webp", "JPEG"),
        (files.heic(), "heic", "JPEG"),
    ],
)
def test_other_pictures_are_painted_anew(content, said, becomes):
    clean = repaint(content, said)
    assert b"ZQ-" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.format == becomes


def test_a_picture_of_too_many_points_is_not_decoded():
    with pytest.raises(NotAPicture):
        repaint(files.png_of(30_000, 30_000), "png")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (files.photo()[:200], "jpeg"),
        (files.PDF, "jpeg"),
        (files.painting(), "jpeg"),  # decoded as what it was judged to be, or not at all
        (b"\x89PNG\r\n\x1a\n", "png"),
    ],
)
def test_a_damaged_picture_is_none(content, said):
    with pytest.raises(NotAPicture):
        repaint(content, said)


def test_the_process_that_decodes_pictures_has_no_keys(monkeypatch):
    """It is given the picture, and nothing of what this process knows."""
    seen = {}

    def run(command, **how):
        seen.update(how, command=command)
        raise AssertionError

    monkeypatch.setattr("casework.files.pictures.subprocess.run", run)
    with pytest.raises(AssertionError):
        repaint(files.photo(), "jpeg")
    assert seen["env"] == {}
    assert "-I" in seen["command"]


def test_a_picture_that_takes_too_long_is_none(monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0.001)
    with pytest.raises(NotAPicture):
        b"".join(repainted(io.BytesIO(files.photo()), "jpeg"))
