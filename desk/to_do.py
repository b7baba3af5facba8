"""What is to be done, in words: lines with their buttons, for Today, the full list and the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from casework.enums import TaskStatus
from casework.models import Snooze, Task
from core.access import CONTENT
from desk.beginning import offers
from desk.present import rules_beyond
from desk.rules import OF_THE_RECORD, URGENCIES, Urgency
from desk.tasks import key_of, own_tasks, to_do

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import User
    from casework.models import Case

MOST_OF_A_KIND = 5  # on Today, of one rule in one group; the rest is one link away
MOST_OF_A_CASE = 50  # of one rule on the page of a case
MOST_DONE = 20
TODAY = "?today"


def case_to_do(case: Case, user: User) -> dict[str, Any]:
    """The section “To do” of a case: a fixed number of statements, whatever it holds."""
    writes = user.scope.reaches(case, CONTENT)
    rules = rules_beyond(case.lacking or frozenset())
    every = to_do(user, rules=rules, own=own_tasks(user), case=case, beside=True)
    found = every.first_of_each(MOST_OF_A_CASE)
    # The tasks of people are there anyway.
    awake = [t for t in found if not t.until and (t.asks is None or t.asks in OF_THE_RECORD)]
    adds = writes and user.has_perm(Perm.TASK_KEEP) and offers(case, "casework:add-task")
    return {
        "tasks": lines(awake, user),
        "snoozed": lines((task for task in found if task.until), user),
        "done": _done(case, user),
        "add_url": reverse("casework:add-task", args=[case.pk]) if adds else "",
    }


def may_wait_in(case: Case, user: User) -> dict[str, tuple[Any, str]]:
    """What the rules ask of a case and may be put off, by key, each with its words."""
    found = to_do(user, case=case).first_of_each(MOST_OF_A_CASE)
    waiting = [task for task in found if task.may_wait]
    return {key_of(t): (t, ", ".join(filter(None, (t.what, t.about)))) for t in waiting}


def _done(case: Case, user: User) -> list[dict[str, Any]]:
    rows = case.rows(Task, user).exclude(status=TaskStatus.OPEN)
    keeps = user.has_perm(Perm.TASK_KEEP) and offers(case, "casework:reopen-task")
    return [
        {
            "what": row.what,
            "status": row.get_status_display(),
            "reason": row.reason or "",
            "by": row.ended_by.name,
            "at": row.ended_at,
            "version": row.version,
            "reopen_url": reverse("casework:reopen-task", args=[row.pk]) if keeps else "",
        }
        for row in rows.select_related("ended_by").order_by("-ended_at", "pk")[:MOST_DONE]
    ]


def groups(tasks: Iterable[Any], user: User) -> list[dict[str, Any]]:
    """Tasks under the words of their urgency, with how many there are in all."""
    found = list(tasks)
    shown = []
    for urgency, (title, tone) in URGENCIES.items():
        of_it = [task for task in found if task.urgency == urgency]
        kinds = {task.rule: task for task in of_it}
        count = sum(task.total for task in kinds.values())
        cut = any(task.cut for task in kinds.values())
        more = [_more(task, of_it) for task in kinds.values()]
        if of_it:
            shown.append(
                {
                    "code": urgency.name.lower(),
                    "title": title,
                    "tone": tone,
                    "count": count,
                    "in_all": at_least(count, cut),
                    "tasks": lines(of_it, user, TODAY),
                    "more": [line for line in more if line],
                }
            )
    return shown


def at_least(number: int, cut: bool) -> str:
    """What is not counted to its end says so: “100 and more”."""
    return _("%(n)s and more") % {"n": number} if cut else str(number)


def _more(task: Any, shown: list[Any]) -> dict[str, Any] | None:
    """What is not shown of one kind, and where it is."""
    rest = task.total - sum(one.rule == task.rule for one in shown)
    if rest <= 0:
        return None
    what = task.asks.words if task.asks else _("Tasks of people")
    words = ngettext("%(n)s more: %(what)s", "%(n)s more: %(what)s", rest)
    words = _("%(n)s and more: %(what)s") if task.cut else words
    query = f"?rule={task.rule}" if task.rule else "?rule=own"
    return {"words": words % {"n": rest, "what": what}, "url": reverse("desk:to-do") + query}


def lines(tasks: Iterable[Any], user: User, back: str = "") -> list[dict[str, Any]]:
    """`back` is added to the addresses of verbs, so that they lead back to where one came from."""
    today, tasks = timezone.localdate(), list(tasks)
    # Today is asked for most, and has a link to the case: the words stand there.
    asleep = [task.snooze for task in tasks if task.snooze and back != TODAY]
    why = _why(asleep, user)
    return [_line(task, user, today, back) | why.get(task.snooze, {}) for task in tasks]


def _why(snoozes: list[Any], user: User) -> dict[Any, dict[str, str]]:
    """Why each was put off, and by whom."""
    if not snoozes:
        return {}
    rows = Snooze.objects.visible_to(user).filter(pk__in=snoozes).select_related("snoozed_by")
    return {row.pk: {"why": str(row.reason), "put_off_by": row.snoozed_by.name} for row in rows}


def _line(task: Any, user: User, today: date, back: str) -> dict[str, Any]:
    case_url = reverse("desk:case", args=[task.case_id])
    pressing = task.urgency == Urgency.AT_ONCE or task.due_on <= today
    late = "danger" if task.due_on <= today and task.urgency == Urgency.AT_ONCE else "warn"
    line = {
        "id": task.pk,
        "case": task.case_id,
        "case_url": case_url,
        "reference": task.reference,
        "what": task.what,
        "about": task.about,
        "due_on": task.due_on,
        "due": due_in_words(task.due_on, today),
        "tone": late if pressing and not task.until else "",
        "until": task.until,
    }
    keeps = user.has_perm(Perm.TASK_KEEP)
    if task.asks:
        return line | _asked(task, user, case_url, keeps, back)
    return line | _given(task, user, keeps, back)


def _asked(task: Any, user: User, case_url: str, keeps: bool, back: str) -> dict[str, Any]:
    rule = task.asks
    snooze = f"{reverse('desk:snooze', args=[task.case_id])}?task={key_of(task)}"
    wake = reverse("casework:wake-task", args=[task.snooze]) if task.snooze else ""
    return {
        "verb": rule.verb,
        "url": rule.address(case_url, task.target) if user.has_perm(rule.permission) else "",
        "snooze_url": f"{snooze}{back.replace('?', '&')}" if keeps and rule.may_wait else "",
        "wake_url": f"{wake}{back}" if keeps and wake else "",
    }


def _given(task: Any, user: User, keeps: bool, back: str) -> dict[str, Any]:
    mine = task.assignee_id == user.pk
    whose = task.assignee.name if task.assignee else _("the whole team")
    return {
        "whose": _("you") if mine else whose,
        "version": task.version,
        **{
            f"{verb}_url": f"{reverse(f'casework:{verb}-task', args=[task.pk])}{back}"
            for verb in (("finish", "assign", "cancel") if keeps else ())
        },
    }


def due_in_words(day: date, today: date) -> str:
    """“3 days overdue”, “due today”, “due in 4 days”."""
    days = (day - today).days
    if days == 0:
        return _("due today")
    if days < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    return ngettext("due tomorrow", "due in %(n)s days", days) % {"n": days}
