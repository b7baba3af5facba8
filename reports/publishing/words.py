"""Why a table cannot leave: which count it would tell, from which tables, and what to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.enums import Programme
from core import refusals
from core.refusals import Words, together
from reports.base import DEPTHS, report_of
from reports.choices import period_words
from reports.disclosure import hidden
from reports.publishing.grid import Days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reports.publishing.grid import Grid
    from reports.publishing.keys import Key
    from reports.publishing.suppression import Open

MOST = 8  # groups, or tables, named in a refusal


def why_open(open_: Sequence[Open], new: Grid, before: Iterable[Grid]) -> Words:
    """Of counts that could be worked out: from what, and how to ask instead."""
    rows = {key.row for gap in open_ for key in gap.keys}
    rows = rows or {key.row for gap in open_ for key in gap.follows if not key.table}
    sentences: list[str] = [
        refusals.gettext(
            "This table cannot be made safe: a count from 1 to 10 could be worked out. "
            "Merge groups: %(groups)s. Choose wider places, or do not divide by programme."
        )
        % {"groups": _listed(_names(new, rows))}
    ]
    tables = {table.table: table for table in (new, *before)}
    first = next((gap for gap in open_ if gap.tables), None)
    if first:
        sources = [table for table in tables.values() if table.table in first.tables]
        sentences.append(
            _(
                "Together with figures released before, it would show by how few people they "
                "differ: %(told)s."
            )
            % {"told": _listed(_table(table) for table in sources)}
        )
        sentences += _left_over(first, tables)
        sentences.append(
            _(
                "Leave this table out. Or choose days, places and programmes that were released "
                "before, or ones that have nobody in common with them."
            )
        )
    return together(sentences)


def nothing_left(grid: Grid) -> Words:
    small = {key.row for key, value in grid.values.items() if hidden(value)}
    return refusals.gettext(
        "Every count of this table would be hidden. Merge groups: %(groups)s. "
        "Choose wider places or a longer period."
    ) % {"groups": _listed(_names(grid, small))}


def _left_over(gap: Open, tables: dict[str, Grid]) -> list[str]:
    """Who would be set apart: those of one count who are not in the others."""
    inside = [k for k in gap.follows if gap.person in tables[k.table].ids.get(k, ())]
    outside = [k for k in gap.follows if k not in inside and k in tables[k.table].ids]
    if not (gap.person and inside and outside):
        return []
    widest = min(inside, key=lambda key: (tables[key.table].values[key], key))
    cells = sorted({_cell(tables[key.table], key) for key in outside})
    words = _("It would single out those of %(whole)s who are not in: %(parts)s.")
    lines = [words % {"whole": _cell(tables[widest.table], widest), "parts": _listed(cells)}]
    days = _days_between(
        [tables[key.table].days for key in inside],
        [tables[key.table].days for key in outside if key[1:] == widest[1:]],
    )
    if days:
        lines.append(_("These are the days %(days)s.") % {"days": _days(days)})
    return lines


def _days_between(inside: Iterable[Days], outside: Iterable[Days]) -> Days | None:
    """The days of all of the first that are in none of the others, where these are one stretch."""
    first = max(days.first or date.min for days in inside)
    last = min(days.last for days in inside)
    whole, taken = Days(first, last), sorted(outside, key=lambda days: days.first or date.min)
    free, day = [], whole.first or date.min
    for days in [stretch for stretch in taken if stretch.meets(whole)]:
        if (days.first or date.min) > day:
            free.append(Days(day, (days.first or date.min) - timedelta(days=1)))
        day = max(day, days.last + timedelta(days=1))
    if day <= last:
        free.append(Days(day, last))
    return free[0] if len(free) == 1 and free[0] != whole else None


def _table(grid: Grid) -> str:
    """A table that was told, and when."""
    words = _("%(report)s, %(days)s (released on %(day)s)")
    day = date_format(grid.told_on, "j M Y") if grid.told_on else ""
    return words % {
        "report": report_of(grid.snapshot).title,
        "days": _days(grid.days),
        "day": day,
    }


def _cell(grid: Grid, key: Key) -> str:
    column = next(c.label for c in report_of(grid.snapshot).columns if c.name == key.column)
    return ", ".join([*_names(grid, {key.row}), str(column), _days(grid.days)])


def _days(days: Days) -> str:
    first = None if days.first in {None, date.min} else days.first
    return str(period_words(first, days.last))


def _names(grid: Grid, rows: Collection[str]) -> list[str]:
    """The rows in words, narrower places first: those are what can be merged."""
    report, programmes = report_of(grid.snapshot), dict(Programme.choices)
    named = []
    for row in grid.snapshot.rows:
        if report.row_key(row) in rows:
            place, code = row["jurisdiction"], row["programme"]
            words = f"{place['name']}, {programmes[code]}" if code else place["name"]
            named.append((-DEPTHS[place["level"]], words))
    return [words for _depth, words in sorted(named, key=lambda pair: pair[0])]


def _listed(words: Iterable[str]) -> str:
    return "; ".join(list(dict.fromkeys(words))[:MOST])
