"""Which verbs the list of what is to be done offers for several of its lines.

As in a fold of what is long overdue (`desk/to_do/together.py`): what a rule asks is put off, what
somebody wrote down is done, not needed any more or given to somebody. Of the others it is said why
not.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.list_views import ListName
from casework.services.tasks import (
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    snooze_task,
    wake_task,
)
from casework.ticks import an_id
from core import refusals
from core.services import Refused
from desk.several.services import read_chosen_tasks
from desk.several.task_forms import (
    CancelSeveralForm,
    FinishSeveralForm,
    GiveSeveralForm,
    PutOffSeveralForm,
)
from desk.several.verbs import Many
from desk.to_do.together import Deed, do_one

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.models import Task


def _task(task: Task) -> str:
    about = str(getattr(task, "about", ""))  # of what a rule asks
    return ", ".join(filter(None, (f"{task.case.reference} {task.what!s}", about)))


def _by(deed: Deed) -> Callable[..., object]:
    return lambda task, *, actor, **facts: do_one(task, deed, facts, actor)


def _give(task: Task, *, assignee: User | None, due_on: date | None, actor: User) -> object:
    """Each keeps its own day where none is given."""
    facts = {"assignee": assignee, "due_on": due_on or task.due_on}
    return do_one(task, Deed.ASSIGN, facts, actor)


def _as_it_was(before: Task, given: Task) -> str:
    """Whose it was and by when, and the version that may be taken back."""
    return f"{given.version}:{before.due_on.isoformat()}:{before.assignee_id or ''}"


def _give_back(task: Task, kept: str, *, actor: User) -> object:
    version, _colon, rest = kept.partition(":")
    day, _colon, person = rest.partition(":")
    changed = Refused(
        refusals.gettext("Some of this has changed since, so you cannot take it back here.")
    )
    if version != str(task.version):
        raise changed
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        raise changed from None
    assignee = User.objects.filter(pk=an_id(person) or None).first()
    return assign_task(task, version=task.version, due_on=due_on, assignee=assignee, actor=actor)


_of_tasks = partial(Many, listed=ListName.TASKS, reads=read_chosen_tasks, called=_task)
FINISH = _of_tasks(
    name="finish",
    verb=finish_task,
    form=FinishSeveralForm,
    title=_("Mark several tasks as done"),
    icon="check",
    lead=_("Only tasks that somebody wrote down. What the record asks goes when it is recorded."),
    done=_("Done: %(n)s."),
    back=reopen_task,
    by=_by(Deed.FINISH),
    word=Deed.FINISH.label,
)
CANCEL = _of_tasks(
    name="cancel",
    verb=cancel_task,
    form=CancelSeveralForm,
    title=_("Several tasks are no longer needed"),
    icon="x",
    lead=_("Only tasks that somebody wrote down. The team reads your reason."),
    done=_("No longer needed: %(n)s."),
    back=reopen_task,
    by=_by(Deed.CANCEL),
    word=Deed.CANCEL.label,
)
GIVE = _of_tasks(
    name="give",
    verb=assign_task,
    form=GiveSeveralForm,
    title=_("Give several tasks to somebody"),
    icon="user-plus",
    lead=_("The person is told. Only who reads a case can be given a task in it."),
    done=_("Given: %(n)s."),
    back=assign_task,
    kept=_as_it_was,
    back_by=_give_back,
    by=_give,
    word=Deed.ASSIGN.label,
)
PUT_OFF = _of_tasks(
    name="put-off",
    verb=snooze_task,
    form=PutOffSeveralForm,
    title=_("Put several off"),
    icon="clock",
    lead=_("For the whole team, 30 days at most. Each comes back by itself."),
    done=_("Put off: %(n)s."),
    back=wake_task,
    by=_by(Deed.SNOOZE),
    word=Deed.SNOOZE.label,
)
