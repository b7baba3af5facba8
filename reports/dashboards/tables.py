"""The table of a panel: for the page, in words, and for a file, in codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.exports import as_table, mark_in_file
from reports.tables import by_measure, by_place, cells_of, first_head, head

if TYPE_CHECKING:
    from reports.dashboards.seen import Seen, Year


def on_page(seen: Seen) -> dict[str, object]:
    """What `templates/dashboards/_table.html` shows."""
    snapshot, report = seen.snapshot, seen.report
    if snapshot is None:
        return {}
    if seen.years:
        rows = [_year_on_page(year, seen) for year in seen.years]
        return {"kind": "years", "head": head(report), "rows": rows}
    if report.by_place:
        return {
            "kind": "places",
            "head": head(report),
            "rows": by_place(snapshot, report, seen.rows),
        }
    rows = by_measure(snapshot, report, seen.rows)
    return {"kind": "measures", "first": first_head(report), "head": head(report), "rows": rows}


def _rows(year: Year) -> list[dict[str, object]]:
    return [year.row] if year.row else []


def _year_on_page(year: Year, seen: Seen) -> dict[str, object]:
    rows = _rows(year)
    cells = cells_of(year.snapshot, seen.report, rows[0]) if rows else []
    return {"year": year.year, "so_far": year.so_far, "cells": cells}


def in_file(seen: Seen) -> list[list[object]]:
    """A head and a line for each row, the year first where there are years; last, for whom."""
    mark = mark_in_file(seen.snapshot.params) if seen.snapshot else ""
    if not seen.years:
        return as_table(seen.report, seen.rows, mark)
    years = [year for year in seen.years if year.row]
    first, *lines = as_table(seen.report, [row for year in years for row in _rows(year)], mark)
    named = ([year.year, *line] for year, line in zip(years, lines, strict=True))
    return [["year", *first], *named]
