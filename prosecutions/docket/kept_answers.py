"""What the docket asks of every proceeding, as it was answered last.

What is open rests on every charge, decision, appeal, sentence and hearing of an office; to ask it
of all took longer than the rest of the page. So the database keeps the answers, as it keeps tasks
(`DerivedTask`, desk/to_do/derived.py; the questions are put in desk/rules/docket.py):

- `OPEN`, of a proceeding on the docket. `due_on`: the earliest day without a result (`LISTED`), or
  without one the day it was filed (`UNLISTED`). `target`: the judgment that waits for a sentence.
  `about`: its stage, why no next date is listed, and `CHILD` where one takes part.
- `LEFT`, of one with charges asleep or handed over. `due_on`: since when. `about`: its stage, and
  how the charge ended, and `CHILD`.
- `SILENT`, of a complaint the police say nothing of. `due_on`: since when.

What hangs on the clock or on the reader is asked on reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from casework.kept_answers import asked_again
from casework.models import DerivedTask
from core.arrays import Array
from core.shortcuts.statements import THESE, KeptStatement
from prosecutions.docket.open_rows import FACTS, ZONE, Left, Open
from prosecutions.enums import Disposition
from prosecutions.models import Prosecution

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

OPEN, LEFT, SILENT = "docket-open", "docket-left", "docket-silent"
UNLISTED, LISTED = 0, 1  # the gravity of an answer to OPEN
CHILD = "child"  # a survivor below 18 takes part
KEPT = {"stage", "child"}  # of what an answer is about
_kept = KeptStatement()


def may_be_read(user: User) -> bool:
    """Whether this reader reads what is kept: all of the docket is of cases that are theirs as a
    whole, and the answers of these are those of now."""
    of_whole_cases = user.has_perm(Perm.TASK_VIEW) and Perm.PROSECUTION_VIEW not in user.scope.shown
    return bool(of_whole_cases) and asked_again(user)


def answers(user: Any, *codes: str) -> QuerySet[DerivedTask, Any]:
    return DerivedTask.objects.visible_to(user).filter(rule__in=codes)


def kept_rows(user: User) -> tuple[list[Open], list[Left]]:
    """As `open_rows` and `left_rows` ask live, in their orders."""
    rows = _kept.rows("answers", _said, user)
    of = Array({row for _rule, row, *_rest in rows})
    facts = {fact[0]: fact for fact in _kept.rows("facts", _facts, user, of)}
    opened, left = [], []
    for rule, of_it, day, gravity, target, about in rows:
        if fact := facts.get(of_it):
            stage, why, child = about.split(" ")
            pk, case, court, name, zone, filed_on = fact
            values = (pk, case, court, name, stage or None, child == CHILD)
            if rule == OPEN:
                due = day if gravity == LISTED else None
                row = Open(*values, zone, due, why, target)
                opened.append((due is None, due or filed_on, filed_on, pk, row))
            else:
                asleep = why in Disposition.ASLEEP
                left.append((not asleep, day, pk, Left(*values, day, why, asleep)))
    return [row for *_order, row in sorted(opened)], [row for *_order, row in sorted(left)]


def _said(user: Any) -> QuerySet[DerivedTask, Any]:
    columns = ("rule", "row_id", "due_on", "gravity", "target", "about")
    return answers(user, OPEN, LEFT).values_list(*columns)


def _facts(user: Any) -> QuerySet[Prosecution, Any]:
    rows = Prosecution.objects.visible_to(user).filter(pk__any_of=THESE)
    columns = (name for name in FACTS if name not in KEPT)
    return rows.values_list(*columns, ZONE, "filed_on")
