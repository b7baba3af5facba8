"""Today: what a person needs to see first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Perm
from casework.at_hand import at_hand
from casework.models import Case, Rescue, Transfer
from desk.parts.opening import disclosed_to
from desk.to_do.kinds import BY_HARM
from desk.to_do.lines import MOST_OF_A_CLASS, TODAY, at_most, folds, groups, lines
from desk.to_do.queues import queues_of
from desk.to_do.tasks import long_overdue, rules_for, tasks_to_do, to_do
from desk.today.outages import outages
from desk.today.setting_up import setting_up
from desk.words import STATUS_TONES
from prosecutions.models import Arrest
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet

TONIGHT = timedelta(hours=24)
MOST = 5  # of cases and rescues; all of them are one link away


def today(user: User) -> dict[str, Any]:
    """The context of Today: what needs this person, then what they work on. Fixed query count."""
    office = user.home_office
    opened = {
        "greeting_office": office.name if office else "",
        "disclosed": disclosed_to(user),
        "is_outside": user.has_perm(Perm.DISCLOSURE_VIEW) and not user.has_perm(Perm.TEAM_VIEW),
    }
    if opened["is_outside"]:
        return opened
    return (
        opened
        | outages(user)
        | needing(user)
        | {
            **rescues(user),
            **_set_up(user),
            "my_cases": _my_cases(user),
            "at_hand": at_hand(user),
            "offered": Transfer.objects.offered_to(user).count(),
            "works": user.has_perm(Perm.TASK_KEEP),
            "waiting": queues_of(user),
            "can_log_rescue": user.has_perm(Perm.RESCUE_LOG),
            "can_open_case": user.has_perm(Perm.CASE_OPEN),
        }
    )


ASKING = (
    *("disclosed", "history_amiss", "backup_late", "tonight", "groups"),
    *("folds", "snoozed", "waiting", "offered", "set_up_lacks"),
)


def figures_are_all(context: Mapping[str, object], user: User) -> bool:
    """Whether this page would be empty before somebody whose work is figures: who keeps no tasks,
    reads reports, and is asked nothing just now."""
    reads = user.has_perm(Perm.REPORT_VIEW) and not user.has_perm(Perm.TASK_KEEP)
    return reads and not any(context.get(name) for name in ASKING)


def _set_up(user: User) -> dict[str, object]:
    """For whoever manages people; `set_up_lacks`: it asks something of them."""
    state = setting_up(user) if user.has_perm(Perm.PEOPLE_MANAGE) else None
    return {"setting_up": state, "set_up_lacks": bool(state and state.left)}


def needing(user: User) -> dict[str, object]:
    """What this person is asked by the rules and was given, by what is harmed if it waits;
    what is long overdue folded, and beside it what is put off.

    Of the cases they may change: case managers those of the office, others those of their teams.
    """
    rules = rules_for(user)
    every = to_do(user, rules=rules, mine=True, own=tasks_to_do, beside=True)
    tasks = every.first_of_each(MOST_OF_A_CLASS, BY_HARM)
    put_off = [task for task in tasks if task.until]
    awake = [task for task in tasks if not task.until]
    sections = groups([task for task in awake if not long_overdue(task)], user, TODAY)
    late = folds(task for task in awake if long_overdue(task))
    return {
        "groups": sections,
        "count": sum(group["count"] for group in sections),
        "folds": late,
        "folded": at_most(sum(fold["count"] for fold in late)),
        "snoozed": lines(put_off, user, TODAY),
        "put_off": at_most(sum({kind_of(task): task.total for task in put_off}.values())),
        "tasks": [row for group in sections for case in group["cases"] for row in case],
        "emergencies_url": reverse("casework:emergencies")
        if user.has_perm(Perm.GLASS_REVIEW)
        else "",
    }


def kind_of(task: Any) -> object:
    """What it is counted with."""
    return task.rule if long_overdue(task) else task.harm


def rescues(user: User) -> dict[str, object]:
    """Those of the last 24 hours stand above everything, whoever else waits."""
    since, rows = timezone.now() - TONIGHT, recent_rescues(user)
    return {
        "tonight": [row for row in rows if row["at"] > since],
        "recent_rescues": [row for row in rows if row["at"] <= since],
    }


def recent_rescues(user: User) -> list[dict[str, Any]]:
    rows = list(
        Rescue.objects.visible_to(user)
        .select_related("case", "jurisdiction")
        .order_by("-occurred_on", "-occurred_at", "-id")[:MOST]
    )
    people = _count(Involvement.objects.filter(outcome=Outcome.RESCUED), user, rows)
    arrests = _count(Arrest.objects.all(), user, rows)
    return [
        {
            "id": row.pk,
            "case": row.case_id,
            "case_url": row.case.get_absolute_url(),
            "reference": row.case.reference,
            "place": str(row.jurisdiction),
            "at": row.occurred_at,
            "when": row.jurisdiction.clock(row.occurred_at),
            "people": _known(people.get(row.pk, 0), row.case, user),
            "arrests": arrests.get(row.pk, 0),
            "programme": row.case.get_programme_display(),
        }
        for row in rows
    ]


def _known(number: int, case: Case, user: User) -> int | None:
    """None where the people of the case are not open to the reader."""
    return number if user.scope.reads(case, Perm.VICTIM_VIEW) else None


def _count(of: ScopedQuerySet, user: User, rescues: list[Rescue]) -> dict[object, int]:
    rows = of.visible_to(user).filter(rescue__in=rescues)
    return dict(rows.values_list("rescue").annotate(Count("pk")))


def _my_cases(user: User) -> list[dict[str, object]]:
    rows = Case.objects.visible_to(user).of_team(user).open().prefetch_related("jurisdiction")
    return [
        {
            "case": row.pk,
            "url": row.get_absolute_url(),
            "reference": row.reference,
            "programme": row.get_programme_display(),
            "status": row.get_status_display(),
            "status_tone": STATUS_TONES[row.status],
            "place": str(row.jurisdiction),
            "opened_on": row.opened_on,
        }
        for row in rows.order_by("-opened_on", "-id")[:MOST]
    ]
