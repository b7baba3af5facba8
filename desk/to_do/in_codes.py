"""What is due in a case soon, in codes alone, for the extract that a phone keeps."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from core.days import clock
from desk.rules import OF_THE_RECORD
from desk.to_do.lines import PEOPLES
from desk.to_do.tasks import own_tasks, to_do

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from casework.models import Case

SOON, MOST = timedelta(days=3), 20
CODE = re.compile(r"[A-Z]{1,2}-\d+")  # of somebody or something in the case, such as S-1


def due_soon(case: Case, user: User) -> list[tuple[date, str]]:
    """What the record asks, in the words of its rules; of the tasks of people only how many, for
    their words may name somebody."""
    last = clock.today() + SOON
    asked = to_do(user, rules=OF_THE_RECORD, own=own_tasks, case=case).near()
    tasks = asked.order_by(F("due_on").asc())[:MOST]
    soon = [task for task in tasks if task.due_on <= last]
    lines = [(task.due_on, _in_words(task)) for task in soon if task.rule]
    own = Counter(task.due_on for task in soon if not task.rule)
    return lines + [(day, f"{PEOPLES}: {count}") for day, count in own.items()]


def _in_words(task: object) -> str:
    what, about = str(task.what), str(task.about)  # type: ignore[attr-defined]
    return f"{what}, {about}" if CODE.fullmatch(about) else what
