"""Which reports the dashboard shows, and what it says about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.jobs import silent_since
from core.models import Job
from places.enums import JurisdictionLevel
from reports.base import REPORTS, Report
from reports.charts import draw
from reports.choices import period_of
from reports.closed import asked
from reports.measures import Measures
from reports.models import Snapshot
from reports.present import may_open, rows_for
from reports.services import UNDER_WAY
from reports.tables import by_place, head, measured
from reports.whole import headline

if TYPE_CHECKING:
    from accounts.models import User

WIDE = (JurisdictionLevel.COUNTRY, JurisdictionLevel.STATE)  # narrower ones: on the report
COLUMNS = 5  # of each table; the rest on the report
ORDER = (
    "conviction-rate",
    "survivors-served",
    "rescues-and-victims",
    "attrition-funnel",
    "time-to-verdict",
)


def tiles(reader: User) -> list[dict[str, object]]:
    """One tile a report: its newest figures for this reader's scope, over all dates."""
    return [_tile(REPORTS[slug], reader) for slug in ORDER]


def _tile(report: Report, reader: User) -> dict[str, object]:
    overall = _overall(report, reader)
    run = Job.objects.filter(
        kind="report",
        requested_by=reader,
        state__in=UNDER_WAY,
        parameters__report=report.slug,
        parameters__params__contains=overall,
    ).first()
    tile: dict[str, Any] = {
        "report": report,
        "run": run,
        "silent_since": silent_since() if run else None,
        "snapshot": (
            Snapshot.objects.visible_to(reader)
            .filter(report=report.slug, params__contains=overall)
            .order_by("-created_at")
            .first()
        ),
    }
    if not (snapshot := tile["snapshot"]):
        return tile
    tile["period"] = period_of(snapshot) if snapshot.closed_for else ""
    return tile | _figures(snapshot, report, reader)


def _overall(report: Report, reader: User) -> dict[str, object]:
    """The parameters of everything, whatever the as-of day: over all dates, or the year that is
    over where only that is open to the reader."""
    params = asked({}, report, reader).as_json()
    return {name: value for name, value in params.items() if name != "as_of"}


def _figures(snapshot: Snapshot, report: Report, reader: User) -> dict[str, Any]:
    rows = rows_for(snapshot, reader)
    if isinstance(report, Measures):
        return {"figure": measured(snapshot, report, rows), "rows": rows}
    rows = [
        row for row in rows if row["programme"] is None and row["jurisdiction"]["level"] in WIDE
    ]
    return {
        "headline": headline(report, snapshot),
        "rows": rows,
        "picture": draw(report, rows, {}),
        "head": head(report)[:COLUMNS],
        "places": by_place(snapshot, report, rows),
        "masked": any(row.get("hidden") for row in rows),
        "may_open": may_open(report, reader),
    }
