"""A report comes every month: begun, stopped, and asked for when its day has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now

from accounts.permissions import Perm
from core import audit, jobs
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, service
from reports.base import REPORTS, Report
from reports.closed import params_of, require_closed
from reports.params import BadParams, parse
from reports.readers import sees_periods_over
from reports.schedules.models import Schedule

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


@service(Perm.SCHEDULE_KEEP)
def make_schedule(
    report: Report,
    *,
    span: str,
    day: int,
    jurisdiction: str = "",
    programme: str = "",
    actor: User,
) -> Schedule:
    """Have a report computed every month. The first comes when its day comes next."""
    today = clock.today()
    _require_open(report, span, today, actor)
    schedule, made = Schedule.objects.get_or_create(
        made_by=actor,
        report=report.slug,
        span=span,
        jurisdiction=jurisdiction,
        programme=programme,
        stopped_at=None,
        defaults={"day": day, "last_run": today if day <= today.day else None},
    )
    if not made:
        raise Refused(_("This report comes every month already. Stop it first."))
    audit.record("schedule.made", schedule, actor=actor, report=report.slug)
    return schedule


@service(Perm.SCHEDULE_KEEP)
def stop_schedule(schedule: Schedule, *, actor: User) -> Schedule:
    """Let a report come no more. What was computed stays."""
    stopped = Schedule.objects.running().filter(pk=schedule.pk)
    if not stopped.update(stopped_at=Now(), updated_at=Now(), version=F("version") + 1):
        raise Refused(_("This was stopped already."))
    audit.record("schedule.stopped", schedule, actor=actor)
    schedule.refresh_from_db()
    return schedule


@service(Perm.SCHEDULE_KEEP)
def run_schedule(schedule: Schedule, *, today: date, actor: User) -> bool:
    """Ask for the report of the month that ended, for whoever wants it. False: asked already."""
    report = REPORTS[schedule.report]
    params = params_of(schedule.asked(today), report, actor).as_json()
    due = Schedule.objects.due(today).filter(pk=schedule.pk)
    is_due = bool(due.update(last_run=today, updated_at=Now()))
    if is_due:
        jobs.request(
            "report",
            actor=actor,
            report=schedule.report,
            params=params,
            schedule=str(schedule.pk),
        )
    audit.record("schedule.ran", schedule, actor=actor)
    return is_due


def _require_open(report: Report, span: str, today: date, actor: User) -> None:
    """Whoever counts survivors only has the months that are over, whichever month it is."""
    if not sees_periods_over(actor, report):
        return
    schedule = Schedule(report=report.slug, span=span)
    for day in (today, today.replace(month=3, day=15)):
        try:
            require_closed(report, parse(schedule.asked(day), report), day)
        except BadParams as bad:
            (words, *_more), *_others = bad.errors.values()
            raise Refused(words, "span") from None
