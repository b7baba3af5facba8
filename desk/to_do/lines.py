"""What is to be done, in words: lines with their buttons, for Today, the full list and the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from casework.case_pages import address
from casework.enums import TaskStatus
from casework.models import Snooze, Task
from casework.verbs import Verbs
from core.access import CONTENT
from core.days import clock
from desk.present import rules_beyond
from desk.rules import HARMS, OF_THE_RECORD, Urgency
from desk.to_do.first_rows import MOST_COUNTED
from desk.to_do.kinds import TOGETHER
from desk.to_do.tasks import OWN, key_of, own_tasks, to_do

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import User
    from casework.models import Case

MOST_OF_A_CLASS = 10  # on Today; the rest is one link away
MOST_OF_A_CASE = 50  # of one rule on the page of a case
MOST_DONE = 20
FEW = 5  # on the overview of a case
TODAY = "?today"
PEOPLES = gettext_lazy("Tasks of people")


def case_to_do(case: Case, user: User) -> dict[str, object]:
    """The section “To do” of a case: a fixed number of statements, whatever it holds."""
    writes = user.scope.reaches(case, CONTENT)
    rules = rules_beyond(case.lacking or frozenset())
    every = to_do(user, rules=rules, own=own_tasks, case=case, beside=True)
    tasks = every.first_of_each(MOST_OF_A_CASE)
    # The tasks of people are there anyway.
    awake = [t for t in tasks if not t.until and (t.asks is None or t.asks in OF_THE_RECORD)]
    verbs = Verbs(case, user, writes=writes)
    return {
        "tasks": lines(awake, user),
        "snoozed": lines((task for task in tasks if task.until), user),
        "done": _done(case, user),
        "verbs": verbs(case, "casework:add-task"),
    }


def first_to_do(case: Case, user: User) -> dict[str, object]:
    """What presses most in a case, for its overview, and how much there is in all."""
    rules = [r for r in rules_beyond(case.lacking or frozenset()) if r in OF_THE_RECORD]
    rows = to_do(user, rules=rules, own=own_tasks, case=case).first_of_each(FEW, TOGETHER)
    in_all = rows[0].total if rows else 0
    return {
        "tasks": lines(rows, user),
        "count": in_all,
        "url": address(case.pk, "to-do"),
    }


def may_wait_in(case: Case, user: User) -> dict[str, tuple[object, str]]:
    """What the rules ask of a case and may be put off, by key, each with its words."""
    tasks = to_do(user, case=case).first_of_each(MOST_OF_A_CASE)
    waiting = [task for task in tasks if task.may_wait]
    return {key_of(t): (t, ", ".join(filter(None, (t.what, t.about)))) for t in waiting}


def _done(case: Case, user: User) -> list[dict[str, object]]:
    rows = case.rows(Task, user).exclude(status=TaskStatus.OPEN)
    keeps = Verbs(case, user, writes=True).may("casework:reopen-task")
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


def groups(tasks: Iterable[Any], user: User, back: str = "") -> list[dict[str, Any]]:
    """Tasks under the words of their class of harm, those of one case together, with how many
    there are in all."""
    rows = list(tasks)
    sections = []
    for harm, (title, tone) in HARMS.items():
        of_it = [task for task in rows if task.harm == harm]
        if of_it:
            count, code = of_it[0].total or 0, harm.name.lower()
            sections.append(
                {
                    "code": code,
                    "title": title,
                    "tone": tone,
                    "count": count,
                    "in_all": at_most(count) if count else "",
                    "cases": by_case(lines(of_it, user, back)),
                    "more_url": f"{reverse('desk:to-do')}?harm={code}",
                    "more": bool(count and count > len(of_it)),
                }
            )
    return sections


def by_case(rows: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """Lines of one case together, where the first of them stands."""
    cases: dict[Any, list[dict[str, Any]]] = {}
    for line in rows:
        cases.setdefault(line["case"], []).append(line)
    return list(cases.values())


def folds(tasks: Iterable[Any]) -> list[dict[str, Any]]:
    """What is long overdue, a line for each kind: one task stands for all of them."""
    return [
        {
            "words": task.asks.words if task.asks else PEOPLES,
            "in_all": at_most(task.total),
            "count": task.total,
            "url": f"{reverse('desk:together')}?rule={task.rule or OWN}",
        }
        for task in tasks
    ]


def at_most(number: int) -> str:
    """A number as it is, up to a bound that is said."""
    if number <= MOST_COUNTED:
        return str(number)
    return _("more than %(n)s") % {"n": f"{MOST_COUNTED:,}"}


def lines(tasks: Iterable[Any], user: User, back: str = "") -> list[dict[str, object]]:
    """`back` is added to the addresses of verbs, so that they lead back to where one came from."""
    today, tasks = clock.today(), list(tasks)
    # Today is asked for most, and has a link to the case: the words stand there.
    asleep = [task.snooze for task in tasks if task.snooze and back != TODAY]
    why = _why(asleep, user)
    return [_line(task, user, today, back) | why.get(task.snooze, {}) for task in tasks]


def _why(snoozes: list[object], user: User) -> dict[object, dict[str, str]]:
    """Why each was put off, and by whom."""
    if not snoozes:
        return {}
    rows = Snooze.objects.visible_to(user).filter(pk__in=snoozes).select_related("snoozed_by")
    return {row.pk: {"why": str(row.reason), "put_off_by": row.snoozed_by.name} for row in rows}


def _line(task: Any, user: User, today: date, back: str) -> dict[str, object]:
    pressing = task.urgency == Urgency.AT_ONCE or task.due_on <= today
    late = "danger" if task.due_on <= today and task.urgency == Urgency.AT_ONCE else "warn"
    line = {
        "id": task.pk,
        "key": key_of(task),
        "case": task.case_id,
        "case_url": address(task.case_id),
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
        return line | _asked(task, user, keeps, back)
    return line | _given(task, user, keeps, back)


def _asked(task: Any, user: User, keeps: bool, back: str) -> dict[str, Any]:
    rule = task.asks
    snooze = f"{reverse('desk:snooze', args=[task.case_id])}?task={key_of(task)}"
    wake = reverse("casework:wake-task", args=[task.snooze]) if task.snooze else ""
    return {
        "verb": rule.verb,
        "url": rule.address(task.case_id, task.target) if user.has_perm(rule.permission) else "",
        "snooze_url": f"{snooze}{back.replace('?', '&')}" if keeps and rule.may_wait else "",
        "wake_url": f"{wake}{back}" if keeps and wake else "",
    }


def _given(task: Task, user: User, keeps: bool, back: str) -> dict[str, Any]:
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
