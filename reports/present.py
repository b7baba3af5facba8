"""A snapshot as its reader may see it: small counts hidden, rows behind a figure within scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from places.enums import JurisdictionLevel
from prosecutions.models import Suspect
from reports.base import REPORTS, rate
from reports.disclosure import RANK_MIN, hidden
from reports.tables import place_words
from victims.models import Involvement

if TYPE_CHECKING:
    from reports.base import Report
    from reports.models import Snapshot

MOST = 200


def rows_for(snapshot: Snapshot, reader: Any) -> list[dict[str, Any]]:
    """The rows; for a reader without row rights small counts of survivors are None below country.

    `hidden` names what is hidden in a row, so that nothing looks like a zero.
    """
    report = REPORTS[snapshot.report]
    if reader.has_perm(Perm.VICTIM_VIEW):
        return list(snapshot.rows)
    return [_masked(report, row) for row in snapshot.rows]


def _masked(report: Report, row: dict[str, Any]) -> dict[str, Any]:
    if row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY:
        return row
    small = {c.name for c in report.columns if c.survivors and hidden(row[c.name])}
    if not small:
        return row
    if small & {"k", "n"}:  # a rate, or the other of the two, would give the hidden one away
        small |= {name for name in rate(0, 0) if name in row}
    return row | dict.fromkeys(small) | {"hidden": sorted(small)}


def behind(snapshot: Snapshot, cell: str, of: str, reader: Any) -> tuple[list[dict[str, Any]], int]:
    """The records behind a figure that this reader may open, and how many there are in all."""
    ids = snapshot.behind.get(cell, {}).get(of, [])
    report = REPORTS[snapshot.report]
    rows: Any
    if report.people == "victims.Victim":
        rows = Involvement.objects.visible_to(reader).filter(victim__in=ids)
    else:
        rows = Suspect.objects.visible_to(reader).filter(perpetrator__in=ids)
    shown = rows.select_related("case").order_by("case__reference", "code")[:MOST]
    return [
        {"code": row.code, "reference": row.case.reference, "case": str(row.case_id)}
        for row in shown
    ], len(ids)


def forest(
    rows: list[dict[str, Any]], programme: str | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """The rate of every place, and the names of those left out because their counts are hidden.

    A dot where n allows one, and its interval; by level, the highest first, those without a dot
    after them. A place without n stands last where something is pending there.
    """
    rows = [row for row in rows if row["programme"] == programme]
    shown = [_mark(row) for row in rows if row.get("n") or row.get("pending")]
    shown.sort(key=lambda m: (LEVELS.index(m["level"]), m["order"]))
    return shown, [row["jurisdiction"]["name"] for row in rows if "rate" in row.get("hidden", ())]


LEVELS = JurisdictionLevel.values


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
