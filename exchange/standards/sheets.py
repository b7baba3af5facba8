"""The table of a file that somebody sends: CSV, or the first sheet of an XLSX."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from core.refusals import Words
from core.refusals import gettext as _
from core.sheets.spreadsheets import FORMULA
from exchange.workbooks.opening import NotATable, tables
from exchange.workbooks.unpack import FORMULA as FORMULA_CELL

if TYPE_CHECKING:
    from casework.files.arriving import Upload

MOST_BYTES = 900_000  # of a file, and of its text
MOST_ROWS = 2_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
Table = list[list[str]]
IS_FORMULA = "="


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
            words = gettext("Sheet %(sheet)s, row %(row)s, %(column)s: %(reason)s")
            return words % (where | {"reason": self.reason})
        where = {"row": self.row, "column": self.column or "–", "reason": self.reason}
        return gettext("Row %(row)s, %(column)s: %(reason)s") % where

    @property
    def words(self) -> Words:
        """As a refusal: the rule is that of its reason."""
        return Words(str(self), getattr(self.reason, "code", ""))


def read(content: bytes) -> str:
    """The table of a file as CSV in UTF-8, whichever it came as."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    if content.startswith(b"PK"):
        return as_text(_fitting(_first_sheet(content)))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotATable(_("This is not a text in UTF-8. Save it as CSV UTF-8.")) from None


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
        raise NotATable(_("This is not a text in UTF-8. Save it as CSV UTF-8."))
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large()
    head = text.partition("\n")[0]
    by = ";" if ";" in head and "," not in head else ","
    try:
        text.encode("utf-8")
        lines = csv.reader(io.StringIO(text), delimiter=by, strict=True)
        return _fitting([[cell.strip() for cell in row] for row in lines])
    except (csv.Error, UnicodeEncodeError):
        words = _("This is not CSV: a quotation mark is not closed, or a cell is too long.")
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


def _uncounted(table: Table) -> Table:
    """Without a first column that has no name and only numbers the lines, a thousand of them in
    IOM's own workbooks: a number is no person."""
    counted = [row[0] for row in table[1:] if row and row[0]]
    if not counted or any(table[0][:1]) or counted != [str(n) for n in range(1, len(counted) + 1)]:
        return table
    return [row[1:] for row in table]


def _fitting(table: Table) -> Table:
    table = _uncounted(table)
    while table and not any(table[-1]):
        table.pop()
    if len(table) > MOST_ROWS + 1:
        raise _too_many_lines()
    if any(len(row) > MOST_COLUMNS for row in table):
        raise NotATable(_("More than %(most)s columns.") % {"most": MOST_COLUMNS})
    if any(len(cell) > LONGEST_CELL for row in table for cell in row):
        raise NotATable(_("A cell has more than %(most)s characters.") % {"most": LONGEST_CELL})
    return table


def _first_sheet(content: bytes) -> Table:
    sheets = tables(content)
    first = next(iter(sheets.values()), [])
    return [[IS_FORMULA if cell == FORMULA_CELL else cell.strip() for cell in row] for row in first]


def _too_large() -> NotATable:
    return NotATable(_("This file is larger than 900 kB. Send it in parts, whole cases each."))


def _too_many_lines() -> NotATable:
    words = _("More than %(most)s lines. Send it in parts, whole cases each.")
    return NotATable(words % {"most": MOST_ROWS})
