"""The submission as a page and as paper show it: sections of statements, each with its figures."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.catalogue.submission import LINES, PUBLISHED
from reports.submission.comparing import NEAR
from reports.submission.entries import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import Snapshot


def statements(
    snapshot: Snapshot, rows: list[dict[str, object]], *, opens: bool = False
) -> dict[str, Any]:
    """What the template `reports/_submission.html` and the paper show. `opens`: a count leads to
    the rows behind it."""
    return {"sections": _sections(snapshot, rows, opens), "told": _told(rows)}


def _sections(
    snapshot: Snapshot, rows: list[dict[str, object]], opens: bool
) -> list[dict[str, object]]:
    """Section, its statements, their lines: words ready to be shown."""
    behind = reverse("reports:behind", args=[snapshot.pk]) if opens else ""
    opening = snapshot.opening if opens else set()
    by_id = {
        id_: [_line(opening, behind, row) for row in some]
        for id_, some in groupby(rows, key=lambda row: row["figure"])
    }
    return [
        {
            "name": name,
            "statements": [_statement(statement, by_id[statement["id"]]) for statement in some],
        }
        for name, some in groupby(PUBLISHED, key=lambda statement: statement["section"])
    ]


def _statement(published: dict[str, Any], lines: list[dict[str, object]]) -> dict[str, Any]:
    notes = list(dict.fromkeys(line["note"] for line in lines if line["note"]))
    return {
        "id": published["id"],
        "claim": published["claim"],
        "definition": ENTRIES[published["id"]].definition,
        "lines": lines,
        "notes": notes,
    }


def _line(opening: set[tuple[str, str]], behind: str, row: dict[str, Any]) -> dict[str, Any]:
    line, gone = LINES[row["measure"]], row.get("hidden", ())
    key = f"{row['measure']}|{row['figure']}"
    published = in_words(line.value, line.unit)
    counts = [
        _count(row[of], line.what, (key, of), behind if (key, of) in opening else "")
        for of in ("k", "n")
        if of not in gone and row[of] is not None
    ]
    return {
        "what": line.what,
        "hidden": "value" in gone,
        "records": in_words(row["value"], line.unit),
        "published": published and NEAR.get(line.comparison, "%(figure)s") % {"figure": published},
        "agrees": row["agrees"],
        "counts": _counted(counts),
        "interval": _interval(row),
        "note": row["note"],
    }


def _count(value: int, what: str, cell: tuple[str, str], behind: str) -> str:
    """A count; as a link to the rows `behind` it, which says what is counted."""
    if not behind:
        return str(value)
    key, of = cell
    return format_html(
        '<a class="behind" href="{}?{}">{}<span class="vh">, {}</span></a>',
        *(behind, urlencode({"cell": key, "of": of}), value, what),
    )


def _counted(counts: list[str]) -> str:
    """One count, or how many of how many."""
    if len(counts) < len(("k", "n")):
        return "".join(counts)
    part, whole = map(conditional_escape, counts)
    return SafeString(_("%(k)s of %(n)s") % {"k": part, "n": whole})


def _interval(row: dict[str, Any]) -> str:
    if row["low"] is None or row["high"] is None:
        return ""
    low, high = (_percent(row[end]) for end in ("low", "high"))
    return _("95 %% interval %(low)s to %(high)s %%") % {"low": low, "high": high}


def _percent(share: float) -> str:
    """To one decimal; Django's own formatting would cut the rest off instead of rounding."""
    return number_format(round(share * 100, 1), 1)


def in_words(value: Any, unit: str) -> str:
    """A figure in its unit; empty where there is none."""
    if value is None or isinstance(value, str):
        return value or ""
    if unit == "share":
        return f"{_percent(value)} %"
    if unit == "year":
        return str(value)
    if unit == "months":
        return ngettext("%(months)d month", "%(months)d months", value) % {"months": value}
    if unit == "years":
        return _("%(years)s years") % {"years": number_format(round(value, 1))}
    return f"{number_format(value, force_grouping=True)} {unit}"


def _told(rows: Iterable[dict[str, Any]]) -> list[dict[str, object]]:
    """How many figures agree, do not, have no record, or are words without a number."""
    counts = {"yes": 0, "no": 0, "words": 0, "silent": 0}
    for row in rows:
        if row["value"] is None:
            counts["silent"] += 1
        else:
            counts[{True: "yes", False: "no", None: "words"}[row["agrees"]]] += 1
    words = {
        "yes": (_("agree with the records"), "ok"),
        "no": (_("do not agree"), "danger"),
        "words": (_("are words without a number to compare"), ""),
        "silent": (_("have no record"), "warn"),
    }
    return [
        {"count": counts[name], "words": text, "tone": tone} for name, (text, tone) in words.items()
    ]
