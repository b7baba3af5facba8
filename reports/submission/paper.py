"""The submission on paper: the words of the page, for the sheet `reports/paper/submission.typ`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.base import report_of
from reports.exports import mark_of
from reports.submission.page import statements

if TYPE_CHECKING:
    from reports.models import Snapshot


def sheet(snapshot: Snapshot, rows: list[dict[str, object]]) -> dict[str, Any]:
    report = report_of(snapshot)
    day = date_format(snapshot.as_of, "j M Y")
    context = statements(snapshot, rows)
    return {
        "title": str(report.title),
        "language": (get_language() or "en").partition("-")[0],
        "facts": _("As of %(day)s. Sealed cases are left out. Definition, version %(version)s.")
        % {"day": day, "version": snapshot.report_version},
        "definition": str(report.definition),
        "foot": _("As of %(day)s, snapshot %(digest)s; %(mark)s")
        % {"day": day, "digest": snapshot.digest[:12], "mark": mark_of(snapshot.params)},
        "heads": [_("Figure"), _("The records say"), _("The text says"), _("Agrees")],
        "told": [line for line in context["told"] if line["count"]],
        "sections": [
            {
                "name": section["name"],
                "statements": [
                    statement
                    | {
                        "definition": str(statement["definition"]),
                        "lines": [_line(line) for line in statement["lines"]],
                    }
                    for statement in section["statements"]
                ],
            }
            for section in context["sections"]
        ],
    }


def _line(line: dict[str, Any]) -> dict[str, str]:
    tone, verdict = _verdict(line)
    return {
        "what": line["what"],
        "records": _("hidden") if line["hidden"] else line["records"] or _("no record"),
        "beside": ", ".join(filter(None, (line["counts"], line["interval"]))),
        "published": line["published"] or "–",
        "tone": tone,
        "verdict": verdict,
    }


def _verdict(line: dict[str, object]) -> tuple[str, str]:
    if line["agrees"] is not None:
        return ("agrees", _("agrees")) if line["agrees"] else ("differs", _("does not agree"))
    return ("words", _("in words")) if line["records"] else ("silent", _("no record"))
