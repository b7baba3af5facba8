"""What rules ask: their rows, as far as somebody sees and may change them.

Asked live of the record, or read where the database keeps what they asked (desk/to_do/derived.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
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
from casework.models import Case, DerivedTask, Snooze
from core.access import CONTENT
from desk.rules import KEPT, Harm, Rule, Urgency
from desk.rules.terms import HARM_AHEAD, LONG_OVERDUE, SOON
from desk.to_do.first_rows import first_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accounts.models import User
    from core.access import ScopedQuerySet
    from desk.to_do.first_rows import Cut

NO_RULE = ""  # of tasks that somebody wrote down
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


def kept_for(rules: Iterable[Rule], user: User, case: Case | None) -> ScopedQuerySet:
    """What the database keeps of these rules, where the person sees the rows and may change the
    case."""
    codes = [rule.code for rule in rules if user.has_perm(_view_of(rule.code))]
    rows = DerivedTask.objects.filter(rule__in=codes)
    if not codes or (case is not None and not user.scope.reaches(case, CONTENT)):
        return rows.none()
    if case is not None:
        return rows.filter(case=case.pk)
    return rows.filter(user.scope.rows(CONTENT, case="case", office="office"))


@cache
def _view_of(code: str) -> str:
    """The permission without which nobody sees the rows a rule is asked of."""
    return str(KEPT[code].rows(date.min).model.access.view)


def kept_rows(
    rows: ScopedQuerySet, today: date, asleep: bool | None, *, rests: bool, due: bool
) -> ScopedQuerySet:
    """The same of what is kept as `rows_of` of what is asked live: what the clock alone changes."""
    reached = Q(from_on__isnull=True) | Q(from_on__lte=today)
    reached &= Q(from_at__isnull=True) | Q(from_at__lte=Now())
    rows = rows.filter(reached if due else ~reached).annotate(id=F("row_id"))
    if rests:
        rows = _asleep(rows, OuterRef("rule"), today, asleep, row="row_id")
    else:
        rows = _never_asleep(rows)
    rows = in_order(rows, F("gravity"), today)
    by_urgency: dict[Urgency, list[str]] = {}
    for rule in KEPT.values():
        if rule.urgency is not None:
            by_urgency.setdefault(rule.urgency, []).append(rule.code)
    known = [When(rule__in=codes, then=Value(int(which))) for which, codes in by_urgency.items()]
    return by_day(rows, today, *known)


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
        rows = _asleep(rows, Value(rule.code), today, asleep)
    rows = prepared(rows, rule.code, today, about=rule.about, target=F(rule.of))
    rows = in_order(rows, rule.harm, today)
    return by_day(rows, today) if rule.urgency is None else _urgent(rows, rule.urgency)


def _in_time(rows: ScopedQuerySet, rule: Rule, today: date, *, due: bool) -> ScopedQuerySet:
    """Those whose day is come, or not yet."""
    if rule.due is not None:
        rows = rows.annotate(due_on=rule.due_on)
    reached = Q() if rule.ahead is None else Q(due_on__lte=today + rule.ahead)
    if rule.at is not None:
        rows = rows.annotate(asked_at=rule.asked_from)
        reached &= Q(asked_at__isnull=True) | Q(asked_at__lte=Now())
    return rows.filter(reached if due else ~reached)


def _asleep(
    rows: ScopedQuerySet, rule: Any, today: date, asleep: bool | None, row: str = "pk"
) -> ScopedQuerySet:
    snoozes = Snooze.objects.in_force(today).filter(rule=rule, row_id=OuterRef(row))
    if asleep is False:
        return _never_asleep(rows.filter(~Exists(snoozes)))
    if asleep:  # found by what was put off, which is little
        rows = rows.filter(Exists(snoozes))
    first = {name: Subquery(snoozes.values(name)[:1]) for name in ("until", "pk")}
    return rows.annotate(until=first["until"], snoozed=first["pk"])


def _never_asleep(rows: ScopedQuerySet) -> ScopedQuerySet:
    never, none = Cast(Value(None), DateField()), Cast(Value(None), UUIDField())
    return rows.annotate(until=never, snoozed=none)


def prepared(rows: ScopedQuerySet, code: str, today: date, **more: Any) -> ScopedQuerySet:
    """With the columns that all members have."""
    given = {"about": None, "target": F("pk")} | more
    if "until" not in rows.query.annotations:
        rows = _never_asleep(rows)
    return rows.annotate(
        rule=Value(code, CharField()),
        about=about_of(given["about"]),
        target=given["target"],
    )


def about_of(about: Any) -> Cast:
    """What tells the row from others, in words or codes; nothing, where none is needed."""
    return Cast(Value("") if about is None else about, CharField())


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


def by_day(rows: ScopedQuerySet, today: date, *known: When) -> ScopedQuerySet:
    """The more urgent, the nearer the day; but for those of which it is known."""
    nearest = Either(
        *known,
        When(due_on__lte=today, then=Value(int(Urgency.AT_ONCE))),
        When(due_on__lte=today + SOON, then=Value(int(Urgency.THIS_WEEK))),
        default=Value(int(Urgency.IN_TIME)),
        output_field=NUMBER,
    )
    return rows.annotate(urgent=nearest)


@dataclass(frozen=True)
class Questions:
    """What is asked of any reader: rules, with what is put off or without, and tasks of people."""

    questions: tuple[tuple[Rule, bool | None, bool], ...]
    own: Callable[[Any], Any] | None
    due: bool

    @property
    def can_be_kept(self) -> bool:
        return any(rule.code in KEPT for rule, _asleep, _rests in self.questions)

    def of(
        self, reader: User, today: date, case: Case | None, *, kept: bool, cut: Cut | None = None
    ) -> list[Any]:
        """Members for what is `kept`, if that may be read, and one for each rule asked live that
        has something to ask of this reader. `cut`: how much of what is kept is needed."""
        members = list(self._kept(reader, today, case, cut)) if kept else []
        for rule, asleep, rests in self.questions:
            if kept and rule.code in KEPT:
                continue
            rows = open_to(rule, reader, today, case)
            if not rows.query.is_empty():
                rows = rows_of(rule, rows, reader, today, asleep, rests=rests, due=self.due)
                members.append(rows)
        own = self.own(reader) if self.own else None
        if own is not None and not own.query.is_empty():
            own = own if case is None else own.filter(case=case.pk)
            rows = in_order(prepared(own, NO_RULE, today), Harm.REST, today)
            members.append(by_day(rows, today))
        return members

    def _kept(self, reader: User, today: date, case: Case | None, cut: Cut | None) -> Iterator[Any]:
        """What is put off and what is not may be asked beside each other."""
        kept = [question for question in self.questions if question[0].code in KEPT]
        for asleep in dict.fromkeys(asleep for _rule, asleep, _rests in kept):
            of_it = [(rule, rests) for rule, which, rests in kept if which is asleep]
            rules, rests = [rule for rule, _rests in of_it], any(rests for _rule, rests in of_it)
            rows = kept_for(rules, reader, case)
            if rows.query.is_empty():
                continue
            member_of = partial(kept_rows, today=today, asleep=asleep, rests=rests, due=self.due)
            if cut and case is None and self.due and asleep is False:
                yield from first_rows(rows, member_of, rules, reader, today, cut)
            else:
                yield member_of(rows)
