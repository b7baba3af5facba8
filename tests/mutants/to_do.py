"""Faults in what people are asked to do, and by whom."""

from __future__ import annotations

from django.db.models import Q

from casework.querysets import SnoozeQuerySet, TaskQuerySet
from casework.services import tasks as verbs
from desk import tasks
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

TASKS = "tests/casework/test_tasks.py"


@fault(TASKS)
def a_task_for_whoever():
    """A task is given to somebody who cannot read the case."""
    replace(verbs, "_require_reader", lambda case, person: None)


@fault(TASKS)
def a_task_stranded_on_who_left():
    """What somebody left rests on nobody."""
    replace(TaskQuerySet, "left", lambda self: Q(pk__isnull=True))


@fault(TASKS)
def put_off_for_ever():
    """A snooze does not end by its day."""
    replace(SnoozeQuerySet, "in_force", lambda self, today: self.filter(woken_at__isnull=True))


@fault("tests/desk/test_rules.py")
def asked_of_closed_cases():
    """A case that is closed still asks."""
    replace(tasks, "CaseStatus", like(tasks.CaseStatus, CLOSED="nothing"))
