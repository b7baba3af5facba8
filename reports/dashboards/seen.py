"""What a reader sees of a panel: the newest snapshots, small counts hidden, rows of interest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from places.enums import JurisdictionLevel
from reports.dashboards.questions import questions_of
from reports.present import rows_for
from reports.whole import whole

if TYPE_CHECKING:
    from accounts.models import User
    from reports.base import Report
    from reports.dashboards.declared import Panel
    from reports.dashboards.questions import Answers
    from reports.models import Snapshot
    from reports.params import Params

WIDE = (JurisdictionLevel.COUNTRY, JurisdictionLevel.STATE)  # narrower ones: on the report
Row = dict[str, Any]


@dataclass(frozen=True)
class Year:
    """The whole of one year, or its one measure. `row` is None where nothing was counted."""

    year: int
    snapshot: Snapshot
    row: Row | None
    so_far: bool  # its last day is still to come


@dataclass(frozen=True)
class Seen:
    """A panel before its reader. Without a snapshot nothing has been computed yet."""

    panel: Panel
    params: Params
    report: Report
    snapshot: Snapshot | None
    rows: list[Row] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)

    @property
    def whole(self) -> Row | None:
        """The row over everything asked for."""
        if self.snapshot is None or not self.report.by_place:
            return None
        return whole(self.report, self.snapshot, self.rows)


def see(panel: Panel, params: Params, by_question: Answers, reader: User) -> Seen:
    asked = questions_of(panel, params)
    snapshots = [(question, by_question.get(question.key())) for question in asked]
    years = []
    if panel.by_year:
        years = [
            _year(question, panel, snapshot, reader) for question, snapshot in snapshots if snapshot
        ]
    last = next((snapshot for _one, snapshot in reversed(snapshots) if snapshot), None)
    rows = [] if last is None else of_interest(panel, rows_for(last, reader), params)
    return Seen(panel, params, panel.of, last, rows, years)


def _year(question: Any, panel: Panel, snapshot: Snapshot, reader: User) -> Year:
    rows = rows_for(snapshot, reader)
    if panel.of.by_place:
        row = whole(panel.of, snapshot, rows)
    else:
        row = next((row for row in rows if row["measure"] in panel.shows), None)
    return Year(question.year, snapshot, row, so_far=question.params.end > snapshot.as_of)


def of_interest(panel: Panel, rows: list[Row], params: Params) -> list[Row]:
    """Of a report by place one row a place, of another the measures that are drawn."""
    report: Any = panel.of
    if not report.by_place:
        measures = set(panel.shows) & set(report.measures) or set(report.measures)
        return [row for row in rows if row["measure"] in measures]
    return [
        row
        for row in rows
        if row["programme"] == params.programme
        and (params.jurisdiction or row["jurisdiction"]["level"] in WIDE)
    ]
