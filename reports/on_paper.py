"""A report on one sheet of paper: its figure in large, its picture, its table, what is counted.

What does not fit a sheet is on the page and in the file: lines of narrower places, columns in which
nothing stands. A report with a layout of its own (the submission) is set by that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.base import COUNT, report_of
from reports.choices import asked_for
from reports.contents import entry_of, figure_at
from reports.dashboards.declared import Panel
from reports.dashboards.paper import PARTS, cell_text, table_of
from reports.dashboards.pictures import picture
from reports.dashboards.questions import Question, answers
from reports.dashboards.seen import Seen, of_interest
from reports.disclosure import RANK_MIN
from reports.exports import file_of, mark_of
from reports.paper import as_pdf
from reports.params import parse
from reports.present import rows_for
from reports.submission.paper import sheet as submission
from reports.tables import by_measure, by_place, cells_of, first_head, head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.base import Report
    from reports.models import Snapshot
    from reports.params import Params
    from reports.readers import Reporter

MOST_MARKS, MOST_ROWS = 20, 30  # drawn, and with the lines of the table; the rest is in the file
MOST_BESIDE = 5
Told = dict[str, Any]


def paper(snapshot: Snapshot, reader: User) -> HttpResponse:
    """The sheet as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{file_of(snapshot, "pdf")}"'}
    return HttpResponse(made(snapshot, reader), content_type="application/pdf", headers=headers)


def made(snapshot: Snapshot, reader: User | Reporter) -> bytes:
    """The sheet as a tagged PDF."""
    if report_of(snapshot).layout:
        return as_pdf("submission", submission(snapshot, rows_for(snapshot, reader)))
    return as_pdf("report", sheet(snapshot, reader))


def sheet(snapshot: Snapshot, reader: User | Reporter) -> Told:
    report, rows = report_of(snapshot), rows_for(snapshot, reader)
    seen = _seen(snapshot, report, rows)
    facts = "; ".join(f"{label}: {value}" for label, value in asked_for(snapshot.params))
    entry = entry_of(snapshot.report)
    table, panel = _table(seen), _panel(seen)
    drawn = len(panel.get("marks", ())) if panel else 0
    return {
        "title": str(report.title),
        "says": str(entry.says),
        "language": (get_language() or "en").partition("-")[0],
        "facts": facts,
        "foot": _foot(snapshot, report),
        "headline": _headline(seen, rows, reader),
        "beside": _beside(seen, entry.shows),
        "panel": panel,
        "table": table,
        "table_title": _("The figures"),
        "table_note": _note(seen, table, MOST_ROWS - drawn),
        "counted_title": _("What is counted (definition, version %(version)s)")
        % {"version": report.version},
        "definition": f"{report.definition} {_('Sealed cases are left out.')}",
        "key": _("Dot: the rate. Bar: where the true rate is, 95 times in 100."),
        "few": _("Under %(least)s: the bar only, no rate.") % {"least": RANK_MIN},
    }


def _foot(snapshot: Snapshot, report: Report) -> str:
    """One line, however long the facts are."""
    words = {
        "title": report.title,
        "day": date_format(snapshot.as_of, "j M Y"),
        "digest": snapshot.digest[:12],
        "mark": mark_of(snapshot.params),
    }
    return _("%(title)s, as of %(day)s, snapshot %(digest)s; %(mark)s") % words


def _seen(snapshot: Snapshot, report: Report, rows: list[Told]) -> Seen:
    """The report as a panel of its own."""
    shows = entry_of(snapshot.report).shows
    by_count = "places" if report.by_place and shows else ""
    options = {"measure": snapshot.params["measure"]} if snapshot.params.get("measure") else {}
    panel = Panel(
        "sheet",
        report.title,
        snapshot.report,
        report.chart or by_count,
        shows=() if report.chart else (shows,),
        options=options,
    )
    params = parse(snapshot.params)
    return Seen(panel, params, report, snapshot, of_interest(panel, rows, params))


def _headline(seen: Seen, rows: list[Told], reader: User | Reporter) -> Told | None:
    """The figure in large, with its interval, and beside the year before."""
    snapshot: Any = seen.snapshot
    figure: Any = figure_at(snapshot, seen.report, rows)
    if not figure:
        return None
    cell = figure["value"]
    label = seen.report.title if "rate" in _names(seen.report) else figure["label"]
    values: Told = {"label": str(label), "value": cell_text(cell), "mark": None, "change": ""}
    own = [str(word) for word in figure.get("own", ()) if word]
    if own:
        values["label"] = ", ".join([values["label"], *own])
    return values | _of_share(seen, figure, reader) | {"words": _words(seen.report, figure)}


def _names(report: Report) -> set[str]:
    return {column.name for column in report.columns}


def _words(report: Report, figure: Mapping[str, Any]) -> str:
    cell, interval = figure["value"], figure.get("interval")
    if cell["kind"] != "figure" or figure.get("n") is None or figure.get("k") is None:
        return ""
    words = {"k": figure["k"], "n": figure["n"], "unit": report.unit}
    of = _("%(k)s of %(n)s %(unit)s") % words
    if not interval or interval.get("low") is None or cell.get("few"):
        return of
    low, high = (cell_text(cell | {"value": interval[end]}) for end in ("low", "high"))
    words = {"of": of, "low": low, "high": high}
    return _("%(of)s; between %(low)s and %(high)s, 95 times in 100") % words


def _of_share(seen: Seen, figure: Mapping[str, Any], reader: User | Reporter) -> Told:
    cell, interval = figure["value"], figure.get("interval")
    if cell["kind"] != "figure" or cell.get("unit") != "share" or cell["value"] is None:
        return {}
    if cell.get("few") or not interval or interval.get("low") is None:
        return {}
    mark = {"low": interval["low"], "high": interval["high"], "dot": cell["value"]}
    return {"mark": mark, "change": _change(seen, cell["value"], reader)}


def year_before(slug: str, params: Params) -> Question | None:
    """The same of the year before, where a whole calendar year is asked for."""
    first, last = params.start, params.end
    if first is None or last is None or last >= params.as_of:
        return None
    if (first, last) != (date(first.year, 1, 1), date(first.year, 12, 31)):
        return None
    year = first.year - 1
    return Question(slug, replace(params, start=date(year, 1, 1), end=date(year, 12, 31)))


def _change(seen: Seen, now: float, reader: User | Reporter) -> str:
    """In points, where the year before is computed and has a rate."""
    snapshot: Any = seen.snapshot
    who: Any = reader
    before = year_before(snapshot.report, replace(seen.params, **_taken(seen)))
    last = answers(who, [before], dated=False).get(before.key()) if before else None
    if before is None or before.params.start is None or last is None:
        return ""
    figure: Any = figure_at(last, seen.report, rows_for(last, reader))
    cell = figure.get("value") if figure else None
    if not cell or cell.get("few") or cell.get("value") is None:
        return ""
    by = round(now) - round(cell["value"])
    words = {
        "points": f"{by:+d}".replace("-", "−") if by else "0",
        "year": before.params.start.year,
        "value": f"{cell['value']:.0f}",
        "k": figure["k"],
        "n": figure["n"],
    }
    return _("%(points)s points on %(year)s (%(value)s %%, %(k)s of %(n)s)") % words


def _taken(seen: Seen) -> Told:
    """The options that a question of this report has: those it was asked with."""
    snapshot: Any = seen.snapshot
    names = ("measure", "basis", "instance", "year", "audience")
    taken: Told = {name: snapshot.params.get(name) for name in names}
    param = snapshot.params.get("attribution")
    return taken | {"attribution": None if param is None else tuple(param)}


def _beside(seen: Seen, name: str) -> list[Told]:
    """Further counts over everything, of a report by place."""
    row, snapshot = seen.whole, seen.snapshot
    if row is None or snapshot is None:
        return []
    columns = [part for part in seen.report.columns if part.name != "high"]
    cells = zip(columns, cells_of(snapshot, seen.report, row), strict=True)
    counts = [
        {"label": str(column.label), "value": cell_text(cell)}
        for column, cell in cells
        if column.kind == COUNT and column.name not in {"k", "n", "low", name}
        if cell["kind"] == "hidden" or cell.get("value")
    ]
    return counts[:MOST_BESIDE]


def _panel(seen: Seen) -> Told | None:
    drawn = picture(seen) if seen.panel.picture else {}
    if not drawn:
        return None
    title = drawn.get("title") or seen.report.title
    values = {"title": str(title), "sentence": drawn["sentence"]}
    part: Told = PARTS[drawn["drawn_as"]](drawn)
    if "marks" in part:
        part["marks"] = part["marks"][:MOST_MARKS]
    return values | part


def _table(seen: Seen) -> Told:
    report, snapshot = seen.report, seen.snapshot
    if snapshot is None or not seen.rows:
        return {"head": [], "lines": [], "words": 1}
    if report.by_place:
        table: Told = {
            "kind": "places",
            "head": head(report),
            "rows": by_place(snapshot, report, seen.rows),
        }
    else:
        lines = by_measure(snapshot, report, seen.rows)
        table = {
            "kind": "measures",
            "first": first_head(report),
            "head": head(report),
            "rows": lines,
        }
    made: Told = table_of(table)
    words = 1 if report.by_place else 1 + len(table["rows"][0]["own"])
    return _without_empty(made) | {"words": words}


def _without_empty(table: Told) -> Told:
    """Columns in which something stands."""
    kept = [
        at
        for at in range(len(table["head"]))
        if at == 0 or any(line[at] not in {"–", "0", ""} for line in table["lines"])
    ]
    lines = [[line[at] for at in kept] for line in table["lines"]]
    return {"head": [table["head"][at] for at in kept], "lines": lines}


def _note(seen: Seen, table: Told, most: int) -> str:
    notes = []
    if any(row.get("hidden") for row in seen.rows):
        notes.append(_("Hidden: counts of survivors from 1 to 10, and what would give them away."))
    if seen.report.by_place and (more := len(table["lines"]) - most) > 0:
        del table["lines"][most:]
        notes.append(_("%(count)s more places are in the file.") % {"count": more})
    return " ".join(notes)
