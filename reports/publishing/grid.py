"""Every count of a table that was told or is to be told, with the persons it counts.

The persons say what binds counts, within a table and from one to another: a place is the sum of
the places in it, a year the sum of its months, all programmes the sum of each, wherever the same
persons are counted. Nobody has to list which tables tile which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from places.models import Jurisdiction
from reports.base import COUNT, DEPTHS, Report, cell_key, report_of
from reports.numbers import Ids
from reports.publishing.keys import Detail, Key, Totals
from reports.tables import KEPT_AS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reports.models import Snapshot

OF_A_RATE = frozenset({"rate", "value", "low", "high"})
SEALED_FROM, MOST_SEALED = 2**31, 10**6  # numbers that no row has, for persons of sealed cases


class Days(NamedTuple):
    """The first day of a period (none: from the beginning) and the last day that counts."""

    first: date | None
    last: date

    @classmethod
    def of(cls, snapshot: Snapshot) -> Days:
        first, last = (_day(snapshot.params.get(name)) for name in ("from", "to"))
        return cls(first, min(last or snapshot.as_of, snapshot.as_of))

    def within(self, other: Days) -> bool:
        return (other.first or date.min) <= (self.first or date.min) and self.last <= other.last

    def meets(self, other: Days) -> bool:
        return (self.first or date.min) <= other.last and (other.first or date.min) <= self.last


@dataclass
class Grid:
    """The counts of one table. `hidden`: what of it nobody was told."""

    table: str
    report: str  # with the measure
    days: Days
    values: dict[Key, int] = field(default_factory=dict)
    ids: dict[Key, Ids] = field(default_factory=dict)  # of the counts whose persons are kept
    people: dict[Key, str] = field(default_factory=dict)  # whose ids these are
    tops: set[Key] = field(default_factory=set)  # of the widest rows: given up last
    totals: set[Key] = field(default_factory=set)  # of these, never
    hidden: set[Key] = field(default_factory=set)
    snapshot: Any = None
    told_on: date | None = None


def counts_of(report: Report) -> list[str]:
    """The columns that can be published: plain counts. Shares are made of them anew."""
    return [c.name for c in report.columns if c.kind == COUNT and c.name not in OF_A_RATE]


def rows_of(snapshot: Snapshot, detail: Detail) -> list[dict[str, object]]:
    """The rows of a table so divided; a coarser division merges the groups of a finer one."""
    deepest, whole = DEPTHS[detail.level], snapshot.params.get("programme")
    return [
        row
        for row in snapshot.rows
        if DEPTHS[row["jurisdiction"]["level"]] <= deepest
        and (detail.by_programme or row["programme"] in {None, whole})
    ]


def grid_of(
    snapshot: Snapshot,
    detail: Detail,
    table: str = "",
    totals: Totals | None = None,
    hidden: Collection[tuple[str, str]] = (),
) -> Grid:
    """The counts of a snapshot, so divided. `totals`: rows of which others are to be shown."""
    report = report_of(snapshot)
    rows, columns = rows_of(snapshot, detail), counts_of(report)
    grid = counted(snapshot, rows, columns, table)
    for name, instead in (totals or {}).items():
        for column in columns:
            key = Key(table, name, column)
            _with_sealed(grid, key, instead[column])
    within = {part for _whole, parts in report.sums or () for part in parts}
    grid.tops = _tops(rows, columns, table)
    grid.totals = {key for key in grid.tops if key.column not in within}
    grid.hidden = {Key(table, row, column) for row, column in hidden}
    return grid


def counted(
    snapshot: Snapshot, rows: Iterable[Mapping[str, Any]], columns: Iterable[str], table: str
) -> Grid:
    """These counts of a snapshot, each with its persons where they are kept."""
    report = report_of(snapshot)
    asked = f"{report.slug} {snapshot.params.get('measure')}"
    grid = Grid(table, asked, Days.of(snapshot), snapshot=snapshot)
    behind = snapshot.behind.cells([report.row_key(row) for row in rows])
    for row in rows:
        name = report.row_key(row)
        kept = behind.get(name, {})
        for column in columns:
            if not isinstance(row.get(column), int):
                continue
            key = Key(table, name, column)
            grid.values[key] = row[column]
            grid.people[key] = report.counted(name, column)
            ids = kept.get(column, kept.get(KEPT_AS.get(column, ""), Ids()))
            if len(ids) == grid.values[key]:
                grid.ids[key] = ids
    return grid


def _with_sealed(grid: Grid, key: Key, total: int) -> None:
    """A total with sealed cases: as many persons more, whose real numbers stand in no list.

    Totals of one row that begin on one day hold the same of them, a larger one some more.
    """
    gain = total - grid.values[key]
    grid.values[key] = total
    if key in grid.ids:
        block = crc32(f"{key.row} {grid.days.first}".encode()) % 2000
        first = SEALED_FROM + block * MOST_SEALED
        grid.ids[key] = grid.ids[key] | Ids(range(first, first + gain))


def _tops(rows: list[dict[str, Any]], columns: list[str], table: str) -> set[Key]:
    """The counts of the widest rows: in no other place, over all programmes where these stand."""
    above = dict(Jurisdiction.objects.values_list("code", "parent__code"))
    there = {(row["jurisdiction"]["code"], row["programme"]) for row in rows}
    keys = set()
    for code, programme in there:
        parent = above.get(code)
        while parent and (parent, programme) not in there:
            parent = above.get(parent)
        if not parent and (programme is None or (code, None) not in there):
            keys |= {Key(table, cell_key(code, programme), column) for column in columns}
    return keys


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
