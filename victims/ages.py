"""How old a person is on a day: a range, as the age is, that grows from when it was known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.db.models.functions import Least

from victims.enums import RANGES, AgeBand
from victims.models import Victim
from victims.persons import STANDS_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from victims.models import Involvement

OF_AGE = RANGES[AgeBand.ADULT][0] or 0
OLDEST_CHILD = RANGES[AgeBand.CHILD][1] or 0
# An age is that at identification: the first rescue of the record, or the day we learned of it.
KNOWN_SINCE = Min(Least("involvements__rescue__occurred_on", "involvements__identified_on"))


def months_on(person: Involvement, day: date) -> tuple[int, int] | None:
    """The least and the most months, of whatever record; nothing where the age is not known.

    Counted from when the record that gives the age was known, not from a later case.
    """
    return months_of([person], day)[person.pk]


def months_of(people: Iterable[Involvement], day: date) -> dict[UUID, tuple[int, int] | None]:
    """The same of several, by their part in the case, with one statement."""
    people = list(people)
    persons = {person.victim.person for person in people}
    same = Q(pk__in=persons) | Q(merged_into__in=persons)
    records = Victim.objects.filter(same, age_min_months__isnull=False)
    ages = records.annotate(known=KNOWN_SINCE).order_by(*STANDS_FIRST)
    first: dict[Any, tuple[int, int | None, date | None]] = {}
    for pk, into, *age in ages.values_list(
        "pk", "merged_into", "age_min_months", "age_max_months", "known"
    ):
        first.setdefault(into or pk, (age[0], age[1], age[2]))
    return {person.pk: _grown(first.get(person.victim.person), day) for person in people}


def _grown(age: tuple[int, int | None, date | None] | None, day: date) -> tuple[int, int] | None:
    if age is None:
        return None
    low, high, known = age
    if high is None:
        return None
    passed = (day.year - known.year) * 12 + day.month - known.month if known else 0
    return low + max(passed - 1, 0), high + max(passed, 0)


def oldest_on(person: Involvement, day: date) -> int | None:
    ages = months_on(person, day)
    return ages[1] if ages else None


def child_on(person: Involvement, day: date) -> bool:
    """Whether the person is certainly 12 or younger; not so where the age is not known."""
    oldest = oldest_on(person, day)
    return oldest is not None and oldest <= OLDEST_CHILD


def of_age_on(person: Involvement, day: date) -> bool | None:
    """Whether the person is certainly 18; nothing where the age is not known."""
    ages = months_on(person, day)
    return ages and ages[0] >= OF_AGE
