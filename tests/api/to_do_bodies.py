"""What the tests of the interface send about what is to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import factories


def of_tasks(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key; the rules ask of two hearings."""
    given = {"case": str(case.pk), "what": "Ask the clerk", "due_on": "2026-12-01"}
    person = factories.assignment(case, factories.user("legal_officer", case.office)).user
    task, ended = factories.task(case), {"status": "done", "ended_at": timezone.now()}
    done = factories.task(case, ended_by=factories.user(), **ended)
    several = [str(factories.task(case).pk) for _one in range(2)]
    until = str(timezone.localdate() + timedelta(days=3))
    asked = [f"hearing-result:{factories.hearing(case).pk}" for _one in range(2)]
    put_off = {"until": until, "reason": "Court holidays"}
    return {
        "tasks/": (given, given | {"assignee": person.username}),
        f"tasks/{factories.task(case).pk}/finish/": ({}, None),
        f"tasks/{task.pk}/cancel/": tuple({"reason": f"Not needed {n}"} for n in "ab"),
        f"tasks/{done.pk}/reopen/": ({}, None),
        "tasks/together/": tuple({"deed": "finish", "tasks": [one]} for one in several),
        "snoozes/": tuple(put_off | {"task": one} for one in asked),
        f"snoozes/{factories.snooze(case).pk}/wake/": ({}, None),
    }
