"""The lines of a workbook, each with its key and its id; and every fault of how they stand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from exchange.standards.sheets import Fault
from exchange.workbooks.columns import id_of
from exchange.workbooks.sheets import BY_NAME, CASE, ID, KEY, NOT_READ, SHEETS, Sheet
from exchange.workbooks.unpack import FORMULA, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Office
    from exchange.workbooks.opening import Tables

SPACE = uuid.UUID("5d5a8f2e-6a2c-4f0e-9a41-7d1d5f6f2b10")  # of ids made from keys
MOST_KEY, MOST_REFERENCE = 60, 20
MOST_FAULTS = 2_000


@dataclass
class Line:
    """One line of a sheet. `wrong`: nothing can be made of it."""

    sheet: Sheet
    row: int
    cells: dict[str, str]
    key: str = ""
    id: Any = None
    wrong: bool = False
    told: tuple[str, ...] = ()  # columns of which a fault is told


@dataclass
class Faults:
    """Every fault in the order in which it was found, up to a number nobody reads through."""

    found: list[Fault] = field(default_factory=list)

    def add(self, sheet: Sheet | None, row: int, column: str, reason: str) -> None:
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(row, column, reason, sheet.name if sheet else ""))

    def of(self, line: Line, column: str, reason: str) -> None:
        line.wrong = True
        line.told += (column,)
        self.add(line.sheet, line.row, column, reason)


class Rows:
    """The lines of all sheets. `ids`: by sheet and key the id of a row, new or known."""

    def __init__(self, tables: Tables, office: Office) -> None:
        self.office, self.faults = office, Faults()
        self.lines: dict[str, list[Line]] = {}
        self.ids: dict[str, dict[str, Any]] = {sheet.name: {} for sheet in SHEETS}
        self.case_of: dict[str, dict[str, str]] = {sheet.name: {} for sheet in SHEETS}
        for name in sorted(tables.keys() - BY_NAME.keys() - NOT_READ):
            if not any(map(any, tables[name])):
                continue
            words = _("There is no sheet “%(name)s” in this kind of workbook.")
            self.faults.add(None, 0, "", words % {"name": name[:60]})
        for sheet in SHEETS:
            self.lines[sheet.name] = [self._known(line) for line in self._lines(sheet, tables)]

    def count(self) -> int:
        return sum(map(len, self.lines.values()))

    def _lines(self, sheet: Sheet, tables: Tables) -> Iterator[Line]:
        table = tables.get(sheet.name, [])
        head = [name.strip() for name in table[0]] if table else []
        while head and not head[-1]:
            head.pop()
        for name in sorted(set(head) - set(sheet.head)):
            words = _("There is no such column here.")
            self.faults.add(sheet, 1, name[:60] or "–", words)
        for name in sorted({name for name in head if head.count(name) > 1}):
            self.faults.add(sheet, 1, name[:60], _("This column is listed twice."))
        for number, cells in enumerate(table[1:], 2):
            if any(cell.strip() for cell in cells):
                line = Line(sheet, number, dict(zip(head, cells, strict=False)))
                self._look(line, [c for c in cells[len(head) :] if c.strip()])
                yield line

    def _look(self, line: Line, beside: list[str]) -> None:
        if beside:
            self.faults.of(line, "", _("This cell is not under a column."))
        for name, cell in line.cells.items():
            if cell == FORMULA:
                self.faults.of(line, name, _("A formula is not read. Paste its value."))
            elif len(cell) > LONGEST:
                words = _("A cell has at most %(n)s characters.") % {"n": LONGEST}
                self.faults.of(line, name, words)

    def _known(self, line: Line) -> Line:
        """Give a line its key and its id, and remember both."""
        sheet = line.sheet
        if sheet.under:
            parent = next(c for c in sheet.columns if c.name == sheet.under)
            line.key = line.cells.get(sheet.under, "").strip()
            of = next(s.name for s in SHEETS if s.label == parent.refers)
            line.id = self.ids[of].get(line.key)
        else:
            line.key = line.cells.get(KEY, "").strip()
            line.id = self._id(line)
        most = MOST_REFERENCE if sheet.is_cases else MOST_KEY
        column = sheet.under or KEY
        if len(line.key) > most:
            self.faults.of(line, column, _("A key has at most %(n)s characters.") % {"n": most})
        if not line.key:
            self.faults.of(line, column, _("This is required."))
        elif line.key in self.ids[sheet.name]:
            self.faults.of(line, column, _("This key is in this sheet twice."))
        else:
            self.ids[sheet.name][line.key] = line.id
            self.case_of[sheet.name][line.key] = line.cells.get(CASE, "").strip()
        return line

    def _id(self, line: Line) -> uuid.UUID:
        """From a key of theirs always the same id: so the same file again is known again."""
        key = line.cells.get(ID, "").strip() if line.sheet.is_cases else line.key
        if given := id_of(key):
            return given
        if key and line.sheet.is_cases:
            self.faults.of(line, ID, _("This is not an id of Casework. Leave it empty."))
        return self.made_of(line.sheet.name, line.key)

    def made_of(self, what: str, key: str) -> uuid.UUID:
        """The id that follows from a key of theirs."""
        return uuid.uuid5(SPACE, f"{self.office.pk}|{what}|{key}")
