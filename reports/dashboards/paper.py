"""A dashboard on paper: the same figures and pictures, set by `reports/paper/dashboard.typ`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import refusals
from core.services import Refused
from reports.base import DAYS, SHARE
from reports.dashboards.page import board
from reports.dashboards.page import facts as facts_of
from reports.dashboards.vectors import curve_svg, key_svg, map_svg
from reports.disclosure import RANK_MIN
from reports.exports import mark_of, named
from reports.paper import as_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from reports.dashboards.declared import Dashboard
    from reports.dashboards.questions import DashboardQuery


def paper(dashboard: Dashboard, asked: DashboardQuery, reader: User) -> HttpResponse:
    context = board(dashboard, asked, reader)
    if not context["computed"]:
        raise Refused(refusals.gettext("Nothing has been computed yet for these filters."))
    made = as_pdf("dashboard", sheet(dashboard, asked, context))
    name = named(dashboard.slug, asked.params.as_of, asked.params.as_json(), "pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def sheet(dashboard: Dashboard, asked: DashboardQuery, context: dict[str, Any]) -> dict[str, Any]:
    facts = "; ".join(f"{label}: {value}" for label, value in facts_of(asked))
    return {
        "title": str(dashboard.title),
        "lead": str(dashboard.lead),
        "language": (get_language() or "en").partition("-")[0],
        "facts": facts,
        "foot": _("%(title)s, as of %(day)s; %(mark)s")  # one line; the facts stand above
        % {
            "title": dashboard.title,
            "day": date_format(asked.params.as_of, "j M Y"),
            "mark": mark_of(asked.params.as_json()),
        },
        "tiles": [_tile(tile) for tile in context["tiles"]],
        "panels": [_panel(panel) for panel in context["panels"] if panel["picture"]],
        "trust_title": _("Can I trust this?"),
        "trust": [line["words"] for line in context["trust"]],
        "key": _("Dot: the rate. Bar: where the true rate is, 95 times in 100."),
        "few": _("Under %(least)s: the bar only, no rate.") % {"least": RANK_MIN},
    }


def _tile(tile: dict[str, Any]) -> dict[str, str]:
    cell = tile.get("cell")
    words = _("of %(n)s") % {"n": tile["n"]} if tile.get("k") is not None else ""
    return {"label": str(tile["label"]), "value": cell_text(cell) if cell else "–", "words": words}


def cell_text(cell: dict[str, Any]) -> str:
    """A cell of a table as text."""
    if cell["kind"] == "hidden":
        return _("hidden")
    if cell["kind"] == "interval":
        return "–" if cell["low"] is None else _interval(cell)
    if cell["kind"] == "money":
        return "; ".join(f"{currency} {amount}" for currency, amount in cell["amounts"]) or "–"
    if cell.get("few"):
        return _("too few")
    return _value(cell["value"], cell.get("unit", ""))


def _value(value: object, unit: str) -> str:
    if value is None:
        return "–"
    if unit == SHARE:
        return f"{value:.1f} %"
    if unit == DAYS:
        return _("%(days)s days") % {"days": value}
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _interval(cell: dict[str, object]) -> str:
    unit = " %" if cell["unit"] == SHARE else ""
    return f"{cell['low']:.0f}–{cell['high']:.0f}{unit}"


def _panel(part: dict[str, Any]) -> dict[str, Any]:
    picture, panel = part["picture"], part["panel"]
    values: dict[str, Any] = {
        "kind": picture["drawn_as"],
        "title": str(panel.title),
        "sentence": picture["sentence"],
        "source": _("%(report)s, as of %(day)s. %(definition)s")
        % {
            "report": part["report"].title,
            "day": date_format(part["snapshot"].as_of, "j M Y"),
            "definition": part["report"].definition,
        },
        "table": table_of(part["table"]),
    }
    return values | PARTS[picture["drawn_as"]](picture)


def _marks(picture: dict[str, Any]) -> dict[str, Any]:
    return {
        "marks": [
            {
                "name": ", ".join(filter(None, _names(mark))),
                "low": mark.get("low"),
                "high": mark.get("high"),
                "dot": mark.get("dot"),
                "words": _of(mark),
            }
            for mark in picture["marks"]
        ]
    }


def _names(mark: dict[str, Any]) -> tuple[str, ...]:
    apart = _("Not representative") if mark.get("apart") else ""
    return (*(mark.get(part, "") for part in ("group", "name", "detail")), apart)


def _of(mark: dict[str, object]) -> str:
    if not mark["n"]:
        return _("none yet")
    if mark["k"] is None:
        of = _("of %(n)s") % {"n": mark["n"]}
    else:
        of = _("%(k)s of %(n)s") % {"k": mark["k"], "n": mark["n"]}
    return of if mark["dot"] is None else f"{mark['dot']:.0f} %, {of}"


def _points(picture: dict[str, Any]) -> dict[str, object]:
    return {
        "marks": [
            {
                "name": str(point["year"]),
                "low": point.get("low"),
                "high": point.get("high"),
                "dot": point.get("dot"),
                "words": _("hidden") if point["hidden"] else _of({"dot": None} | point),
            }
            for point in picture["points"]
        ]
    }


def _bars(name: str, width: str, words: Any) -> Callable[[dict[str, object]], dict[str, object]]:
    def part(picture: dict[str, Any]) -> dict[str, Any]:
        rows = picture.get("bars", picture.get("marks", []))
        bars = [
            {"name": str(row[name]), "width": row[width], "words": str(words(row))} for row in rows
        ]
        return {"bars": bars}

    return part


def _funnel(picture: dict[str, Any]) -> dict[str, object]:
    """Each stage with who left before it."""
    bars = []
    for bar in picture["bars"]:
        words = str(bar["k"])
        if bar["left"]:
            words = _("%(k)s; %(left)s left") % {"k": bar["k"], "left": bar["left"]}
        bars.append(
            {"name": str(bar["words"]), "width": bar["width"], "before": bar["before"]}
            | {"words": words}
        )
    return {"bars": bars}


def _columns(picture: dict[str, Any]) -> dict[str, object]:
    bars = [
        {
            "name": f"{chart['label']}, {bar['year']}",
            "width": bar["height"],
            "words": _("hidden") if bar["hidden"] else str(bar["value"]),
        }
        for chart in picture["charts"]
        for bar in chart["bars"]
    ]
    return {"bars": bars}


def _map(picture: dict[str, Any]) -> dict[str, object]:
    legend = [{"svg": key_svg(line["kind"]), "words": line["words"]} for line in picture["legend"]]
    off = ", ".join(picture["off"])
    return {
        "svg": map_svg(picture),
        "alt": picture["sentence"],
        "legend": legend,
        "off": _("Not on this map, in the table: %(places)s") % {"places": off} if off else "",
        "drawn": _("Boundaries: %(source)s, as drawn there; not a position on any border.")
        % {"source": picture["source"]},
    }


def _curves(picture: dict[str, Any]) -> dict[str, Any]:
    """Of too few there is no curve, only what the sentence says."""
    curves = [
        {
            "title": str(curve["title"]),
            "sentence": curve["sentence"],
            "svg": "" if curve.get("few") else curve_svg(curve),
            "years": _("%(years)s years") % {"years": curve["ticks"][-1]["years"]},
        }
        for curve in picture["panels"]
    ]
    key = _("Line: the share still open. Band: where it is, 95 times in 100.")
    return {"curves": curves, "curves_key": key}


PARTS: dict[str, Any] = {
    "forest": _marks,
    "shares": _marks,
    "rates": _points,
    "counts": _columns,
    "places": _bars("name", "width", lambda row: row["value"]),
    "funnel": _funnel,
    "reasons": _bars("label", "share", lambda row: f"{row['place']}, {row['count']}"),
    "map": _map,
    "survival": _curves,
}


def table_of(table: dict[str, Any]) -> dict[str, object]:
    """Head and lines as text."""
    if table["kind"] == "years":
        lines = [[str(row["year"]), *map(cell_text, row["cells"])] for row in table["rows"]]
        lines = [line for line in lines if len(line) > 1]
        return {"head": [_("Year"), *map(str, table["head"])], "lines": lines}
    if table["kind"] == "places":
        lines = [
            [place["name"], *map(cell_text, row["cells"])]
            for place in table["rows"]
            for row in place["rows"]
        ]
        return {"head": [_("Place"), *map(str, table["head"])], "lines": lines}
    lines = [
        [str(row["label"]), *map(str, row["own"]), *map(cell_text, row["cells"])]
        for row in table["rows"]
    ]
    return {"head": [str(table["first"]), *map(str, table["head"])], "lines": lines}
