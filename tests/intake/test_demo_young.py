"""The demonstration is young: little in it is overdue, and nothing for years."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from desk.to_do.tasks import rules_for, tasks_to_do, to_do
from intake.demo.many import load_many

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demonstration")]
MOST_OVERDUE, MOST_DAYS = 10, 30
ALL = slice(100_000)


def overdue():
    """Over the lists of all persons, each task once."""
    today, found = timezone.localdate(), {}
    for user in User.objects.filter(is_active=True):
        every = to_do(user, rules=rules_for(user), own=tasks_to_do)
        found |= {(task.rule, task.pk): task for task in every.order_by("place", "id")[ALL]}
    late = ((rule, pk, (today - task.due_on).days) for (rule, pk), task in found.items())
    return sorted((rule, days, str(pk)) for rule, pk, days in late if days > 0)


def in_lines(late):
    return "\n".join(map(str, late))


@pytest.mark.nightly
def test_little_is_overdue():
    small = overdue()
    assert len(small) <= MOST_OVERDUE, in_lines(small)


@pytest.mark.nightly
def test_of_many_cases_little_is_overdue_and_nothing_for_long():
    load_many()
    late = overdue()
    assert len(late) <= MOST_OVERDUE, in_lines(late)
    assert max(days for _rule, days, _pk in late) <= MOST_DAYS, in_lines(late)
