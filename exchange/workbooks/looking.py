"""A workbook beside what is here already: what is new, what is known, and every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.enums import CaseStatus
from core.access import IDENTITY, SEALED
from exchange.workbooks.columns import NAMED, NOT_SAID, OWN_CODE, Names, id_of
from exchange.workbooks.kinds import RECIPIENT
from exchange.workbooks.limits import Limits
from exchange.workbooks.rows import Rows
from exchange.workbooks.sheets import BY_LABEL, CASE, KEY, SHEETS, Sheet
from questions.models import QuestionSet
from questions.subjects import table_of
from studies.models.numbers import OfficeRecord

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Office, User
    from casework.models import Case
    from exchange.standards.sheets import Fault
    from exchange.workbooks.columns import Column
    from exchange.workbooks.opening import Tables
    from exchange.workbooks.rows import Line

AT_ONCE = 1_000
SHORT = 40  # signs
Step = Callable[[int], object]


@dataclass
class Preview:
    """What a workbook would add, by sheet; or every fault for which nothing of it is taken."""

    new: dict[str, int] = field(default_factory=dict)
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""  # of what was looked at; none where there are faults

    @property
    def rows(self) -> int:
        return sum(self.new.values())


class Looked:
    """The rows to be written, in the order of the sheets, each with its line."""

    def __init__(
        self, tables: Tables, office: Office, actor: User, on: Step = lambda _n: None
    ) -> None:
        self.on = on  # told how many more lines were looked at, or written
        self.office, self.actor, self.names = office, actor, Names()
        self.limits = Limits(office, actor)
        self.read = Rows(tables, office)
        self.faults, self.ids = self.read.faults, self.read.ids
        self.new: dict[str, list[tuple[Line, Any]]] = {}
        self.rows: dict[str, dict[Any, Any]] = {}  # of this workbook, by sheet and id
        self.known = 0
        self._known: dict[str, dict[str, Any]] = {}  # values, by column and text
        self.cases: dict[str, Case] = {}  # known ones, by key
        for sheet in SHEETS:
            self.new[sheet.name] = self._sheet(sheet)

    def preview(self) -> Preview:
        new = {name: len(rows) for name, rows in self.new.items() if rows}
        return Preview(new, self.known, self.faults.found)

    def _sheet(self, sheet: Sheet) -> list[tuple[Line, object]]:
        lines = self.read.lines[sheet.name]
        pairs = ((line, self._said(line)) for line in lines)
        rows = [(line, self._row(line, values)) for line, values in pairs if not line.wrong]
        self.rows[sheet.name] = {row.pk: row for _line, row in rows}
        here, new = self._here(sheet, rows), []
        for line, row in rows:
            before = here.get(row.pk) or here.get(_found_by(sheet, row))
            if before is None:
                self._begun(line)
                if words := self.limits.against(line, row):
                    self.faults.of(line, *words)
                new.append((line, row))
            elif before.pk != row.pk:  # here already under another id: a place, a provider
                self.ids[sheet.name][line.key] = before.pk
                self.known += 1
            else:
                self._same(line, row, before)
        self._count_on(sheet, new)
        self.on(len(lines))
        return [(line, row) for line, row in new if not line.wrong]

    def _said(self, line: Line) -> dict[str, object]:
        """The values of a line, or what is wrong with each of its cells, whatever else is."""
        values: dict[str, Any] = {}
        for column in line.sheet.columns:
            if column.name in line.told:
                continue
            try:
                value = self._value(line, column)
            except ValueError as exc:
                self.faults.of(line, column.name, str(exc))
            else:
                if value is not NOT_SAID:
                    values[column.field.attname] = value
        return values

    def _row(self, line: Line, values: dict[str, object]) -> Any:
        """The record a line says."""
        row = line.sheet.made(line.id, values)
        if line.sheet.is_cases:
            row.office, row.reference = self.office, line.key
        if isinstance(row, OfficeRecord) and not self.office.is_global:
            row.office = self.office
        for name, path in line.sheet.derived:
            through, attribute = path.split(".")
            of = BY_LABEL[line.sheet.model._meta.get_field(through).related_model._meta.label]
            named = self.rows[of.name].get(getattr(row, f"{through}_id"))
            setattr(row, f"{name}_id", getattr(named, attribute, None))
        return row

    def _value(self, line: Line, column: Column) -> object:
        text = line.cells.get(column.name, "")
        key = text.strip()
        if not key:
            return self.actor.pk if column.is_user and not column.field.null else column.empty()
        if column.is_plain:
            return self._read(column, text)
        if column.keyed:
            is_recipient = column.name == RECIPIENT
            return self._recipient(key) if is_recipient else self._about(line, key)
        if column.is_group:
            return id_of(key) or self.read.made_of(column.name, key)
        if column.refers in NAMED:
            pk = self.names.find(column.field.related_model, key)
            if pk is None:
                raise ValueError(_("Nothing here has this name."))
            return pk
        if column.refers:
            return self._reference(line, column, key)
        return column.read(text)

    def _read(self, column: Column, text: str) -> object:
        """What stands in many cells of a column is read once."""
        known = self._known.setdefault(column.place, {})
        if text not in known:
            value = column.read(text)
            if len(text) > SHORT:
                return value
            known[text] = value
        return known[text]

    def _reference(self, line: Line, column: Column, key: str) -> UUID:
        of = BY_LABEL[column.refers].name
        if key not in self.ids[of]:
            raise ValueError(_("No row of the sheet %(sheet)s has this key.") % {"sheet": of})
        case = self.read.case_of[of][key]
        other = case != line.cells.get(CASE, case).strip()
        if case and other and column.name != line.sheet.beyond:
            raise ValueError(_("That row belongs to another case."))
        return self.ids[of][key]

    def _about(self, line: Line, key: str) -> UUID:
        """The row of the case that a set of questions is about."""
        asked: Any = self.names.find(QuestionSet, line.cells.get("question_set", "").strip())
        if asked is None:
            raise ValueError(_("Nothing here has this name."))
        sheet, case = BY_LABEL[table_of(self.limits.sets[asked].noun)], line.cells.get(CASE, "")
        if key not in self.ids[sheet.name]:
            words = _("No row of the sheet %(sheet)s has this key.")
            raise ValueError(words % {"sheet": sheet.name})
        if case.strip() != (key if sheet.is_cases else self.read.case_of[sheet.name][key]):
            raise ValueError(_("That row belongs to another case."))
        return self.ids[sheet.name][key]

    def _recipient(self, key: str) -> UUID:
        for sheet in ("providers", "agencies"):
            if key in self.ids[sheet]:
                return self.ids[sheet][key]
        if pk := id_of(key):
            return pk
        raise ValueError(_("No row of the sheet %(sheet)s has this key.") % {"sheet": "providers"})

    def _here(self, sheet: Sheet, rows: list[tuple[Line, Any]]) -> dict[Any, Any]:
        """Those that are here already, as far as they are open to whoever takes them in."""
        records: dict[Any, Any] = {}
        reach = sheet.model.objects.visible_to(self.actor)
        ids = [row.pk for _line, row in rows]
        for at in range(0, len(ids), AT_ONCE):
            records |= {row.pk: row for row in reach.filter(pk__in=ids[at : at + AT_ONCE])}
        if sheet.found_by and rows:
            records |= {_found_by(sheet, row): row for row in reach}
        return records

    def _same(self, line: Line, row: Any, before: Any) -> None:
        """Left as it is; said otherwise now, it is for somebody to look at."""
        self.known += 1
        if line.sheet.is_cases:
            self.cases[line.key] = before
            if before.office_id != self.office.pk or not self.actor.scope.reaches(before, IDENTITY):
                self.faults.of(line, KEY, _("This case is already known, but not in this office."))
            elif before.reference != row.reference:
                self.faults.of(line, KEY, _("Already known, under another reference."))
        for column in line.sheet.columns:
            name = column.field.attname
            if not line.cells.get(column.name, "").strip() and (
                column.has_default or column.is_user or column.is_code
            ):
                continue
            was = getattr(before, name)
            if getattr(row, name) != (bytes(was) if isinstance(was, memoryview) else was):
                words = _("Already known, but with other values. Correct the record itself.")
                self.faults.of(line, column.name, words)

    def _begun(self, line: Line) -> None:
        """Nothing is begun in a case that is closed or sealed here."""
        case = self.cases.get(line.cells.get(CASE, "").strip())
        if case is not None and (case.status == CaseStatus.CLOSED or case.level == SEALED):
            words = _("This case is closed here. Ask its case manager to reopen it.")
            self.faults.of(line, CASE, words)

    def _count_on(self, sheet: Sheet, new: list[tuple[Line, Any]]) -> None:
        """Codes for those who brought none: after the last one of their case."""
        column = next((column for column in sheet.columns if column.is_code), None)
        if column is None:
            return
        asking = [row for _line, row in new if not row.code]
        rows = sheet.model.objects.filter(case__in={row.case_id for row in asking})
        last: dict[Any, int] = {}
        taken = [*rows.values_list("case_id", "code"), *((r.case_id, r.code) for _l, r in new)]
        for case, code in taken:
            if OWN_CODE.fullmatch(code):
                last[case] = max(last.get(case, 0), int(code[2:]))
        for row in asking:
            last[row.case_id] = last.get(row.case_id, 0) + 1
            row.code = f"{column.letter}-{last[row.case_id]}"


def _found_by(sheet: Sheet, row: object) -> tuple[object, ...] | None:
    return tuple(getattr(row, name) for name in sheet.found_by) or None
