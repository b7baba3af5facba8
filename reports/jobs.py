"""The one job of this app: compute a report for its reader and keep it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from accounts.notices import tell
from accounts.permissions import Perm
from core import jobs
from core.jobs import job
from core.moment import data_state
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import Params, all_asked, parse
from reports.readers import Reporter
from reports.run import compute_each, question, snapshot_of, store
from reports.together import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from core.jobs import Run
    from reports.base import Report, Result

Question = tuple[str, Params]  # the slug of a report, and what it is asked for
FORGIVEN = Exception  # a fault of one report takes no other with it
log = logging.getLogger("reports.jobs")


@job("report", one_moment=True)
def run_report(run: Run) -> Callable[[], dict[str, str]]:
    """Parameters: the slug and what was asked; `also`: what was asked of the same report with it;
    `parts`: of reports it is made of. The reader is whoever asked.

    The same question of the same cases is computed once while the data are as they were.
    """
    asked = run.job.parameters
    reader: Any = run.job.requested_by or Reporter()
    snapshots: dict[Question, Snapshot | None] = {}
    for slug, given in all_asked(asked):
        params = parse(given, REPORTS[slug])
        snapshots[slug, params] = _computed(REPORTS[slug], reader, params)
    wanted = [question for question, known in snapshots.items() if known is None]
    made = in_one_sitting(reader, wanted, run.progress)
    failed = [question for question in wanted if question not in made]

    def keep() -> dict[str, str]:
        for snapshot in made.values():
            store(snapshot)
        jobs.request_each("report", (_alone(*question) for question in failed), actor=reader)
        first = next(
            known or made[asked] for asked, known in snapshots.items() if asked not in failed
        )
        if "schedule" in asked:
            tell([reader], "report-ready", target=first)
        if "outside" in asked:
            parameters = {"schedule": asked["outside"], "snapshot": str(first.pk)}
            jobs.request("prepare-release", actor=reader, **parameters)
        return {"snapshot": str(first.pk)}

    return keep


def _computed(report: Report, reader: User, params: Params) -> Snapshot | None:
    """What was computed already and would come out the same."""
    if not reader.has_perm(Perm.REPORT_VIEW):
        return None  # to compute it says so
    same = Snapshot.objects.filter(**question(report, reader, params), data_state=data_state())
    snapshot: Snapshot | None = same.order_by("-created_at").first()
    return snapshot


def _alone(slug: str, params: Params) -> dict[str, object]:
    """A report that failed in company is asked again by itself, where it fails for itself."""
    return {"report": slug, "params": params.as_json(), "nightly": True}


def in_one_sitting(
    reader: User, questions: list[Question], told: Callable[[int, int], None] = lambda *_: None
) -> dict[Question, Snapshot]:
    """What is made of others last: it reads what they answered. Where one of several reports
    fails, the others are made. `told`: how many of them are done, of how many."""
    by_report: dict[str, list[Params]] = {}
    for slug, params in sorted(questions, key=lambda question: bool(REPORTS[question[0]].made_of)):
        by_report.setdefault(slug, []).append(params)
    sitting = Sitting() if len(by_report) > 1 else None
    results: dict[Question, Result] = sitting.results if sitting else {}
    faults: list[Exception] = []
    for done, (slug, every) in enumerate(by_report.items()):
        told(done, len(by_report))
        try:
            answers = compute_each(REPORTS[slug], reader, every, sitting)
        except PermissionDenied:
            raise  # of all of them
        except FORGIVEN as fault:
            if isinstance(fault, jobs.PASSING) and not jobs.took_too_long(fault):
                raise
            faults.append(fault)
            log.exception("report failed", extra={"report": slug})
            continue
        results |= {(slug, params): result for params, result in zip(every, answers, strict=True)}
    if faults and not results:
        raise faults[0]
    told(len(by_report), len(by_report))
    snapshots = {
        (slug, params): snapshot_of(REPORTS[slug], reader, params, result)
        for (slug, params), result in results.items()
    }
    for snapshot in snapshots.values():
        snapshot.data_state = data_state()
    return snapshots
