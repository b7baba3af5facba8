"""The first of what the database keeps of whole offices, read in the order of an index.

A page shows ten tasks of a class or fifty of all, and of more than two hundred it says no number.
So of each rule and class of harm, what is to come is read from today on and what is overdue from
yesterday back, and no more of it than is shown or counted: an office with ten times the cases costs
its reader the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, Field, Func, IntegerField, Q, UUIDField

from core.access import CONTENT
from core.arrays import Array
from desk.rules import Harm
from desk.rules.terms import HARM_AHEAD, LONG_OVERDUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from accounts.models import User
    from core.access import ScopedQuerySet
    from core.shortcuts.statements import Words
    from desk.rules import Rule

MOST_COUNTED = 200  # beyond, it is "more than 200"
DAY = HARM_AHEAD / HARM_AHEAD.days
# Days between which all of one rule and gravity stand in one class: each such stretch is read from
# the end that is nearer.
TO_COME = "(%s::date, %s::date, true), (%s::date, 'infinity', false)"
OVERDUE = "(%s::date, %s::date, true), ('-infinity', %s::date, true)"
# By case, of all days; what is long overdue and left out is passed over in the index.
BY_CASE = "('-infinity', %s::date, true), (%s::date, 'infinity', false)"
# `offset 0`: the days are worked out first. A sum in a condition would be asked behind row
# security, of every row, and none be found by the index.
STRETCHES = """
select x.* from (
    select office, rule, gravity, first_day, least(last_day, %s::date + ahead) as last_day
      from unnest(%s::uuid[]) office
     cross join (values {rules}) r (rule, gravity, ahead)
     cross join (values {days}) d (first_day, last_day, near) {only} offset 0) stretch
 cross join lateral ({rows}) x
"""
BY_INDEX = {"place", "due_on", "rule", "harm"}
OF_CLASS = "where case when near then gravity else {rest} end = {harm}"


@dataclass(frozen=True)
class Cut:
    """So many of all, without a number as many as are counted, by `place`, by `due_on` or by the
    `reference` of the case; with `harm`, of this class alone."""

    most: int | None = None
    by: str = "place"
    descending: bool = False
    harm: Harm | None = None


def narrowed_to(conditions: Iterable[Q]) -> dict[str, Any] | None:
    """What each of these columns is to be; nothing, where it is something else that is asked for,
    of which whole stretches might have to be read through."""
    known: dict[str, Any] = {}
    for condition in conditions:
        if condition.negated or condition.connector != Q.AND:
            return None
        part: Any
        for part in condition.children:
            inside = narrowed_to([part]) if isinstance(part, Q) else {}
            if isinstance(part, tuple):
                inside = {part[0]: part[1]}
            if inside is None or {name.partition("__")[0] for name in inside} - BY_INDEX:
                return None
            known |= inside
    return known


@dataclass(frozen=True)
class FirstRows:
    """What is kept of these offices, as far as it is counted; narrowed like a queryset."""

    rows: ScopedQuerySet
    rules: tuple[Rule, ...]
    offices: Array
    today: date
    overdue: bool
    cut: Cut

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
        cut, most = self.cut, self.cut.most or MOST_COUNTED + 1
        down = cut.descending != (self.overdue and cut.by == "place")
        order = ["-due_on" if down else "due_on", "-row_id" if cut.descending else "row_id"]
        if cut.by == "reference":
            order.insert(0, "-reference" if cut.descending else "reference")
        text, given = rows.order_by(*order)[:most].values(*columns).query.sql_with_params()
        rules = ", ".join(_with_gravities(self.rules))
        shape, days = self._days()
        only = OF_CLASS.format(rest=int(Harm.REST), harm=int(cut.harm)) if cut.harm else ""
        statement = STRETCHES.format(rules=rules, days=shape, rows=text, only=only)
        return statement, (self.today, self.offices.text, *days, *given)

    def _days(self) -> tuple[str, tuple[date, ...]]:
        today = self.today
        if self.cut.by == "reference":
            return BY_CASE, (today + HARM_AHEAD, today + HARM_AHEAD + DAY)
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
    member_of: Callable[[ScopedQuerySet], ScopedQuerySet],
    rules: Iterable[Rule],
    user: User,
    today: date,
    cut: Cut,
) -> Iterator[ScopedQuerySet | FirstRows]:
    """Members for what is kept for this reader, each by `member_of`; beside that of their offices
    that of their cases elsewhere, which are as many as one person works on."""
    offices, cases = (Array(of[CONTENT]) for of in (user.scope.offices, user.scope.cases))
    for overdue in (False,) if cut.by == "reference" else (False, True):
        yield FirstRows(member_of(kept), tuple(rules), offices, today, overdue, cut)
    yield member_of(kept.filter(case__any_of=cases).exclude(office__any_of=offices))
