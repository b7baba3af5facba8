"""The figures in large above the pictures, each with the line of its years where there are some."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format

from core.days import clock
from reports.base import REPORTS, SHARE
from reports.dashboards.questions import narrowed, other_period
from reports.disclosure import RANK_MIN
from reports.measures import Measures
from reports.present import rows_for
from reports.tables import cells_of, since
from reports.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.base import Column, Report
    from reports.dashboards.declared import Dashboard, Tile
    from reports.dashboards.questions import Answers
    from reports.dashboards.seen import Row, Seen
    from reports.models import Snapshot
    from reports.params import Params

FEWEST = 2  # years of a line
RATES = frozenset({"rate", "value"})


def tiles(
    dashboard: Dashboard, params: Params, snapshots: Answers, seen: list[Seen], reader: User
) -> list[dict[str, object]]:
    return _each(dashboard.tiles, params, snapshots, seen, reader)


def watched(
    dashboard: Dashboard, params: Params, snapshots: Answers, reader: User
) -> list[dict[str, object]]:
    return _each(dashboard.watches, params, snapshots, [], reader)


def _each(
    tiles: Iterable[Tile], params: Params, snapshots: Answers, seen: list[Seen], reader: User
) -> list[dict[str, object]]:
    by_code = {part.panel.code: part for part in seen}
    return [_tile(tile, params, snapshots, by_code, reader) for tile in tiles]


def _tile(
    tile: Tile, params: Params, snapshots: Answers, seen: dict[str, Seen], reader: User
) -> dict[str, object]:
    report = REPORTS[tile.report]
    asked = narrowed(report, params, {})
    snapshot = snapshots.get((tile.report, asked))
    context: dict[str, Any] = {"label": tile.label, "report": report, "snapshot": snapshot}
    context["period"] = other_period(asked, params)
    if snapshot is None:
        return context
    report = report.variant(snapshot.params.get("measure"))
    rows = rows_for(snapshot, reader)
    if isinstance(report, Measures):
        context |= _measured(report, snapshot, rows, tile.shows)
    else:
        context |= _by_place(report, snapshot, rows, tile.shows)
    if tile.line:
        panel, name = seen[tile.line[0]], tile.line[1]
        years = _by_year(panel, name)
        context |= {"line": _line(years), "change": _change(panel, years, name)}
    return context


def figure_of(report: Report, snapshot: Snapshot, rows: list[Row], name: str) -> dict[str, object]:
    """One column of a report by place over everything, as `reports.tables.measured` says the one
    figure of a report that is not."""
    figure = _by_place(report, snapshot, rows, name)
    label = next(column.label for column in report.columns if column.name == name)
    return {"label": label, "value": figure["cell"]} | figure if figure["cell"] else {}


def _by_place(report: Report, snapshot: Snapshot, rows: list[Row], name: str) -> dict[str, object]:
    row = whole(report, snapshot, rows)
    if row is None:
        return {"cell": None}
    column = next(column for column in report.columns if column.name == name)
    return _figure(report, snapshot, row, column)


def _measured(report: Measures, snapshot: Snapshot, rows: list[Row], key: str) -> dict[str, object]:
    row = next((row for row in rows if report.row_key(row) == key), None)
    if row is None:
        return {"cell": None}
    column = next(column for column in report.columns if column.name == "value")
    return _figure(report, snapshot, row, column)


def _figure(report: Any, snapshot: Snapshot, row: Row, column: Column) -> dict[str, object]:
    """The cell of the column; of a share also what it is of, and where it lies."""
    columns = [part for part in report.columns if part.name != "high"]
    cells = dict(zip((part.name for part in columns), cells_of(snapshot, report, row), strict=True))
    cell = cells[column.name]
    figure = {"cell": cell, "k": row.get("k"), "n": row.get("n"), "since": since(snapshot, row)}
    if cell["kind"] == "count" and cell["value"] is not None:
        figure["shown"] = number_format(cell["value"], force_grouping=True)
    if cell.get("unit") == SHARE and not cell.get("few"):
        figure["interval"] = cells["low"]
    return figure


def _by_year(seen: Seen, name: str) -> dict[int, float | None]:
    """The figure of each year that is drawn; None where there is none to show."""
    years: list[tuple[int, Row | None]] = [(point.year, point.row) for point in seen.years]
    if not years:
        years = [(int(row["year"]), row) for row in seen.rows if row.get("year") is not None]
    return {year: _value(row, name) for year, row in sorted(years, key=lambda point: point[0])}


def _line(years: dict[int, float | None]) -> list[dict[str, float]] | None:
    """Heights of the latest years, the most at the top; a year without a figure has no point."""
    most = max((value for value in years.values() if value), default=0)
    across = 100 / max(1, len(years) - 1)
    points = [
        {"x": round(at * across, 2), "y": round(20 - value * 18 / most, 2)}
        for at, value in enumerate(years.values())
        if value is not None and most
    ]
    return points if len(points) >= FEWEST else None


def _change(seen: Seen, years: dict[int, float | None], name: str) -> dict[str, object] | None:
    """The last whole year beside the whole year before it: in points of a rate, else in percent.

    None where one of the two is not whole, not shown, or too small for a percentage.
    """
    if seen.snapshot is None:
        return None
    params = seen.params
    yesterday = clock.today() - timedelta(days=1)  # on its last day a year is not over
    last = min(params.end or yesterday, seen.snapshot.as_of, yesterday)
    year = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    now, before = years.get(year), years.get(year - 1)
    if now is None or before is None or (params.start and params.start > date(year - 1, 1, 1)):
        return None
    if name in RATES:
        by, unit = round((now - before) * 100), "points"
    elif before >= RANK_MIN:
        by, unit = round((now / before - 1) * 100), "percent"
    else:
        return None
    signed = f"{by:+d}".replace("-", "−") if by else "0"
    return {"year": year, "before": year - 1, "by": by, "counted_in": unit, "signed": signed}


def _value(row: Row | None, name: str) -> float | None:
    """Of a rate nothing where there are too few."""
    if row is None or (name in RATES and (row.get("n") or 0) < RANK_MIN):
        return None
    value: float | None = row.get(name)
    return value
