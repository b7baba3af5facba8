"""The submission as a page and as paper show it: sections of statements, each with its figures."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.catalogue.submission import LINES, PUBLISHED
from reports.submission.comparing import COMPARISONS
from reports.submission.entries import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import Snapshot


def statements(snapshot: Snapshot, rows: list[dict[str, object]]) -> dict[str, Any]:
    """What the template `reports/_submission.html` and the paper show."""
    return {"sections": _sections(snapshot, rows), "told": _told(rows)}


def _sections(snapshot: Snapshot, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Section, its statements, their lines: words ready to be shown."""
    opening = snapshot.opening
    by_id = {
        id_: [_line(opening, row) for row in some]
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


def _line(opening: set[tuple[str, str]], row: dict[str, Any]) -> dict[str, Any]:
    line, gone = LINES[row["measure"]], row.get("hidden", ())
    key = f"{row['measure']}|{row['figure']}"
    words = COMPARISONS[line.comparison] if line.comparison in {"gt", "about"} else ""
    return {
        "key": key,
        "what": line.what,
        "hidden": "value" in gone,
        "records": in_words(row["value"], line.unit),
        "published": in_words(line.value, line.unit),
        "how": words,
        "agrees": row["agrees"],
        "counts": [
            {"of": of, "value": row[of], "opens": (key, of) in opening}
            for of in ("k", "n")
            if of not in gone and row[of] is not None
        ],
        "interval": _interval(row),
        "note": row["note"],
    }


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
