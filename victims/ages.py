"""How old a person is on a day: a range, as the age is, that grows from when it was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min
from django.db.models.functions import Least

from core.merging import one_person
from victims.enums import RANGES, AgeBand
from victims.models import Victim
from victims.persons import STANDS_FIRST

if TYPE_CHECKING:
    from datetime import date

    from victims.models import Involvement

OF_AGE = RANGES[AgeBand.ADULT][0] or 0
OLDEST_CHILD = RANGES[AgeBand.CHILD][1] or 0
# An age is that at identification: the first rescue of the record, or the day we learned of it.
KNOWN_SINCE = Min(Least("involvements__rescue__occurred_on", "involvements__identified_on"))


def months_on(person: Involvement, day: date) -> tuple[int, int] | None:
    """The least and the most months, of whatever record; nothing where the age is not known.

    Counted from when the record that gives the age was known, not from a later case.
    """
    records = Victim.objects.filter(one_person(person.victim), age_min_months__isnull=False)
    ages = records.annotate(known=KNOWN_SINCE).order_by(*STANDS_FIRST)
    of_none = (None, None, None)
    low, high, known = (
        ages.values_list("age_min_months", "age_max_months", "known").first() or of_none
    )
    if low is None or high is None:
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
