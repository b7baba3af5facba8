"""The rules as the organisation has them asked: on or off, after how many days, and of whom.

Read together with what somebody put off, in one statement, whoever asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, SmallIntegerField, Value
from django.db.models.functions import Cast

from casework.models import Snooze, TaskRule
from core.shortcuts.statements import SOMEDAY, KeptStatement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accounts.models import User
    from desk.rules.rule import Rule

_kept = KeptStatement()


class Chosen(NamedTuple):
    """What is set of one rule."""

    is_on: bool
    days: int | None
    roles: list[str]


def chosen_and_resting(user: User) -> tuple[dict[str, Chosen], set[str]]:
    """What differs from the rules as shipped, by code; and the codes of what is put off."""
    chosen, resting = {}, set()
    for code, rests, *given in _kept.rows("rules", lambda _reader: _both(), user):
        if rests:
            resting.add(code)
        else:
            chosen[code] = Chosen(*given)
    return chosen, resting


def _both() -> Any:
    none = {
        "rests": Value(True, BooleanField()),
        "is_on": Value(True, BooleanField()),
        "days": Cast(Value(None), SmallIntegerField()),
        "roles": Cast(Value(None), ArrayField(CharField(max_length=20))),
    }
    resting = Snooze.objects.in_force(SOMEDAY).order_by().annotate(**none)
    differing = TaskRule.objects.differing().annotate(rests=Value(False, BooleanField()))
    columns = ("rule", *none)
    every = differing.order_by().values_list(*columns)
    return every.union(resting.values_list(*columns).distinct(), all=True)


def as_chosen(
    rules: Iterable[Rule], chosen: Mapping[str, Chosen], person: User | None = None
) -> Iterator[Rule]:
    """Those that are asked, by the days that are set. `person`: and are asked of this person."""
    for rule in rules:
        known = chosen.get(rule.code)
        if known is None:
            yield rule
            continue
        if not rule.fixed and not (known.is_on and _is_asked(person, known.roles)):
            continue
        yield rule if known.days is None or rule.days is None else rule.with_days(known.days)


def _is_asked(person: User | None, roles: list[str]) -> bool:
    return person is None or not roles or any(role in roles for _office, role in person.roles)
