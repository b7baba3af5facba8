"""Why hearings were adjourned: a bar for every reason, of all adjourned hearings of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from places.enums import JurisdictionLevel
from prosecutions.enums import Adjournment
from reports.disclosure import RANK_MIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.base import Report

NO_REASON = "no_reason"


def reasons(
    report: Report, rows: list[dict[str, Any]], asked: Mapping[str, object]
) -> dict[str, Any]:
    """Of each country, or of the place asked for: the reasons given, the most frequent first.

    Places with fewer adjourned hearings than RANK_MIN are named and not drawn.
    """
    place = asked.get("jurisdiction")
    lines = [
        row
        for row in rows
        if row["programme"] == asked.get("programme")
        and row["adjourned"]
        and (row["jurisdiction"]["code"] == place if place else _is_country(row))
    ]
    if not lines:
        return {}
    return {
        "marks": [mark for row in lines if _enough(row) for mark in _marks(row)],
        "left_out": [row["jurisdiction"]["name"] for row in lines if not _enough(row)],
        "title": _("Why hearings were adjourned"),
        "least": RANK_MIN,
    }


def _enough(row: dict[str, Any]) -> bool:
    return bool(row["adjourned"] >= RANK_MIN)


def _is_country(row: dict[str, Any]) -> bool:
    return bool(row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY)


def _marks(row: dict[str, Any]) -> list[dict[str, object]]:
    words = dict(Adjournment.choices) | {NO_REASON: _("No reason given")}
    counts = {code: row[code] for code in words if row[code]}  # two may have one word
    of = row["adjourned"]
    return [
        {
            "place": row["jurisdiction"]["name"],
            "label": words[code],
            "count": counts[code],
            "of": of,
            "share": counts[code] / of * 100,
        }
        for code in sorted(counts, key=lambda code: -counts[code])
    ]
