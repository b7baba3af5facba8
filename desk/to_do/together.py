"""One deed for several things to do: for all of them, or for none.

Each is done by the service of the single one, which asks, refuses and records for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from casework.enums import MOST_AT_ONCE
from casework.models import Snooze, Task
from casework.services.tasks import (
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    snooze_task,
    wake_task,
)
from core.refusals import Words
from core.refusals import gettext as _
from core.services import Refused, service
from desk.rules import BY_CODE
from desk.to_do.tasks import key_of, split_key, to_do

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from accounts.models import User


class Deed(TextChoices):
    """What may be done with several at once."""

    FINISH = "finish", gettext_lazy("Done")
    CANCEL = "cancel", gettext_lazy("No longer needed")
    ASSIGN = "assign", gettext_lazy("Give them to somebody")
    SNOOZE = "snooze", gettext_lazy("Not now")
    REOPEN = "reopen", gettext_lazy("Open them again")
    WAKE = "wake", gettext_lazy("Ask again now")


OF_PEOPLE = (Deed.FINISH, Deed.CANCEL, Deed.ASSIGN)  # the tasks somebody wrote down
OF_THE_RULES = (Deed.SNOOZE,)
BACK = {Deed.FINISH: Deed.REOPEN, Deed.CANCEL: Deed.REOPEN, Deed.SNOOZE: Deed.WAKE}
TAKES = {  # the facts each needs
    Deed.CANCEL: ("reason",),
    Deed.ASSIGN: ("assignee", "due_on"),
    Deed.SNOOZE: ("until", "reason"),
}
MAY_BE_LEFT_OUT = ("assignee",)


@service(Perm.TASK_KEEP)
def do_together(
    tasks: Sequence[Any], *, deed: str, actor: User, **facts: Any
) -> list[Task | Snooze]:
    """Do one thing with several: finish, cancel, give, put off, or take that back."""
    if not 0 < len(tasks) <= MOST_AT_ONCE:
        raise Refused(_("Choose from 1 to %(n)s lines.") % {"n": MOST_AT_ONCE}, "tasks")
    for name in TAKES.get(Deed(deed), ()):
        if name not in MAY_BE_LEFT_OUT and not facts.get(name):
            raise Refused(_("Your choice needs this."), name)
    given = {name: facts.get(name) for name in TAKES.get(Deed(deed), ())}
    return [_one(task, Deed(deed), given, actor) for task in tasks]


def _one(task: Task, deed: Deed, given: dict[str, Any], actor: User) -> Any:
    try:
        return do_one(task, deed, given, actor)
    except Refused as no:
        if no.field in given:
            raise
        field = "tasks" if no.field == "tasks" else None
        raise Refused(_about(task, no.words), field) from None


def do_one(task: Task, deed: Deed, given: Mapping[str, object], actor: User) -> object:
    """Do this with one of them, or say what can be done with it instead."""
    if bool(task.rule) != (deed in (*OF_THE_RULES, Deed.WAKE)):
        raise Refused(_not_for(task), "tasks")
    return DEEDS[deed](task, dict(given), actor)


def _about(task: Task, why: Words) -> Words:
    words = gettext("%(case)s, %(what)s: %(why)s Nothing was changed.")
    words %= {"case": task.case.reference, "what": task.what, "why": why}
    return Words(words, why.code)


def _not_for(task: Task) -> Words:
    if task.rule:
        return _(
            "This task follows from the record and disappears when the record is complete. "
            "You can put it off."
        )
    return _(
        "Somebody added this task. You can mark it done, give it to somebody, or say "
        "that it is no longer needed."
    )


def _assign(task: Task, given: dict[str, Any], actor: User) -> Task:
    return assign_task(task, version=task.version, actor=actor, **given)


def _wake(task: Any, _given: Mapping[str, object], actor: User) -> Snooze:
    row = Snooze.objects.visible_to(actor).select_related("case").filter(pk=task.snooze).first()
    if row is None:
        raise Refused(_("This is no longer put off."))
    return wake_task(row, actor=actor)


DEEDS: dict[Deed, Callable[[Any, dict[str, Any], User], Any]] = {
    Deed.FINISH: lambda task, _given, actor: finish_task(task, actor=actor),
    Deed.CANCEL: lambda task, given, actor: cancel_task(task, actor=actor, **given),
    Deed.ASSIGN: _assign,
    Deed.SNOOZE: lambda task, given, actor: snooze_task(task, actor=actor, **given),
    Deed.REOPEN: lambda task, _given, actor: reopen_task(task, actor=actor),
    Deed.WAKE: _wake,
}


def chosen(user: User, keys: Iterable[str]) -> list[Task]:
    """The things to do of these ids, put off or not, in the order of the ids. Raises `Refused`
    where one is not there, or not open to this person."""
    keys = list(dict.fromkeys(keys))
    tasks = open_of(user, keys)
    if missing := len(keys) - len(tasks):
        words = _("%(n)s of these are already done, or not open to you. Choose again.")
        raise Refused(words % {"n": missing}, "tasks")
    return tasks


def open_of(user: User, keys: Iterable[str]) -> list[Task]:
    """Those of these ids that are there and open to this person."""
    keys = list(dict.fromkeys(keys))
    parts = {key: split_key(key) for key in keys[: MOST_AT_ONCE + 1]}
    rows = [row for _rule, row in parts.values() if row]
    written = Task.objects.visible_to(user).filter(pk__in=rows).select_related("case")
    by_key = {key_of(task): task for task in written}
    rules = {rule for rule, _row in parts.values() if rule in BY_CODE}
    if rules:
        of = [BY_CODE[code] for code in sorted(rules)]
        asked = to_do(user, rules=of, asleep=None, writes=True)
        several = asked.filter(id__in=rows).order_by("place", "id")[: len(rows) * len(rules)]
        by_key |= {key_of(task): task for task in several}
    return [by_key[key] for key in keys if key in by_key]
