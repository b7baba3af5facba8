"""Dot and interval: the rate of every place, and how sure one can be of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from places.enums import JurisdictionLevel
from reports.disclosure import RANK_MIN
from reports.tables import place_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.base import Report

LEVELS = JurisdictionLevel.values


def forest(
    report: Report, rows: list[dict[str, Any]], asked: Mapping[str, object]
) -> dict[str, Any]:
    """The rate of every place, and the names of those left out because their counts are hidden.

    A dot where n allows one, and its interval; by level, the highest first, those without a dot
    after them. A place without n stands last where something is pending there.
    """
    rows = [row for row in rows if row["programme"] == asked.get("programme")]
    marks = [_mark(row) for row in rows if row.get("n") or row.get("pending")]
    marks.sort(key=lambda m: (LEVELS.index(m["level"]), m["order"]))
    out = [row["jurisdiction"]["name"] for row in rows if "rate" in row.get("hidden", ())]
    if not marks and not out:
        return {}
    return {
        "marks": marks,
        "left_out": out,
        "title": _("%(title)s, and how sure we can be") % {"title": report.title},
        "unit": report.unit,
        "least": RANK_MIN,
    }


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    mark = place_words(row["jurisdiction"]) | {
        "k": row["k"],
        "n": row["n"],
        "pending": row.get("pending"),
    }
    if not row["n"]:
        return mark | {"order": (2, 0)}
    ranked = row["n"] >= RANK_MIN
    return mark | {
        "low": row["low"] * 100,
        "high": row["high"] * 100,
        "dot": row["rate"] * 100 if ranked else None,
        "order": (0, -row["rate"]) if ranked else (1, -row["n"]),
    }
