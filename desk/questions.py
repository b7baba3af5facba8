"""What one rule asks: its rows, as far as somebody sees and may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case as Either
from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Now

from casework.enums import CaseStatus
from casework.models import Case, Snooze
from desk.rules import Harm, Rule, Urgency
from desk.rules.terms import HARM_AHEAD, LONG_OVERDUE, SOON

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from core.access import ScopedQuerySet

NUMBER = IntegerField()
# In the place of a task, above the days to go: that they are over, the class, and for how long.
OVERDUE, CLASS, LONG = 10_000_000, 100_000_000, 1_000_000_000


def open_to(rule: Rule, user: User, today: date, case: Case | None) -> ScopedQuerySet:
    """The rows a rule is asked of, where the person sees them and may change the case."""
    rows = rule.rows(today)
    if case is not None:
        over = case.status == CaseStatus.CLOSED and not rule.after_closing
        asked = user.scope.reaches(case, rule.level) and not over
        return rows.visible_in(case, user) if asked else rows.none()
    of = "pk" if rows.model is Case else "case"
    return rows.visible_to(user).filter(user.scope.rows(rule.level, case=of, office="office"))


def rows_of(
    rule: Rule,
    rows: ScopedQuerySet,
    user: User,
    today: date,
    asleep: bool | None,
    *,
    rests: bool,
    due: bool,
) -> ScopedQuerySet:
    """What one rule asks of these rows."""
    itself = rows.model is Case  # asked of the case, not of a row of it
    if not rule.after_closing:
        rows = rows.exclude(**{"status" if itself else "case__status": CaseStatus.CLOSED})
    if itself:
        rows = rows.annotate(case=F("pk"), case_id=F("pk"))
    if rule.second:
        rows = rows.exclude(**{rule.second: user.pk})
    rows = _in_time(rows, rule, today, due=due)
    if rests:  # nothing is asked of the others that nobody put off
        rows = _asleep(rows, rule, today, asleep)
    rows = prepared(rows, rule.code, today, about=rule.about, target=F(rule.of))
    rows = in_order(rows, rule.harm, today)
    return by_day(rows, today) if rule.urgency is None else _urgent(rows, rule.urgency)


def _in_time(rows: ScopedQuerySet, rule: Rule, today: date, *, due: bool) -> ScopedQuerySet:
    """Those whose day is come, or not yet."""
    if rule.due is not None:
        rows = rows.annotate(due_on=rule.due)
    if rule.ahead is None:
        return rows
    reached = Q(due_on__lte=today + rule.ahead)
    if rule.at is not None:
        rows = rows.annotate(asked_at=rule.at)
        reached &= Q(asked_at__lte=Now())
    return rows.filter(reached if due else ~reached)


def _asleep(rows: ScopedQuerySet, rule: Rule, today: date, asleep: bool | None) -> ScopedQuerySet:
    snoozes = Snooze.objects.in_force(today).filter(rule=rule.code, row_id=OuterRef("pk"))
    if asleep is False:
        return rows.filter(~Exists(snoozes))
    first = {name: Subquery(snoozes.values(name)[:1]) for name in ("until", "pk")}
    rows = rows.annotate(until=first["until"], snoozed=first["pk"])
    return rows.filter(until__isnull=False) if asleep else rows


def prepared(rows: ScopedQuerySet, code: str, today: date, **more: Any) -> ScopedQuerySet:
    """With the columns that all members have."""
    given = {"about": Value(""), "target": F("pk")} | {k: v for k, v in more.items() if v}
    if "until" not in rows.query.annotations:
        never, none = Cast(Value(None), DateField()), Cast(Value(None), UUIDField())
        rows = rows.annotate(until=never, snoozed=none)
    named = {} if rows.model is Case else {"reference": F("case__reference")}
    return rows.annotate(
        rule=Value(code, CharField()),
        **named,
        about=Cast(given["about"], CharField()),
        target=given["target"],
    )


def in_order(rows: ScopedQuerySet, harm: object, today: date) -> ScopedQuerySet:
    """With the place each has in Today and To do: by its class of harm, then what is not due yet,
    the soonest first, then what is overdue, the least overdue first; what is long overdue last.

    One number, so that a page can begin where another ended: `LONG`, class and days are its digits.
    """
    harm = Value(int(harm)) if isinstance(harm, Harm) else harm
    near = When(due_on__lte=today + HARM_AHEAD, then=harm)
    rows = rows.annotate(harm=Either(near, default=Value(int(Harm.REST)), output_field=NUMBER))
    days = Func(
        F("due_on"), Value(today, DateField()), arg_joiner=" - ", function="", output_field=NUMBER
    )
    ahead = Either(When(due_on__gte=today, then=days), default=Value(OVERDUE) - days)
    long = Either(When(due_on__lt=today - LONG_OVERDUE, then=Value(LONG)), default=Value(0))
    return rows.annotate(place=long + F("harm") * Value(CLASS) + ahead)


def _urgent(rows: ScopedQuerySet, urgency: Urgency) -> ScopedQuerySet:
    return rows.annotate(urgent=Value(int(urgency)))


def by_day(rows: ScopedQuerySet, today: date) -> ScopedQuerySet:
    """The more urgent, the nearer the day."""
    nearest = Either(
        When(due_on__lte=today, then=Value(int(Urgency.AT_ONCE))),
        When(due_on__lte=today + SOON, then=Value(int(Urgency.THIS_WEEK))),
        default=Value(int(Urgency.IN_TIME)),
        output_field=NUMBER,
    )
    return rows.annotate(urgent=nearest)
