"""What people write down as to be done in a case, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.columns import WHY_LENGTH, NotNeeded
from casework.enums import SNOOZED_AT_MOST, TaskStatus
from casework.models import Case, Snooze, Task
from casework.services.cases import require_content, require_open_case, require_unconflicted
from casework.services.opening import holding_on, require_reason, team_of
from casework.workflow import task_workflow
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date

    from accounts.models.people import UserQuerySet


@service(Perm.TASK_KEEP, label=gettext_lazy("Add a task"), begins=True)
def add_task(
    case: Case,
    *,
    what: Annotated[str, Column(length=500)],
    due_on: Annotated[date, Column(ahead=True)],
    assignee: User | None = None,
    actor: User,
) -> Task:
    """Add a task: what has to be done, by when and, if decided, by whom. The whole team sees
    it, and the person who gets it is told."""
    require_open_case(case, actor)
    _require_words(what)
    _require_reader(case, assignee)
    task = Task.objects.create(
        case=case, what=what.strip(), due_on=due_on, assignee=assignee, added_by=actor
    )
    audit.record("task.added", task, actor=actor)
    _tell(task, actor)
    return task


@service(Perm.TASK_KEEP, label=gettext_lazy("Give a task to somebody"))
def assign_task(
    task: Task,
    *,
    version: int,
    due_on: Annotated[date, Column(ahead=True)],
    assignee: User | None = None,
    actor: User,
) -> Task:
    """Give a task to somebody who reads this case, or back to the whole team, with a day."""
    require_content(task.case, actor)
    if task.status != TaskStatus.OPEN:
        raise Refused(_("This task is no longer open."))
    _require_reader(task.case, assignee)
    before = task.assignee_id
    given: Task = amend(task, version, assignee=assignee, due_on=due_on)
    audit.record("task.assigned", given, actor=actor, user=str(assignee and assignee.pk))
    if given.assignee_id != before:
        _tell(given, actor)
    return given


@service(Perm.TASK_KEEP)
def finish_task(task: Task, *, version: int | None = None, actor: User) -> Task:
    """Mark a task as done."""
    return _end(task, "finish", version, actor)


@service(Perm.TASK_KEEP, label=gettext_lazy("A task is no longer needed"))
def cancel_task(task: Task, *, reason: NotNeeded, version: int | None = None, actor: User) -> Task:
    """Say that a task is no longer needed, and why. It stays in the history of the case."""
    require_reason(reason, WHY_LENGTH)
    return _end(task, "cancel", version, actor, reason=reason)


@service(Perm.TASK_KEEP, begins=True)
def reopen_task(task: Task, *, version: int | None = None, actor: User) -> Task:
    """Reopen a task that was done or no longer needed."""
    require_open_case(task.case, actor)
    nothing = {"ended_at": None, "ended_by": None, "reason": None}
    opened: Task = task_workflow.apply(task, "reopen", actor=actor, version=version, **nothing)
    return opened


@service(Perm.TASK_KEEP, label=gettext_lazy("Not now"))
def snooze_task(
    task: Task, *, until: Annotated[date, Column(ahead=True)], reason: str, actor: User
) -> Snooze:
    """Put a task that follows from the record off for the whole team, for 30 days at most, with
    a reason. It comes back by itself; if it is done meanwhile, it disappears."""
    case = Case.objects.select_for_update().get(pk=task.case_id)  # two may put it off at once
    require_content(case, actor)
    require_reason(reason, WHY_LENGTH)
    if not task.may_wait:
        raise Refused(_("This cannot be put off."))
    today = clock.today()
    if not today < until <= today + SNOOZED_AT_MOST:
        words = _("Choose a day within the next %(n)s days.")
        raise Refused(words % {"n": SNOOZED_AT_MOST.days}, "until")
    earlier = Snooze.objects.filter(rule=task.rule, row_id=task.pk)
    if earlier.in_force(today).exists():
        raise Refused(_("This is put off already."))
    earlier.filter(woken_at__isnull=True).update(
        woken_at=Now(), version=F("version") + 1, updated_at=Now()
    )
    snooze = Snooze.objects.create(
        case=case,
        rule=task.rule,
        row_id=task.pk,
        until=until,
        reason=reason.strip(),
        snoozed_by=actor,
    )
    audit.record("task.snoozed", snooze, actor=actor, rule=task.rule)
    return snooze


@service(Perm.TASK_KEEP)
def wake_task(snooze: Snooze, *, actor: User) -> Snooze:
    """Ask again before the day to which it was put off."""
    require_content(snooze.case, actor)
    current = Snooze.objects.select_for_update().get(pk=snooze.pk)
    if current.woken_at or current.until <= clock.today():
        raise Refused(_("This is no longer put off."))
    current.woken_at, current.version = Now(), current.version + 1
    current.save(update_fields=["woken_at", "version", "updated_at"])
    current.refresh_from_db()
    audit.record("task.woken", current, actor=actor, rule=current.rule)
    return current


def may_be_given(case: Case) -> UserQuerySet:
    """Who may be given a task of the case: those who read it and work on it."""
    people = User.objects.filter(pk__in=team_of(case).values("pk"))
    return people | User.objects.filter(pk__in=holding_on(case, Perm.CASE_ASSIGN).values("pk"))


def _end(task: Task, step: str, version: int | None, actor: User, **facts: object) -> Task:
    require_content(task.case, actor)
    facts |= {"ended_at": timezone.now(), "ended_by": actor}
    ended: Task = task_workflow.apply(task, step, actor=actor, version=version, **facts)
    return ended


def _require_words(what: str) -> None:
    if not what.strip():
        raise Refused(_("Write what has to be done."), "what")


def _require_reader(case: Case, person: User | None) -> None:
    """Nobody is given what they cannot read."""
    if person is None:
        return
    require_unconflicted(case, person)
    if not may_be_given(case).filter(pk=person.pk).exists():
        raise Refused(_("Only people who read this case can be given a task in it."), "assignee")


def _tell(task: Task, actor: User) -> None:
    if task.assignee and task.assignee != actor:
        tell([task.assignee], "task-given", target=task)
