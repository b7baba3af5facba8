"""Rows as CSV, XLSX or JSON Lines, written one by one into parts of a locked ZIP.

What a cell says is text there, never a formula. Each row bears the watermark.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Protocol

import orjson
from django.db.models import Value

from core.sheets.spreadsheets import harmless
from core.sheets.workbooks import Workbook
from core.shortcuts import cells
from exchange.exports.offer import Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models.expressions import Combinable

    from core.shortcuts.cells import Cell
    from exchange.exports.locked_zip import LockedZip, Part

MARK = "watermark"
PIECE = 64 * 1024  # written at once: what compresses and locks is called once a piece, not a row


class Tables(Protocol):
    """The lists of one export, one after the other."""

    def begin(self, title: str, columns: Sequence[str]) -> str:
        """Begin a list; the name of the part it stands in."""

    def row(self, values: Sequence[object]) -> None: ...

    def end(self) -> None: ...

    def close(self) -> None: ...


def tables(kind: str, into: LockedZip, mark: str) -> Tables:
    if kind == Format.XLSX:
        return _Sheets(into, mark)
    return _Csv(into, mark) if kind == Format.CSV else _JsonLines(into, mark)


class PartEach:
    """A part for each list, named by its number: the names in a ZIP can be read by everyone.

    PostgreSQL can write its lines as well, with these options and this sign between.
    """

    ending: str
    end_of_line: bytes
    options: str
    between: bytes

    def __init__(self, into: LockedZip, mark: str) -> None:
        self.into, self.mark, self.columns = into, mark, list[str]()
        self.part: Part
        self._held = bytearray()

    def begin(self, title: str, columns: Sequence[str]) -> str:
        name = f"{len(self.into.parts) + 1:02}.{self.ending}"
        self.part, self.columns = self.into.part(name), [*columns, MARK]
        return name

    def end(self) -> None:
        self._flush()
        self.part.close()

    def close(self) -> None:
        """Every part is closed by now."""

    def selected(self, columns: Mapping[str, Cell]) -> list[Combinable]:
        """What PostgreSQL selects for a line."""
        raise NotImplementedError

    def line(self, line: bytes) -> None:
        """A row as it stands in the file, without its end."""
        self._held += line
        self._held += self.end_of_line
        if len(self._held) > PIECE:
            self._flush()

    def _flush(self) -> None:
        self.part.write(self._held)
        self._held.clear()


class _JsonLines(PartEach):
    ending, end_of_line = "jsonl", b"\n"
    # Neither sign can stand in JSON: nothing of it is quoted, or split.
    options, between = r"format csv, delimiter E'\x02', quote E'\x01'", b"\x02"

    def selected(self, columns: Mapping[str, Cell]) -> list[Combinable]:
        return [cells.row(columns, {MARK: Value(self.mark)})]

    def row(self, values: Sequence[object]) -> None:
        line = dict(zip(self.columns, [*values, self.mark], strict=True))
        self.line(orjson.dumps(line))


class _Csv(PartEach):
    ending, end_of_line = "csv", b"\r\n"
    options, between = "format csv", b","

    def selected(self, columns: Mapping[str, Cell]) -> list[Combinable]:
        return [*map(cells.cell, columns.values()), Value(self.mark)]

    def begin(self, title: str, columns: Sequence[str]) -> str:
        name = super().begin(title, columns)
        self._text = io.StringIO()
        self._row = csv.writer(self._text).writerow
        self._row(self.columns)
        self._flush()
        return name

    def row(self, values: Sequence[object]) -> None:
        self._row([*(harmless(cell(value)) for value in values), self.mark])
        if self._text.tell() > PIECE:
            self._flush()

    def _flush(self) -> None:
        self._held += self._text.getvalue().encode()
        self._text.seek(0)
        self._text.truncate()
        super()._flush()


class _Sheets:
    """One workbook with a sheet for each list."""

    def __init__(self, into: LockedZip, mark: str) -> None:
        self.part, self.mark = into.part("01.xlsx"), mark
        self.book = Workbook(self.part, footer=mark)

    def begin(self, title: str, columns: Sequence[str]) -> str:
        self.book.begin(title, [*columns, MARK])
        return "01.xlsx"

    def row(self, values: Sequence[object]) -> None:
        self.book.row([cell(value) for value in (*values, self.mark)])

    def end(self) -> None:
        self.book.end()

    def close(self) -> None:
        self.book.close()
        self.part.close()


def cell(value: object) -> str | int | float | None:
    """What holds several values, as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
        return "; ".join(map(str, value))
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)
