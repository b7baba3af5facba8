"""What can happen to reports: asked for, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from accounts.permissions import Perm
from core import audit, jobs
from core.days import clock
from core.models import Job, JobState
from core.refusals import gettext as _
from core.services import Refused, service
from reports.base import report_of
from reports.closed import require_closed
from reports.comparison import comparable, difference
from reports.present import behind
from reports.readers import counts_only, sees_periods_over

if TYPE_CHECKING:
    from accounts.models import User
    from reports.base import Report
    from reports.models import Snapshot
    from reports.params import Params

UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@service(Perm.REPORT_RUN)
def request_report(report: Report, *, params: Params, actor: User, nightly: bool = False) -> Job:
    """Ask for a report. Asked again while it is under way, it is the same run."""
    if sees_periods_over(actor, report):
        require_closed(report, params, clock.today())
    asked: dict[str, Any] = {"report": report.slug, "params": params.as_json()}
    under_way = Job.objects.filter(kind="report", requested_by=actor, state__in=UNDER_WAY)
    # By hand, by a page or by night; of a report of the month somebody is told, so it is apart.
    alike = under_way.filter(**{f"parameters__{name}": value for name, value in asked.items()})
    same = alike.exclude(parameters__has_any_keys=["schedule", "outside"]).first()
    asked |= {"nightly": True} if nightly else {}
    run = same or jobs.request("report", actor=actor, **asked)
    audit.record("report.requested", run, actor=actor, report=report.slug)
    return run


@service(Perm.REPORT_VIEW)
def read_behind(snapshot: Snapshot, *, cell: str, of: str, actor: User) -> dict[str, object]:
    """Show the records behind a figure, as far as this reader may open them.

    `total` is None for a reader without row rights to survivors: a small one would name them.
    """
    rows, total = behind(snapshot, cell, of, actor)
    counted = not (report_of(snapshot).of_survivors(cell, of) and counts_only(actor))
    cases = {UUID(row["case"]) for row in rows}
    audit.read("report.behind", snapshot, actor=actor, shown=cases, cell=cell[:60], of=of[:30])
    return {"total": total if counted else None, "results": rows}


@service(Perm.REPORT_VIEW)
def read_difference(snapshot: Snapshot, *, other: Snapshot, actor: User) -> list[dict[str, Any]]:
    """Show what came to the figures of `snapshot` since `other`, and what went."""
    if not comparable(other, snapshot):
        raise Refused(
            _("These figures cannot be compared: they are of two reports, measures or versions.")
        )
    figures = difference(other, snapshot, actor)
    records = (entry for figure in figures for way in WAYS for entry in figure[way])
    cases = {UUID(record["case"]) for record in records}
    audit.read("report.compared", snapshot, actor=actor, shown=cases, other=str(other.pk))
    return figures


WAYS = ("came_records", "went_records")


@service(Perm.REPORT_RUN)
def cancel_report(run: Job, *, actor: User) -> Job:
    """Stop a run that is queued or under way; what it had computed is dropped."""
    if not jobs.cancel(run):
        raise Refused(_("This run has already ended."))
    audit.record("report.cancelled", run, actor=actor)
    run.refresh_from_db()
    return run
