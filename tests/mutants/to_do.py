"""Faults in what people are asked to do, and by whom."""

from __future__ import annotations

from types import SimpleNamespace

from django.db.models import Q

from casework.querysets import SnoozeQuerySet, TaskQuerySet
from casework.services import tasks as verbs
from desk import tasks
from tests.mutants.catalogue import fault

TASKS = "tests/casework/test_tasks.py"


@fault(TASKS)
def a_task_for_whoever():
    """A task is given to somebody who cannot read the case."""
    verbs._require_reader = lambda case, person: None


@fault(TASKS)
def a_task_stranded_on_who_left():
    """What somebody left rests on nobody."""
    TaskQuerySet.left = lambda self: Q(pk__isnull=True)


@fault(TASKS)
def put_off_for_ever():
    """A snooze does not end by its day."""
    SnoozeQuerySet.in_force = lambda self, today: self.filter(woken_at__isnull=True)


@fault("tests/desk/test_rules.py")
def asked_of_closed_cases():
    """A case that is closed still asks."""
    tasks.CaseStatus = SimpleNamespace(CLOSED="nothing")
