"""Which reports the dashboard shows, and what it says about each."""

from __future__ import annotations

from typing import Any

from core.jobs import silent_since
from core.models import Job
from reports.base import REPORTS, Report
from reports.models import Snapshot
from reports.params import Params
from reports.present import forest, rows_for
from reports.services import UNDER_WAY

ORDER = ("conviction-rate", "survivors-served", "rescues-and-victims")


def tiles(reader: Any) -> list[dict[str, Any]]:
    """One tile a report: its newest figures for this reader's scope, over all dates."""
    return [_tile(REPORTS[slug], reader) for slug in ORDER]


def _tile(report: Report, reader: Any) -> dict[str, Any]:
    snapshots = Snapshot.objects.visible_to(reader)
    overall = Params().as_json() | {"as_of": None}
    del overall["as_of"]
    snapshot = (
        snapshots.filter(report=report.slug, params__contains=overall)
        .order_by("-created_at")
        .first()
    )
    tile: dict[str, Any] = {"report": report, "snapshot": snapshot}
    if snapshot is None:
        waiting = Job.objects.filter(
            kind="report",
            requested_by=reader,
            state__in=UNDER_WAY,
            parameters__report=report.slug,
        ).first()
        return tile | {"run": waiting, "silent_since": silent_since() if waiting else None}
    rows = rows_for(snapshot, reader)
    countries = [r for r in rows if r["programme"] is None]
    return tile | {
        "forest": forest(rows) if any(c.name == "rate" for c in report.columns) else [],
        "rows": [
            {"place": r["jurisdiction"], "values": [r[c.name] for c in report.columns]}
            for r in countries
        ],
    }
