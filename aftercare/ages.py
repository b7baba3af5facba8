"""How old a person is on a day: a range, as the age is, that grows from the rescue on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from victims.models import Involvement
from victims.persons import of_person

if TYPE_CHECKING:
    from datetime import date


def months_on(person: Involvement, day: date) -> tuple[int, int] | None:
    """The least and the most months, of whatever record; nothing where the age is not known."""
    of_record = Involvement.objects.filter(pk=person.pk)
    ages = of_record.values_list(of_person("age_min_months"), of_person("age_max_months"))
    low, high = ages.get()
    if low is None or high is None:
        return None
    met = person.rescue.occurred_on if person.rescue else day
    passed = (day.year - met.year) * 12 + day.month - met.month
    return low + max(passed - 1, 0), high + max(passed, 0)


def oldest_on(person: Involvement, day: date) -> int | None:
    ages = months_on(person, day)
    return ages[1] if ages else None
