"""Bars of a count by place, the most first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.languages import listed

if TYPE_CHECKING:
    from reports.dashboards.seen import Seen

MOST = 10


def places(seen: Seen) -> dict[str, object]:
    """Of the smallest kind of place that is shown; what does not fit stands in the table."""
    (name,) = seen.panel.shows
    levels = {row["jurisdiction"]["level"] for row in seen.rows}
    finest = next((level for level in ("city", "district", "state") if level in levels), "country")
    rows = [row for row in seen.rows if row["jurisdiction"]["level"] == finest]
    out = [row["jurisdiction"]["name"] for row in rows if name in row.get("hidden", ())]
    rows = sorted((row for row in rows if row.get(name)), key=lambda row: -row[name])
    if not rows and not out:
        return {}
    most = rows[0][name] if rows else 1
    bars = [
        {"name": row["jurisdiction"]["name"], "value": row[name], "width": row[name] * 100 / most}
        for row in rows[:MOST]
    ]
    column = next(column for column in seen.report.columns if column.name == name)
    return {
        "bars": bars,
        "label": column.label,
        "left_out": out,
        "more": max(0, len(rows) - MOST),
        "sentence": _sentence(bars, str(column.label)),
    }


def _sentence(bars: list[dict[str, Any]], label: str) -> str:
    if not bars:
        return _("Every count by place is hidden.")
    most = [bar["name"] for bar in bars if bar["value"] == bars[0]["value"]]
    if len(most) == len(bars) > 1:
        return ""  # of equals none is the most
    text = _("%(label)s: most in %(place)s, %(count)s.")
    if len(most) > 1:
        text = _("%(label)s: as many in %(place)s, %(count)s each.")
    return text % {"label": label, "place": listed(most), "count": bars[0]["value"]}
