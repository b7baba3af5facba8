"""The first of what the database keeps of whole offices, read in the order of an index.

A page shows ten tasks of a class, and of more than a thousand it says no number. So of each rule
and class of harm, what is to come is read from today on and what is overdue from yesterday back,
and no more of it than is counted: an office with ten times the cases costs its reader the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import CharField, DateField, Field, Func, IntegerField, UUIDField

from core.access import CONTENT, Array
from desk.rules import Harm
from desk.rules.terms import HARM_AHEAD, LONG_OVERDUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from accounts.models import User
    from core.access import ScopedQuerySet
    from core.shortcuts.kept import Words
    from desk.rules import Rule

MOST_COUNTED = 1000  # beyond, it is "more than 1,000"
DAY = HARM_AHEAD / HARM_AHEAD.days
# Days between which all of one rule and gravity stand in one class: each such stretch is read from
# the end that is nearer.
TO_COME = "(%s::date, %s::date), (%s::date, 'infinity')"
OVERDUE = "(%s::date, %s::date), ('-infinity', %s::date)"
STRETCHES = """
select x.* from (
    select office, rule, gravity, first_day, least(last_day, %s::date + ahead) as last_day
      from unnest(%s::uuid[]) office
     cross join (values {rules}) r (rule, gravity, ahead)
     cross join (values {days}) d (first_day, last_day)) stretch
 cross join lateral ({rows}) x
"""


@dataclass(frozen=True)
class FirstRows:
    """What is kept of these offices, as far as it is counted; narrowed like a queryset."""

    rows: ScopedQuerySet
    rules: tuple[Rule, ...]
    offices: Array
    today: date
    overdue: bool

    def filter(self, *conditions: object) -> FirstRows:
        return replace(self, rows=self.rows.filter(*conditions))

    def words(self, columns: Iterable[str]) -> Words:
        """The statement. Raises `EmptyResultSet` where no row can meet what it was narrowed to."""
        rows = self.rows.filter(
            office=_of_stretch("office", UUIDField()),
            rule=_of_stretch("rule", CharField()),
            gravity=_of_stretch("gravity", IntegerField()),
            due_on__gte=_of_stretch("first_day", DateField()),
            due_on__lte=_of_stretch("last_day", DateField()),
        )
        rows = rows.order_by("-due_on" if self.overdue else "due_on", "row_id")
        text, given = rows[: MOST_COUNTED + 1].values(*columns).query.sql_with_params()
        rules = ", ".join(_with_gravities(self.rules))
        shape, days = self._days()
        said = STRETCHES.format(rules=rules, days=shape, rows=text)
        return said, (self.today, self.offices.text, *days, *given)

    def _days(self) -> tuple[str, tuple[date, ...]]:
        today = self.today
        if self.overdue:
            long = today - LONG_OVERDUE
            return OVERDUE, (long, today - DAY, long - DAY)
        near = today + HARM_AHEAD
        return TO_COME, (today, near, near + DAY)


def _of_stretch(name: str, kind: Field) -> Func:
    return Func(template=f"stretch.{name}", output_field=kind)


def _with_gravities(rules: Iterable[Rule]) -> Iterator[str]:
    """Each rule with the classes its rows may have, and the days it is asked before its own."""
    for rule in rules:
        ahead = "null::int" if rule.ahead is None else rule.ahead.days
        for harm in [rule.harm] if isinstance(rule.harm, Harm) else Harm:
            yield f"('{rule.code}', {int(harm)}, {ahead})"


def first_rows(
    kept: ScopedQuerySet,
    told: Callable[[ScopedQuerySet], ScopedQuerySet],
    rules: Iterable[Rule],
    user: User,
    today: date,
) -> Iterator[ScopedQuerySet | FirstRows]:
    """Members for what is kept for this reader, `told` as members are; beside that of their offices
    that of their cases elsewhere, which are as many as one person works on."""
    offices, cases = (Array(of[CONTENT]) for of in (user.scope.offices, user.scope.cases))
    for overdue in (False, True):
        yield FirstRows(told(kept), tuple(rules), offices, today, overdue)
    yield told(kept.filter(case__any_of=cases).exclude(office__any_of=offices))
