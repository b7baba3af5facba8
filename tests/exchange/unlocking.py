"""Opens a locked ZIP as the format is described, and shares nothing with who wrote it."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Wrong(Exception):
    """Not this passphrase, or not what was locked."""


def unlocked(content: bytes, passphrase: str) -> dict[str, bytes]:
    """Every part by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {one.filename: _part(content, one, passphrase) for one in whole.infolist()}


def _part(content: bytes, info: zipfile.ZipInfo, passphrase: str) -> bytes:
    at = info.header_offset
    lengths = [int.from_bytes(content[at + n : at + n + 2], "little") for n in (26, 28)]
    start = at + 30 + sum(lengths)
    body = content[start : start + info.compress_size]
    salt, check, text, seal = body[:16], body[16:18], body[18:-10], body[-10:]
    made = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), salt, 1000, 66)
    if made[64:] != check or hmac.new(made[32:64], text, "sha1").digest()[:10] != seal:
        raise Wrong
    aes, clear = Cipher(AES(made[:32]), ECB()).encryptor(), bytearray()
    for number, place in enumerate(range(0, len(text), 16), 1):
        stream = aes.update(number.to_bytes(16, "little"))
        clear += bytes(a ^ b for a, b in zip(text[place : place + 16], stream, strict=False))
    plain = zlib.decompress(bytes(clear), -15)
    assert len(plain) == info.file_size
    return plain


def rows(part: bytes) -> list[dict[str, Any]]:
    """Of JSON Lines."""
    return [json.loads(line) for line in part.splitlines()]


def sheets(part: bytes) -> dict[str, list[list[dict[str, Any]]]]:
    """Every sheet of a workbook: its rows, each cell with kind, style and text."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(part)) as book:
        tree = ElementTree.fromstring(book.read("xl/workbook.xml"))
        for number, sheet in enumerate(tree.iter(f"{SHEET}sheet"), 1):
            inside = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            found[sheet.attrib["name"]] = [
                [
                    {"kind": c.get("t"), "style": c.get("s"), "text": "".join(c.itertext())}
                    | {"formula": c.find(f"{SHEET}f") is not None}
                    for c in row
                ]
                for row in inside.iter(f"{SHEET}row")
            ]
    return found
