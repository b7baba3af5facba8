"""The table of a file that somebody sends: CSV or the first sheet of an XLSX, read with suspicion.

A workbook is inflated in pieces that are counted, read as a stream, and refused where it holds a
DTD, a formula, or more than a table of this kind has.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, XMLPullParser

from django.utils.translation import gettext as _

from core.spreadsheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from casework.files.arriving import Upload

MOST_BYTES = 900_000  # of a file, and of its text
MOST_INFLATED = 8_000_000
MOST_PARTS = 200
MOST_STRINGS = 100_000
MOST_ROWS = 2_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
PIECE = 64 * 1024
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
ENCODING = re.compile(rb"encoding=[\"']([^\"']*)")
WHERE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
Table = list[list[str]]
IS_FORMULA = "="
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, ParseError, RuntimeError, NotImplementedError, EOFError),
    *(KeyError, IndexError, ValueError),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, and where: nothing of what the cell says."""

    row: int
    column: str
    reason: str
    sheet: str = ""  # of a workbook with several

    def __str__(self) -> str:
        if not self.row:
            return self.reason
        if self.sheet:
            where = {"sheet": self.sheet, "row": self.row, "column": self.column or "–"}
            words = _("Sheet %(sheet)s, row %(row)s, %(column)s: %(reason)s")
            return words % (where | {"reason": self.reason})
        where = {"row": self.row, "column": self.column or "–", "reason": self.reason}
        return _("Row %(row)s, %(column)s: %(reason)s") % where


class NotATable(ValueError):
    """This cannot be read as a table; the words say why."""


def read(content: bytes) -> str:
    """The table of a file as CSV in UTF-8, whichever it came as."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    if content.startswith(b"PK"):
        return as_text(_workbook(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotATable(_("This is no text in UTF-8. Save it as CSV UTF-8.")) from None


def received(sent: Upload) -> str:
    """The same of a file that came with a request, encrypted, and is kept nowhere."""
    if sent.received is None or sent.received.size > MOST_BYTES:
        raise _too_large()
    with sent.received.open() as content:
        return read(content.read())


def as_text(table: Table) -> str:
    """A table as CSV. What a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [[_quoted(cell) for cell in row] for row in table]
    )
    return out.getvalue()


def rows(text: str) -> Table:
    """The cells of a CSV, trimmed. Raises `NotATable`."""
    if "\0" in text:
        raise NotATable(_("This is no text in UTF-8. Save it as CSV UTF-8."))
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large()
    head = text.partition("\n")[0]
    by = ";" if ";" in head and "," not in head else ","
    try:
        text.encode("utf-8")
        found = csv.reader(io.StringIO(text), delimiter=by, strict=True)
        return _fitting([[cell.strip() for cell in row] for row in found])
    except (csv.Error, UnicodeEncodeError):
        words = _("This is no CSV: a quotation mark is left open, or a cell is too long.")
        raise NotATable(words) from None


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon with it. A telephone number begins with a plus."""
    return cell.startswith(("=", "@", "＝", "＠")) or (
        cell.startswith(FORMULA) and not re.fullmatch(r"[+\-][0-9 .()\-]+", cell)
    )


def _quoted(cell: str) -> str:
    """A formula of a workbook stays one, to be found as a fault in its place."""
    return f"'{cell}" if cell != IS_FORMULA and cell.lstrip(" ").startswith(FORMULA) else cell


def unquoted(cell: str) -> str:
    """An apostrophe before what would be a formula says that it is text."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA) else cell


def _fitting(table: Table) -> Table:
    while table and not any(table[-1]):
        table.pop()
    if len(table) > MOST_ROWS + 1:
        raise _too_many_lines()
    if any(len(row) > MOST_COLUMNS for row in table):
        raise NotATable(_("More than %(most)s columns.") % {"most": MOST_COLUMNS})
    if any(len(cell) > LONGEST_CELL for row in table for cell in row):
        raise NotATable(_("A cell holds more than %(most)s signs.") % {"most": LONGEST_CELL})
    return table


def _workbook(content: bytes) -> Table:
    unreadable = NotATable(_("This workbook cannot be read. Save it anew, or as CSV UTF-8."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            if len(names) > MOST_PARTS or any(".." in name for name in names) or SHEET not in names:
                raise unreadable
            counted = _Counted(book)
            strings = _strings(counted) if STRINGS in names else []
            return _fitting(_sheet(counted, strings))
    except NotATable:
        raise
    except UNREADABLE:
        raise unreadable from None


class _Counted:
    """Parts of a workbook as elements of XML; the bytes of all of them are counted on inflating."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book, self.left = book, MOST_INFLATED

    def elements(self, name: str, wanted: str, most: int) -> Iterator[Element]:
        parser: Any = XMLPullParser(["end"])
        tail, found = b"", 0
        with self.book.open(name) as part:
            while piece := part.read(PIECE):
                self._look(tail + piece, first=not tail)
                self.left -= len(piece)
                tail = piece[-1:]
                parser.feed(piece)
                for _event, element in parser.read_events():
                    if element.tag == wanted:
                        found += 1
                        if found > most:
                            raise _too_many_lines()
                        yield element
                        element.clear()
        parser.close()

    def _look(self, piece: bytes, *, first: bool) -> None:
        if self.left < len(piece):
            raise NotATable(_("This workbook is far larger than it looks."))
        said = ENCODING.search(piece[:200]) if first else None
        if b"\0" in piece or (said and said[1].lower() != b"utf-8"):
            raise NotATable(_("This workbook is not in UTF-8. Save it as CSV UTF-8."))
        if b"<!" in piece:
            raise NotATable(_("This workbook holds definitions. Save it as CSV UTF-8."))


def _too_large() -> NotATable:
    return NotATable(_("This file is larger than 900 kB. Send it in parts, whole cases each."))


def _too_many_lines() -> NotATable:
    words = _("More than %(most)s lines. Send it in parts, whole cases each.")
    return NotATable(words % {"most": MOST_ROWS})


def _strings(counted: _Counted) -> list[str]:
    items = counted.elements(STRINGS, f"{MAIN}si", MOST_STRINGS)
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]


def _sheet(counted: _Counted, strings: list[str]) -> Table:
    table: Table = []
    for row in counted.elements(SHEET, f"{MAIN}row", MOST_ROWS + 1):
        number = int(row.get("r") or len(table) + 1)
        if number > MOST_ROWS + 1:
            raise _too_many_lines()
        if number <= len(table):  # a line told twice, or before the first
            raise ValueError(number)
        table += [[] for _line in range(number - len(table) - 1)]
        table.append(_cells(row, strings))
    return table


def _cells(row: Element, strings: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{MAIN}c"):
        at = _position(cell.get("r") or "", len(cells))
        cells += [""] * (at + 1 - len(cells))
        formula = cell.find(f"{MAIN}f") is not None
        cells[at] = IS_FORMULA if formula else _text(cell, strings).strip()
    return cells


def _position(where: str, default: int) -> int:
    number = default + 1
    if match := WHERE.fullmatch(where):
        number = 0
        for letter in match[1]:
            number = number * 26 + ord(letter) - 64
    if number > MOST_COLUMNS:
        raise NotATable(_("More than %(most)s columns.") % {"most": MOST_COLUMNS})
    return number - 1


def _text(cell: Element, strings: list[str]) -> str:
    kind, value = cell.get("t") or "n", cell.find(f"{MAIN}v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)]
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
    if kind == "b":
        return "true" if text == "1" else "false"
    return text.removesuffix(".0")
