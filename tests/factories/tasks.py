"""Rows that say what is to be done, and what was put off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from casework.models import DerivedTask, Snooze, Task, TaskRule
from tests import factories
from tests.desk.kept import keep_now

if TYPE_CHECKING:
    from casework.models import Case


def task(case: Case | None = None, **fields: Any) -> Task:
    """Open, of the whole team, long due."""
    values = {"what": "Invented thing to do", "due_on": date(2026, 4, 2)}
    values |= {"added_by": fields.pop("added_by", None) or factories.user()}
    return Task.objects.create(case=case or factories.case(), **(values | fields))


def snooze(case: Case | None = None, **fields: Any) -> Snooze:
    """In force for a week, of a row that is nowhere unless it is given."""
    values = {
        "rule": "hearing-result",
        "row_id": uuid4(),
        "until": timezone.localdate() + timedelta(days=7),
        "reason": "Invented reason",
        "snoozed_by": factories.user(),
    }
    return Snooze.objects.create(case=case or factories.case(), **(values | fields))


def derived(case: Case | None = None) -> DerivedTask:
    """A referral that was drafted long ago; the database writes the row."""
    draft = factories.referral(case)
    keep_now()
    return DerivedTask.objects.get(rule="referral-draft", row_id=draft.pk)


def rule(code: str = "lead-waiting", **fields: Any) -> TaskRule:
    """As every installation has it, or as it was set here."""
    row = TaskRule.objects.get(rule=code)
    if fields:
        by = {"set_by": factories.user("system_admin"), "set_at": timezone.now()}
        for name, value in (by | fields).items():
            setattr(row, name, value)
        row.save()
    return row


FACTORIES: dict[Any, Any] = {Task: task, Snooze: snooze, DerivedTask: derived, TaskRule: rule}
