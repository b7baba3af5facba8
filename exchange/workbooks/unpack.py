"""A process of its own: a workbook in, the texts of its cells out. Knows nothing of Casework.

`python -I unpack.py BYTES ROWS COLUMNS LINES TEXT MEMORY SECONDS`, the most of each; the bytes
of the workbook through stdin, JSON through stdout.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST, OF_A_CELL = 32_767, 8  # signs of a cell, and bytes that any cell takes
MOST_PARTS, MOST_SHEETS, PIECE = 500, 120, 1 << 16
TOO_LARGE, NOT_A_WORKBOOK, TOO_MANY, TOO_MANY_IN_ALL = 3, 4, 5, 6  # how it ends
ENCODING = re.compile(rb"encoding=[\"']([^\"']*)")
FORMULA = "\0="  # what a cell with a formula is given back as: no cell can hold it


class Refused(Exception):
    """How this process ends."""


def guard(content: bytes, most: int) -> None:
    """Inflate every part in pieces that are counted, and look what is in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = book.infolist()
        if len(parts) > MOST_PARTS:
            raise Refused(TOO_LARGE)
        for part in parts:
            if ".." in part.filename or part.filename.startswith("/") or part.flag_bits & 1:
                raise Refused(NOT_A_WORKBOOK)
            tail, is_text = b"", part.filename.endswith((".xml", ".rels", ".vml"))
            with book.open(part) as inside:
                while piece := inside.read(PIECE):
                    most -= len(piece)
                    if most < 0:
                        raise Refused(TOO_LARGE)
                    if is_text and suspicious(tail + piece, first=not tail):
                        raise Refused(NOT_A_WORKBOOK)
                    tail = piece[-10:]


def suspicious(text: bytes, *, first: bool) -> bool:
    """Definitions, or an encoding in which they would not be seen."""
    encoding = ENCODING.search(text[:200]) if first else None
    other = b"\0" in text or (encoding is not None and encoding[1].lower() != b"utf-8")
    return other or b"<!DOCTYPE" in text or b"<!ENTITY" in text


def text_of(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def texts_of(row: Iterable[object]) -> list[str]:
    """To the last cell that says something."""
    texts = [text_of(cell)[: LONGEST + 1] for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def read(
    content: bytes, most_rows: int, most_columns: int, most_lines: int, most_text: int
) -> list[tuple[str, list[list[str]]]]:
    sys.modules["numpy"] = None  # type: ignore[assignment] # half the start, and no workbook needs it
    from openpyxl import load_workbook  # noqa: PLC0415 - within the limits

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(book.worksheets) > MOST_SHEETS:
        raise Refused(TOO_MANY)
    sheets, lines, text = [], 0, 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what it says of itself is not believed
        rows: list[list[str]] = []
        for row in sheet.iter_rows():
            beyond = any(cell.value is not None for cell in row[most_columns:])
            if beyond or len(rows) > most_rows:  # the head is no line
                raise Refused(TOO_MANY)
            rows.append(texts_of(row[:most_columns]))
            lines += len(rows) > 1 and bool(rows[-1])
            if lines > most_lines:
                raise Refused(TOO_MANY_IN_ALL)
            # A text that stands once in the file may stand in every cell.
            text += sum(map(len, rows[-1])) + OF_A_CELL * len(rows[-1])
            if text > most_text:
                raise Refused(TOO_LARGE)
        sheets.append((sheet.title, rows))
    return sheets


def main(
    most_bytes: int,
    most_rows: int,
    most_columns: int,
    most_lines: int,
    most_text: int,
    memory: int,
    seconds: int,
) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        guard(content, most_bytes)
        sheets = read(content, most_rows, most_columns, most_lines, most_text)
    except Refused as refusal:
        return int(refusal.args[0])
    except MemoryError:
        return TOO_LARGE
    except Exception:
        return NOT_A_WORKBOOK
    sys.stdout.write(json.dumps(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
