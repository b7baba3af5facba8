"""The one job of this app: compute a report for its reader and keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.jobs import job
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute, snapshot_of

if TYPE_CHECKING:
    from core.jobs import Run

STEPS = 3  # asked, counted, kept


@job("report")
def run_report(run: Run) -> dict[str, str]:
    """Parameters: the slug and what was asked. The reader is whoever asked."""
    asked = run.job.parameters
    report = REPORTS[asked["report"]]
    params = parse(asked["params"], report)
    reader: Any = run.job.requested_by or Reporter()
    run.progress(1, STEPS)
    result = compute(report, reader, params)
    run.progress(2, STEPS)
    snapshot = snapshot_of(report, reader, params, result)
    snapshot.save()
    return {"snapshot": str(snapshot.pk)}
