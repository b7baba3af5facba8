"""A report comes by itself: begun, stopped, and asked for when its day has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Office, User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit, jobs, refusals
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, amend, service
from places.enums import JurisdictionLevel
from reports.base import REPORTS, Report
from reports.closed import params_of, require_closed
from reports.outside.services import require_named
from reports.params import OUTSIDE, BadParams, parse
from reports.readers import sees_periods_over
from reports.schedules.models import SUNDAY, Rhythm, Schedule

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from accounts.models.people import UserQuerySet
    from reports.outside.models import OutsideAddress

ALREADY = refusals.gettext_lazy("This report comes already. Stop it first.")
STOPPED = refusals.gettext_lazy("This was stopped already.")
COLLEAGUES = refusals.gettext_lazy("Choose people of your offices who may have reports computed.")


@service(Perm.SCHEDULE_KEEP)
def make_schedule(
    report: Report,
    *,
    span: str,
    day: int,
    every: str = Rhythm.MONTH,
    people: Collection[User] = (),
    outside: Collection[OutsideAddress] = (),
    level: str = JurisdictionLevel.COUNTRY,
    by_programme: bool = False,
    jurisdiction: str = "",
    programme: str = "",
    actor: User,
) -> Schedule:
    """Have a report computed every week, month or quarter, also for colleagues: for each by their
    own rights. To outside addresses only a release goes, once a second person has let it out. The
    first comes when its day comes next. Gives back one's own.
    """
    _require_day(every, day)
    if outside:
        require_named(report, outside, actor)
    narrowed = {"span": span, "jurisdiction": jurisdiction, "programme": programme}
    wanted = Schedule(report=report.slug, every=every, day=day, **narrowed)
    others = _others(people, actor)
    mine, is_news = _begin(wanted, actor, actor)
    if not is_news and (mine.every, mine.day) != (every, day):
        raise Refused(ALREADY)
    for person in others:
        is_news |= _begin(wanted, person, actor)[1]
    if not is_news:
        raise Refused(ALREADY)
    if outside:
        named = {"outside": sorted(row.pk for row in outside), "level": level}
        mine = amend(mine, mine.version, **named, by_programme=by_programme)
        _record_outside(mine, actor)
    return mine


@service(Perm.SCHEDULE_KEEP, label=gettext_lazy("Change a regular report"))
def change_schedule(
    schedule: Schedule,
    *,
    version: int,
    span: str,
    day: int,
    every: str,
    people: Collection[User] = (),
    outside: Collection[OutsideAddress] | None = None,
    level: str | None = None,
    by_programme: bool | None = None,
    jurisdiction: str = "",
    programme: str = "",
    actor: User,
) -> Schedule:
    """Choose another period, day or place, or further colleagues. It comes next when its new day
    comes.

    Colleagues who have it already keep it as it is. Raises `Stale`.
    """
    _require_day(every, day)
    if schedule.stopped_at:
        raise Refused(STOPPED)
    changes = {"span": span, "jurisdiction": jurisdiction, "programme": programme}
    same = Schedule.objects.running().filter(made_by=actor, report=schedule.report, **changes)
    if same.exclude(pk=schedule.pk).exists():
        raise Refused(ALREADY)
    wanted = Schedule(report=schedule.report, every=every, day=day, **changes)
    today = _today_of(actor)
    _require_open(wanted, today, actor, actor)
    rhythm = {"every": every, "day": day, "last_run": _as_if_run(wanted, today)}
    leaving = _changed_outside(schedule, outside, level, by_programme, actor)
    changed = amend(schedule, version, **changes, **rhythm, **leaving)
    audit.record("schedule.changed", changed, actor=actor, report=changed.report)
    if leaving:
        _record_outside(changed, actor)
    for person in _others(people, actor):
        _begin(wanted, person, actor)
    return changed


def _changed_outside(
    schedule: Schedule,
    outside: Collection[OutsideAddress] | None,
    level: str | None,
    by_programme: bool | None,
    actor: User,
) -> dict[str, object]:
    """What becomes of it outside, where that changes; what is None stays."""
    named = schedule.outside if outside is None else sorted(row.pk for row in outside)
    deep = schedule.level if level is None else level
    divided = schedule.by_programme if by_programme is None else by_programme
    wanted = {"outside": named, "level": deep, "by_programme": divided}
    if wanted == {name: getattr(schedule, name) for name in wanted}:
        return {}
    require_named(REPORTS[schedule.report], outside or (), actor)
    return wanted


def _record_outside(schedule: Schedule, actor: User) -> None:
    addresses = [str(address) for address in schedule.outside]
    audit.record("schedule.outside", schedule, actor=actor, addresses=addresses)


def _require_day(every: str, day: int) -> None:
    if every == Rhythm.WEEK and day > SUNDAY:
        raise Refused(_("Of a week, choose a day from 1 (Monday) to 7."), "day")


def _others(people: Collection[User], actor: User) -> list[User]:
    others = set(people) - {actor}
    if others and not others <= set(colleagues(actor)):
        raise Refused(COLLEAGUES, "people")
    return sorted(others, key=lambda user: user.username)


def _today_of(person: User) -> date:
    with clock.by(person.zone):
        return clock.today()


def _as_if_run(wanted: Schedule, today: date) -> date | None:
    """A day of this week, month or quarter that is over asks for nothing until the next."""
    return today if wanted.has_come(today) else None


def _begin(wanted: Schedule, person: User, actor: User) -> tuple[Schedule, bool]:
    """What comes to this person, by the day of their office; whether it is new."""
    today = _today_of(person)
    _require_open(wanted, today, person, actor)
    same = {name: getattr(wanted, name) for name in ("report", "span", "jurisdiction", "programme")}
    schedule, is_new = Schedule.objects.get_or_create(
        **same,
        made_by=person,
        stopped_at=None,
        defaults={
            "every": wanted.every,
            "day": wanted.day,
            "last_run": _as_if_run(wanted, today),
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
        raise Refused(STOPPED)
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
        raise Refused(STOPPED)
    jobs.request(
        "report", actor=actor, report=schedule.report, params=params, schedule=str(schedule.pk)
    )
    audit.record("schedule.ran", schedule, actor=actor)
    if schedule.outside:
        _compute_for_outside(schedule, today, actor)


def _compute_for_outside(schedule: Schedule, today: date, actor: User) -> None:
    """The same without those who said no, of which a release is prepared (`reports/outside/`)."""
    report = REPORTS[schedule.report]
    leaves = {"audience": OUTSIDE} if "audience" in report.takes else {}
    params = params_of(schedule.asked(today) | leaves, report, actor).as_json()
    jobs.request(
        "report", actor=actor, report=schedule.report, params=params, outside=str(schedule.pk)
    )


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
