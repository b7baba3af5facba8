"""Pictures of reports, drawn on the server; each stands above the table that says the same.

A chart is a function of this package's `CHARTS` and a template `reports/_chart_<name>.html`: the
function turns rows into geometry and words, the template into SVG without any inline style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.charts.forest import forest
from reports.charts.funnel import funnel
from reports.charts.reasons import reasons
from reports.charts.survival import survival

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.base import Report

Rows = list[dict[str, Any]]
Drawn = dict[str, Any]

# name -> the report, its rows as the reader may see them, what was asked
CHARTS: dict[str, Callable[[Report, Rows, Drawn], Drawn]] = {
    "forest": forest,
    "funnel": funnel,
    "survival": survival,
    "reasons": reasons,
}


def draw(report: Report, rows: Rows, asked: dict[str, object]) -> Drawn | None:
    """What the template of the report's chart draws; nothing where there is nothing to draw."""
    if not report.chart:
        return None
    drawn = CHARTS[report.chart](report, rows, asked)
    return {"template": f"reports/_chart_{report.chart}.html"} | drawn if drawn else None
