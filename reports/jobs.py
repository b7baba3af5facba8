"""The one job of this app: compute a report for its reader and keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.notices import tell
from accounts.permissions import Perm
from core.jobs import job
from core.moment import data_state
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import every_params, parse
from reports.readers import Reporter
from reports.run import compute_each, question, snapshot_of, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from core.jobs import Run
    from reports.base import Report
    from reports.params import Params

STEPS = 3  # asked, counted, kept


@job("report", one_moment=True)
def run_report(run: Run) -> Callable[[], dict[str, str]]:
    """Parameters: the slug and what was asked; `also`: what was asked of the same report with it.
    The reader is whoever asked.

    The same question of the same cases is computed once while the data are as they were.
    """
    asked = run.job.parameters
    report = REPORTS[asked["report"]]
    every = [parse(given, report) for given in every_params(asked)]
    reader: Any = run.job.requested_by or Reporter()
    run.progress(1, STEPS)
    snapshots = [_computed(report, reader, params) for params in every]
    missing = [params for params, known in zip(every, snapshots, strict=True) if known is None]
    made = _compute(report, reader, missing) if missing else []
    run.progress(2, STEPS)

    def keep() -> dict[str, str]:
        for snapshot in made:
            store(snapshot)
        first = snapshots[0] or made[0]
        if "schedule" in asked:
            tell([reader], "report-ready", target=first)
        return {"snapshot": str(first.pk)}

    return keep


def _computed(report: Report, reader: User, params: Params) -> Snapshot | None:
    """What was computed already and would come out the same."""
    if not reader.has_perm(Perm.REPORT_VIEW):
        return None  # to compute it says so
    same = Snapshot.objects.filter(**question(report, reader, params), data_state=data_state())
    snapshot: Snapshot | None = same.order_by("-created_at").first()
    return snapshot


def _compute(report: Report, reader: User, every: list[Params]) -> list[Snapshot]:
    results = compute_each(report, reader, every)
    snapshots = [
        snapshot_of(report, reader, params, result)
        for params, result in zip(every, results, strict=True)
    ]
    for snapshot in snapshots:
        snapshot.data_state = data_state()
    return snapshots
