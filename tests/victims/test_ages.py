"""How old a person is on a day, by hand: from when the record that says it was known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from victims.ages import months_on
from victims.models import Victim

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2024, 3, 10), date(2026, 3, 10)


def part(office: Any, girl: Any, on: date) -> Any:
    case = factories.case(office)
    rescue = factories.rescue(case, occurred_on=on)
    return factories.involvement(case, girl, rescue=rescue, outcome="rescued")


def test_an_age_grows_from_the_first_case_not_from_a_later_one(office):
    girl = Victim.objects.create(sex="female", age_min_months=150, age_max_months=160)
    first, second = part(office, girl, FIRST), part(office, girl, SECOND)
    for one in (first, second):
        assert months_on(one, FIRST) == (150, 160)
        assert months_on(one, SECOND) == (150 + 23, 160 + 24)


def test_an_age_grows_from_the_record_that_gives_it(office):
    aged = Victim.objects.create(sex="female", age_min_months=150, age_max_months=150)
    blank = Victim.objects.create(sex="female")
    part(office, aged, FIRST)
    standing = part(office, blank, SECOND)
    assert months_on(standing, SECOND) is None
    Victim.objects.filter(pk=aged.pk).update(merged_into=blank)
    assert months_on(standing, SECOND) == (150 + 23, 150 + 24)


def test_the_record_that_stands_says_it_with_its_own_day(office):
    """Both say an age: that of the record that stands counts, from when that one was known."""
    early = Victim.objects.create(sex="female", age_min_months=150, age_max_months=150)
    stands = Victim.objects.create(sex="female", age_min_months=180, age_max_months=180)
    older, newer = part(office, early, FIRST), part(office, stands, SECOND)
    Victim.objects.filter(pk=early.pk).update(merged_into=stands)
    older.victim.refresh_from_db()
    for one in (older, newer):
        assert months_on(one, date(2026, 6, 10)) == (180 + 2, 180 + 3)


def test_without_a_rescue_an_age_grows_from_the_day_we_learned_of_the_person(office):
    entered = factories.involvement(factories.case(office), identified_on=date(2024, 3, 10))
    assert months_on(entered, SECOND) == (150 + 23, 150 + 24)
