"""Year by year: a rate with its interval, or counts side by side, each with a scale of its own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from reports.dashboards.pictures.sentences import percent
from reports.disclosure import RANK_MIN

if TYPE_CHECKING:
    from reports.base import Column
    from reports.dashboards.seen import Row, Seen, Year

LATEST = 6


def rates(seen: Seen) -> dict[str, object]:
    """A dot and an interval for every year with a denominator; under RANK_MIN the interval only."""
    points = [_point(year) for year in seen.years]
    across = 100 / len(points) if points else 0
    for at, point in enumerate(points):
        point["x"] = (at + 0.5) * across
    if not any(point["n"] for point in points):
        return {}
    return {
        "points": points,
        "line": _line(points),
        "least": RANK_MIN,
        "sentence": _of_rates([point for point in points if point.get("dot") is not None]),
    }


def _point(year: Year) -> dict[str, object]:
    row = year.row
    point: dict[str, Any] = {"year": year.year, "so_far": year.so_far}
    point |= {"k": None, "n": 0, "hidden": False}
    if row is None:
        return point
    point |= {"k": row["k"], "n": row["n"] or 0, "hidden": bool(row.get("hidden"))}
    if row["n"] and row["low"] is not None:
        low, high = row["low"] * 100, row["high"] * 100
        point |= {"low": low, "high": high, "top": 100 - high, "bottom": 100 - low}
        value = row["rate"] if "rate" in row else row["value"]
        point["dot"] = value * 100 if row["n"] >= RANK_MIN else None
        point["y"] = 100 - value * 100
    return point


def _line(points: list[dict[str, Any]]) -> list[dict[str, object]]:
    """From dot to dot of years that follow each other."""
    return [
        {"x1": point["x"], "y1": 100 - point["dot"], "x2": other["x"], "y2": 100 - other["dot"]}
        for point, other in pairwise(points)
        if point.get("dot") is not None and other.get("dot") is not None
    ]


def _of_rates(points: list[dict[str, Any]]) -> str:
    if not points:
        return _("In no year are enough counted for a rate.")
    last = points[-1]
    text = _("In %(year)s %(rate)s (%(k)s of %(n)s)") % _words(last)
    if last["so_far"]:
        text = _("In %(year)s so far %(rate)s (%(k)s of %(n)s)") % _words(last)
    if len(points) == 1:
        return f"{text}."
    before = points[-2]
    beside = _("in %(year)s %(rate)s (%(k)s of %(n)s)") % _words(before)
    apart = before["high"] < last["low"] or last["high"] < before["low"]
    if apart:
        return f"{text}; {beside}."
    return f"{text}; {beside}. {_('The bars overlap: the difference may be chance.')}"


def _words(point: dict[str, Any]) -> dict[str, object]:
    return point | {"rate": percent(point["dot"])}


def counts(seen: Seen) -> dict[str, Any]:
    """For each column that is shown its bars, the latest years on the far side."""
    rows = sorted(_years(seen), key=lambda row: str(row["year"]))[-LATEST:]
    columns = {column.name: column for column in seen.report.columns}
    charts = [_chart(columns[name], rows) for name in seen.panel.shows]
    charts = [chart for chart in charts if any(bar["value"] for bar in chart["bars"])]
    if not charts:
        return {}
    return {"charts": charts, "sentence": _of_counts(charts, seen)}


def _years(seen: Seen) -> list[Row]:
    return [row for row in seen.rows if row.get("year") is not None]


def _chart(column: Column, rows: list[Row]) -> dict[str, Any]:
    values = [row[column.name] or 0 for row in rows]
    most = max(values, default=0) or 1
    return {
        "label": column.label,
        "bars": [
            {
                "year": row["year"],
                "value": row[column.name],
                "hidden": column.name in row.get("hidden", ()),
                "height": value * 100 / most,
                "top": 100 - value * 100 / most,
            }
            for row, value in zip(rows, values, strict=True)
        ],
    }


def _of_counts(charts: list[dict[str, Any]], seen: Seen) -> str:
    parts = []
    for chart in charts:
        last = chart["bars"][-1]
        if last["value"] is not None:
            parts.append(f"{chart['label']}: {last['value']}")
    words = {"year": charts[0]["bars"][-1]["year"], "what": "; ".join(parts)}
    if words["year"] == seen.params.as_of.year:
        return _("%(year)s so far: %(what)s.") % words
    return _("%(year)s: %(what)s.") % words
