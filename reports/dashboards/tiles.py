"""The figures in large above the pictures, each with the line of its years where there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format

from reports.base import REPORTS, SHARE
from reports.dashboards.questions import narrowed
from reports.disclosure import RANK_MIN
from reports.measures import Measures
from reports.present import rows_for
from reports.tables import cells_of
from reports.whole import whole

if TYPE_CHECKING:
    from reports.base import Column
    from reports.dashboards.declared import Dashboard, Tile
    from reports.dashboards.questions import Answers
    from reports.dashboards.seen import Row, Seen
    from reports.models import Snapshot
    from reports.params import Params

FEWEST = 2  # years of a line


def tiles(
    dashboard: Dashboard, params: Params, found: Answers, seen: list[Seen], reader: Any
) -> list[dict[str, Any]]:
    by_code = {one.panel.code: one for one in seen}
    return [_tile(tile, params, found, by_code, reader) for tile in dashboard.tiles]


def _tile(
    tile: Tile, params: Params, found: Answers, seen: dict[str, Seen], reader: Any
) -> dict[str, Any]:
    report = REPORTS[tile.report]
    snapshot = found.get((tile.report, narrowed(report, params, {})))
    told: dict[str, Any] = {"label": tile.label, "report": report, "snapshot": snapshot}
    if snapshot is None:
        return told
    report = report.variant(snapshot.params.get("measure"))
    rows = rows_for(snapshot, reader)
    if isinstance(report, Measures):
        told |= _measured(report, snapshot, rows, tile.shows)
    else:
        told |= _by_place(report, snapshot, rows, tile.shows)
    if tile.line:
        told["line"] = _line(seen[tile.line[0]], tile.line[1])
    return told


def _by_place(report: Any, snapshot: Snapshot, rows: list[Row], name: str) -> dict[str, Any]:
    row = whole(report, snapshot, rows)
    if row is None:
        return {"cell": None}
    column = next(column for column in report.columns if column.name == name)
    return _figure(report, snapshot, row, column)


def _measured(report: Measures, snapshot: Snapshot, rows: list[Row], key: str) -> dict[str, Any]:
    row = next((row for row in rows if report.row_key(row) == key), None)
    if row is None:
        return {"cell": None}
    column = next(column for column in report.columns if column.name == "value")
    return _figure(report, snapshot, row, column)


def _figure(report: Any, snapshot: Snapshot, row: Row, column: Column) -> dict[str, Any]:
    """The cell of the column; of a share also what it is of, and where it lies."""
    shown = [one for one in report.columns if one.name != "high"]
    cells = dict(zip((one.name for one in shown), cells_of(snapshot, report, row), strict=True))
    cell = cells[column.name]
    told = {"cell": cell, "k": row.get("k"), "n": row.get("n")}
    if cell["kind"] == "count" and cell["value"] is not None:
        told["shown"] = number_format(cell["value"], force_grouping=True)
    if cell.get("unit") == SHARE and not cell.get("few"):
        told["interval"] = cells["low"]
    return told


def _line(seen: Seen, name: str) -> list[dict[str, float]] | None:
    """Heights of the latest years, the most at the top; a year without a figure has no point."""
    years: list[tuple[Any, Row | None]] = [(one.year, one.row) for one in seen.years]
    if not years:
        rows = [row for row in seen.rows if row.get("year") is not None]
        years = sorted(((row["year"], row) for row in rows), key=lambda one: str(one[0]))
    values = [_value(row, name) for _year, row in years]
    most = max((value for value in values if value), default=0)
    across = 100 / max(1, len(values) - 1)
    points = [
        {"x": round(at * across, 2), "y": round(20 - value * 18 / most, 2)}
        for at, value in enumerate(values)
        if value is not None and most
    ]
    return points if len(points) >= FEWEST else None


def _value(row: Row | None, name: str) -> float | None:
    """Of a rate nothing where there are too few."""
    if row is None or (name in {"rate", "value"} and (row.get("n") or 0) < RANK_MIN):
        return None
    value: float | None = row.get(name)
    return value
