"""The workbook written: the same sheets, of one office, as far as they are open to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from core.access import SEALED
from core.sheets.workbooks import Choice
from exchange.exports.reach import AT_ONCE
from exchange.workbooks.columns import Names
from exchange.workbooks.kinds import RECIPIENT
from exchange.workbooks.sheets import CODES, README, SHEETS, documentation
from exchange.workbooks.unpack import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Office, User
    from core.access import ScopedQuerySet
    from core.sheets.workbooks import Workbook
    from exchange.workbooks.columns import Column
    from exchange.workbooks.sheets import Sheet


class TooLong(Exception):
    """A text does not fit into a cell; nothing is cut off."""


class Giving:
    """The rows of every sheet. Sealed cases are in none."""

    def __init__(self, office: Office, reader: User) -> None:
        self.office, self.reader = office, reader
        self.rows = {sheet.name: self._rows(sheet) for sheet in SHEETS if not sheet.found_by}
        for sheet in SHEETS:
            if sheet.found_by:
                self.rows[sheet.name] = self._used(sheet)

    def count(self) -> int:
        return sum(rows.count() for rows in self.rows.values())

    def write(
        self, book: Workbook, written: Callable[[Sheet, list[object]], None]
    ) -> dict[str, int]:
        """`written` is told of every batch. Answers how many rows each sheet has."""
        names, counts = Names(), {}
        cases = dict(self.rows["cases"].values_list("pk", "reference"))
        write_documentation(book)
        for sheet in SHEETS:
            book.begin(sheet.name, sheet.head)
            counts[sheet.name] = 0
            for batch in _in_order(self.rows[sheet.name]):
                for row in batch:
                    texts = [column.say(row, names, cases) for column in sheet.columns]
                    if any(len(text) > LONGEST for text in texts):
                        raise TooLong
                    book.row([*_first(sheet, row), *texts])
                counts[sheet.name] += len(batch)
                written(sheet, batch)
            book.end()
        return counts

    def _rows(self, sheet: Sheet) -> Any:
        rows = sheet.model.objects.visible_to(self.reader)
        if sheet.of_case:
            rows = rows.filter(office=self.office, level__lt=SEALED)
            # What it names in another case stands in this workbook, too, or is not told of.
            there = {f"{sheet.beyond}__office": self.office, f"{sheet.beyond}__level__lt": SEALED}
            return rows.filter(**there) if sheet.beyond else rows
        if not sheet.of_person:
            return rows
        access = sheet.model.access
        links: Any = apps.get_model(access.through)._default_manager
        mine = links.visible_to(self.reader).filter(office=self.office, level__lt=SEALED)
        return rows.filter(**{f"{access.own}__in": mine.values(access.key)})

    def _used(self, sheet: Sheet) -> ScopedQuerySet:
        """Those agencies and providers that a row of the others names."""
        used = Q(pk=None)
        for other in SHEETS:
            for column in other.columns:
                if column.refers == sheet.label or column.name == RECIPIENT:
                    name = column.field.attname
                    rows = self.rows[other.name].exclude(**{name: None})
                    used |= Q(pk__in=list(rows.order_by().values_list(name, flat=True).distinct()))
        return sheet.model.objects.visible_to(self.reader).filter(used)


def _in_order(rows: ScopedQuerySet) -> Iterator[list[object]]:
    """As they were written: of several that follow each other the last one counts."""
    ids = list(rows.order_by("created_at", "pk").values_list("pk", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        by_id = rows.in_bulk(ids[at : at + AT_ONCE])
        yield [by_id[pk] for pk in ids[at : at + AT_ONCE] if pk in by_id]


def write_documentation(book: Workbook) -> None:
    """The first sheet: what each column takes."""
    head, *lines = documentation()
    book.begin(README, head)
    for line in lines:
        book.row(line)
    book.end()


def write_empty(book: Workbook) -> None:
    """A workbook to be filled in: cells for days take days, cells for codes offer them."""
    write_documentation(book)
    offered = Offered()
    for sheet in SHEETS:
        columns = list(enumerate(sheet.columns, len(sheet.head) - len(sheet.columns) + 1))
        book.begin(sheet.name, sheet.head, days=[at for at, column in columns if column.is_day])
        book.end([offered.to(at, column) for at, column in columns if column.codes])
    book.begin(CODES, ["code"], hidden=True)
    for code in offered.codes:
        book.row([code])
    book.end()


class Offered:
    """The lists of codes, one below the other: a cell cannot hold a long one."""

    def __init__(self) -> None:
        self.codes: list[str | int] = []
        self._sources: dict[tuple[str, ...], str] = {}

    def to(self, at: int, column: Column) -> Choice:
        """To a column at this place. Several codes in one cell are written by hand."""
        codes = tuple(column.codes)
        if codes not in self._sources:
            first = len(self.codes) + 2  # below the head
            self.codes += [int(code) if code.isdecimal() else code for code in codes]
            self._sources[codes] = f"{CODES}!$A${first}:$A${first + len(codes) - 1}"
        return Choice(at, self._sources[codes], only=not column.takes_several)


def _first(sheet: Sheet, row: Any) -> list[str]:
    if sheet.is_cases:
        return [row.reference, str(row.pk)]
    return [] if sheet.under else [str(row.pk)]
