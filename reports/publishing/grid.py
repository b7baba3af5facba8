"""Every count of a table, and the equations that bind them, within it and to what was released.

What binds counts: a place is the sum of the places in it, all programmes are the sum of each, a
whole is the sum of its parts (`Report.sums`), and persons counted in one cell who are all counted
in another. Where the parts do not reach the whole, or overlap, the rest is a count of its own that
nobody prints and everybody can subtract: from 1 to 10 it is protected like a cell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from reports.base import COUNT, DEPTHS, Report, cell_key, report_of
from reports.disclosure import K
from reports.numbers import Ids
from reports.tables import KEPT_AS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.models import Snapshot

OF_A_RATE = frozenset({"rate", "value", "low", "high"})


class Key(NamedTuple):
    """One count: in which table (empty: the one to be released), which row, which column."""

    table: str
    row: str
    column: str


class Detail(NamedTuple):
    """How finely a table is divided."""

    level: str = JurisdictionLevel.COUNTRY
    by_programme: bool = False


@dataclass
class Grid:
    reports: dict[str, str] = field(default_factory=dict)  # by table, with the measure
    values: dict[Key, int] = field(default_factory=dict)
    ids: dict[Key, Ids] = field(default_factory=dict)  # of the counts whose persons are kept
    people: dict[Key, str] = field(default_factory=dict)  # whose ids these are
    equations: list[dict[Any, int]] = field(default_factory=list)
    rests: dict[Any, int] = field(default_factory=dict)
    tops: set[Key] = field(default_factory=set)  # of the widest rows: given up last
    totals: set[Key] = field(default_factory=set)  # of these, never
    same: set[tuple[Key, Key]] = field(default_factory=set)  # one count under two names

    def add(self, whole: Key, parts: Iterable[Key]) -> None:
        """A whole and its parts, with what they leave over, or count twice."""
        known = [part for part in parts if self.values.get(part)]
        if not known or not self.values.get(whole):
            return
        rest = self.values[whole] - sum(self.values[part] for part in known)
        equation: dict[Any, int] = {whole: 1} | dict.fromkeys(known, -1)
        if rest:
            name = ("rest", len(self.rests))
            self.rests[name] = abs(rest)
            equation[name] = -1 if rest > 0 else 1
        elif len(known) == 1:
            self.same |= {(whole, known[0]), (known[0], whole)}
        self.equations.append(equation)

    def join(self, other: Grid) -> None:
        """Take in a table that was released before: its own equations hold as well."""
        named = {rest: ("rest", len(self.rests) + n) for n, rest in enumerate(other.rests)}
        self.rests |= {named[rest]: value for rest, value in other.rests.items()}
        self.equations += [
            {named.get(name, name): by for name, by in equation.items()}
            for equation in other.equations
        ]
        for key, value in other.values.items():
            self._link(key, value, other)
        self.values |= other.values
        self.ids |= other.ids
        self.people |= other.people
        self.same |= other.same
        self.reports |= other.reports

    def _link(self, old: Key, value: int, other: Grid) -> None:
        """What tells who holds both tables that two counts are of nearly the same persons."""
        report = other.reports[old.table]
        for new, now in self.values.items():
            here = new[1:] == old[1:] and self.reports[new.table] == report
            near = abs(now - value) < K
            if (near and here) or ((near or here) and self._within(new, old, other)):
                both = Grid(values={new: now, old: value}, rests=self.rests)
                both.add(*((new, [old]) if now >= value else (old, [new])))
                self.equations += both.equations
                self.same |= both.same

    def twins(self, key: Key) -> set[Key]:
        """Every name under which one count stands."""
        found, todo = {key}, [key]
        while todo:
            one = todo.pop()
            more = {b for a, b in self.same if a == one} - found
            found |= more
            todo += more
        return found

    def _within(self, new: Key, old: Key, other: Grid) -> bool:
        """Whether all persons of the one count are counted in the other."""
        mine, theirs = self.ids.get(new), other.ids.get(old)
        if mine is None or theirs is None or self.people[new] != other.people[old]:
            return False
        return mine <= theirs or theirs <= mine


def counts_of(report: Report) -> list[str]:
    """The columns that can be published: plain counts. Shares are made of them anew."""
    return [c.name for c in report.columns if c.kind == COUNT and c.name not in OF_A_RATE]


def rows_of(snapshot: Snapshot, detail: Detail) -> list[dict[str, Any]]:
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
    totals: Mapping[str, Mapping[str, int]] | None = None,
) -> Grid:
    """The counts of a snapshot, so divided. `totals`: rows of which others are to be shown."""
    report = report_of(snapshot)
    grid = Grid(reports={table: f"{report.slug} {snapshot.params.get('measure')}"})
    rows, columns = rows_of(snapshot, detail), counts_of(report)
    behind = snapshot.behind.cells([report.row_key(row) for row in rows])
    for row in rows:
        name = report.row_key(row)
        instead = (totals or {}).get(name)
        kept = {} if instead else behind.get(name, {})
        for column in columns:
            key = Key(table, name, column)
            grid.values[key] = (instead or row)[column]
            grid.people[key] = report.counted(name, column)
            ids = kept.get(column, kept.get(KEPT_AS.get(column, ""), Ids()))
            if len(ids) == grid.values[key]:
                grid.ids[key] = ids
        _columns(grid, report, table, name, columns)
    within = {part for _whole, parts in report.sums or () for part in parts}
    _places(grid, rows, columns, table)
    grid.totals = {key for key in grid.tops if key.column not in within}
    _programmes(grid, rows, columns, table)
    return grid


def _columns(grid: Grid, report: Report, table: str, row: str, columns: list[str]) -> None:
    """Within a row: what the report says of its columns, and what its persons say."""
    said = set()
    for whole, parts in report.sums or ():
        grid.add(Key(table, row, whole), [Key(table, row, part) for part in parts])
        said |= {(whole, part) for part in parts if len(parts) == 1}
    for whole in columns:
        for part in columns:
            a, b = Key(table, row, whole), Key(table, row, part)
            if a == b or (whole, part) in said or (part, whole) in said:
                continue
            mine, theirs = grid.ids.get(a, Ids()), grid.ids.get(b, Ids())
            if grid.people[a] == grid.people[b] and theirs <= mine and theirs:
                grid.add(a, [b])
                said.add((whole, part))


def _places(grid: Grid, rows: list[dict[str, Any]], columns: list[str], table: str) -> None:
    """A place is the sum of the places below it that have a row."""
    above = dict(Jurisdiction.objects.values_list("code", "parent__code"))
    there = {(row["jurisdiction"]["code"], row["programme"]) for row in rows}
    below: dict[tuple[str, Any], list[str]] = defaultdict(list)
    for code, programme in sorted(there, key=str):
        parent = above.get(code)
        while parent and (parent, programme) not in there:
            parent = above.get(parent)
        if parent:
            below[parent, programme].append(cell_key(code, programme))
        elif programme is None or (code, None) not in there:
            grid.tops |= {Key(table, cell_key(code, programme), c) for c in columns}
    for (code, programme), parts in below.items():
        for column in columns:
            whole = Key(table, cell_key(code, programme), column)
            grid.add(whole, [Key(table, part, column) for part in parts])


def _programmes(grid: Grid, rows: list[dict[str, Any]], columns: list[str], table: str) -> None:
    """All programmes are the sum of each."""
    each: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["programme"] is not None:
            code = row["jurisdiction"]["code"]
            each[code].append(cell_key(code, row["programme"]))
    for code, parts in each.items():
        for column in columns:
            whole = Key(table, cell_key(code, None), column)
            grid.add(whole, [Key(table, part, column) for part in parts])
