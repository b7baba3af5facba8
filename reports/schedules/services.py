"""A report comes by itself: begun, stopped, and asked for when its day has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from accounts.models import Membership, Office, User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit, jobs
from core.days import clock
from core.refusals import gettext as _
from core.refusals import gettext_lazy
from core.services import Refused, service
from reports.base import REPORTS, Report
from reports.closed import params_of, require_closed
from reports.params import BadParams, parse
from reports.readers import sees_periods_over
from reports.schedules.models import SUNDAY, Rhythm, Schedule

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from accounts.models.people import UserQuerySet

ALREADY = gettext_lazy("This report comes already. Stop it first.")
COLLEAGUES = gettext_lazy("Choose people of your offices who may have reports computed.")


@service(Perm.SCHEDULE_KEEP)
def make_schedule(
    report: Report,
    *,
    span: str,
    day: int,
    every: str = Rhythm.MONTH,
    people: Collection[User] = (),
    jurisdiction: str = "",
    programme: str = "",
    actor: User,
) -> Schedule:
    """Have a report computed every week, month or quarter, also for colleagues: for each by their
    own rights. The first comes when its day comes next. Gives back one's own.
    """
    if every == Rhythm.WEEK and day > SUNDAY:
        raise Refused(_("Of a week, choose a day from 1 (Monday) to 7."), "day")
    others = set(people) - {actor}
    if others and not others <= set(colleagues(actor)):
        raise Refused(COLLEAGUES, "people")
    narrowed = {"span": span, "jurisdiction": jurisdiction, "programme": programme}
    wanted = Schedule(report=report.slug, every=every, day=day, **narrowed)
    mine, is_news = _begin(wanted, actor, actor)
    if not is_news and (mine.every, mine.day) != (every, day):
        raise Refused(ALREADY)
    for person in sorted(others, key=lambda user: user.username):
        is_news |= _begin(wanted, person, actor)[1]
    if not is_news:
        raise Refused(ALREADY)
    return mine


def _begin(wanted: Schedule, person: User, actor: User) -> tuple[Schedule, bool]:
    """What comes to this person, by the day of their office; whether it is new."""
    with clock.by(person.zone):
        today = clock.today()
    _require_open(wanted, today, person, actor)
    same = {name: getattr(wanted, name) for name in ("report", "span", "jurisdiction", "programme")}
    schedule, is_new = Schedule.objects.get_or_create(
        **same,
        made_by=person,
        stopped_at=None,
        defaults={
            "every": wanted.every,
            "day": wanted.day,
            "last_run": today if wanted.has_come(today) else None,
            "asked_by": None if person == actor else actor,
        },
    )
    if is_new and person == actor:
        audit.record("schedule.made", schedule, actor=actor, report=schedule.report)
    elif is_new:
        audit.record("schedule.given", schedule, actor=actor, report=schedule.report)
        tell([person], "schedule-given", target=schedule)
    return schedule, is_new


def colleagues(actor: User) -> UserQuerySet:
    """To whom somebody may have a report come: who has reports computed, of an own office."""
    people = User.objects.holding(Perm.SCHEDULE_KEEP).filter(service_account=None)
    offices = Office.objects.real()
    if not actor.globally:
        offices = offices.filter(pk__in={office for office, _role in actor.roles})
    there = Membership.objects.in_force().filter(user=OuterRef("pk"), office__in=offices)
    return people.filter(Exists(there)).exclude(pk=actor.pk)


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
def run_schedule(schedule: Schedule, *, today: date, actor: User) -> None:
    """Ask for the report of the span that ended, as whoever gets it.

    Raises `BadParams`: of this report they may no longer see this span.
    """
    params = params_of(schedule.asked(today), REPORTS[schedule.report], actor).as_json()
    as_read = Schedule.objects.running().filter(pk=schedule.pk, last_run=schedule.last_run)
    if not as_read.update(last_run=today, updated_at=Now()):
        raise Refused(_("This was stopped already."))
    jobs.request(
        "report", actor=actor, report=schedule.report, params=params, schedule=str(schedule.pk)
    )
    audit.record("schedule.ran", schedule, actor=actor)


def _require_open(wanted: Schedule, today: date, person: User, actor: User) -> None:
    """Whoever counts survivors only has the months that are over, whichever month it is."""
    report = REPORTS[wanted.report]
    if not sees_periods_over(person, report):
        return
    for day in (today, today.replace(month=3, day=15)):
        try:
            require_closed(report, parse(wanted.asked(day), report), day)
        except BadParams as bad:
            if person != actor:
                words = _(
                    "Of this report %(name)s sees only months, quarters and years that are over."
                )
                raise Refused(words % {"name": person.name}, "people") from None
            (words, *_more), *_others = bad.errors.values()
            raise Refused(words, "span") from None
