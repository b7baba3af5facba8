"""A released table on a sheet of paper, in the language of whoever it goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.choices import asked_for, read_day
from reports.contents import entry_of
from reports.paper import as_pdf
from reports.publishing.tables import on_page

if TYPE_CHECKING:
    from reports.publishing.models import Release


def as_paper(release: Release) -> bytes:
    """The sheet as a tagged PDF."""
    return as_pdf("report", sheet(release))


def sheet(release: Release) -> dict[str, Any]:
    table = release.table
    parts = on_page(table)
    report, words = parts["report"], int(any(line["programme"] for line in parts["lines"]))
    head = [_("Place"), *([_("Programme")] if words else []), *parts["head"]]
    day: Any = read_day(table["as_of"])
    counted = _("What is counted (definition, version %(version)s)")
    return {
        "title": str(report.title),
        "says": str(entry_of(report.slug).says),
        "language": (get_language() or "en").partition("-")[0],
        "facts": "; ".join(f"{label}: {value}" for label, value in asked_for(table["params"])),
        "foot": f"{report.title}, {date_format(day, 'j M Y')}, {release.digest[:12]}",
        "headline": None,
        "beside": [],
        "panel": None,
        "table": {
            "head": head,
            "lines": [_line(line, with_programme=bool(words)) for line in parts["lines"]],
            "words": 1 + words,
        },
        "table_title": _("The figures"),
        "table_note": _note(parts["sealed"]),
        "counted_title": counted % {"version": table["version"]},
        "definition": str(
            report.definition if report.version == table["version"] else table["definition"]
        ),
    }


def _line(line: dict[str, Any], *, with_programme: bool) -> list[str]:
    programme = [str(line["programme"])] if with_programme else []
    return [line["place"], *programme, *map(_cell, line["cells"])]


def _cell(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return _("hidden")
    if "share" not in cell:
        return str(cell["value"])
    rate, low, high = cell["share"]
    return "–" if rate is None else f"{rate:.0f} % ({low:.0f}–{high:.0f} %)"


def _note(sealed: list[str]) -> str:
    hidden = _(
        "Counts from 1 to 10 are hidden, and so are others from which they could be worked out. "
        "Zeros are shown."
    )
    if not sealed:
        return f"{hidden} {_('Without sealed cases.')}"
    others = _("All other lines leave out sealed cases.")
    return f"{hidden} {_('With sealed cases:')} {', '.join(sealed)}. {others}"
