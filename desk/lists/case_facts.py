"""What the list of cases says beside each: who works on it, when it comes up, when it last moved.

Two statements for a page, however many cases. Only of rows that are open to the reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from aftercare.models import FollowUp, Referral, ServiceRecord
from casework.models import Assignment, Document, InvestigationStep, Note, Rescue, Task
from core.arrays import NOTHING, Array
from core.days import clock
from core.shortcuts.statements import THESE, KeptStatement
from prosecutions.models import Hearing
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from accounts.models import User
    from casework.models import Case

# Where work on a case is written down.
WORK = (
    *(Rescue, Note, Document, InvestigationStep, Task),
    *(Involvement, FollowUp, Referral, ServiceRecord, Hearing),
)

OF_EACH = "select case_id, max(at), max(day) from (%s) kinds (case_id, at, day) group by 1"
NEXT = "min(listed_on) filter (where result = '' and listed_on >= %s)"


_kept = KeptStatement()


@dataclass
class Team:
    """Who was first on a case, and how many came after."""

    first: str = ""
    others: int = 0


@dataclass(frozen=True)
class Facts:
    """By case; what is not told of one is not there."""

    teams: Mapping[UUID, Team] = field(default_factory=dict)
    next: Mapping[UUID, date] = field(default_factory=dict)
    active: Mapping[UUID, date] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseRow:
    """A case of the list with what is read beside it. `people`: None, where they are open to its
    team alone; `alone`: nobody is on it."""

    case: Case
    team: Team | None
    next: date | None
    active: date | None
    people: int | None
    mine: bool
    alone: bool
    may_be_chosen: bool

    @property
    def id(self) -> UUID:
        return self.case.pk

    @property
    def reference(self) -> str:
        return self.case.reference


def facts_of(cases: list[Case], user: User) -> Facts:
    """Of the cases of one page."""
    rows = _found(_asked(cases, user))
    active = {case.pk: case.updated_at for case in cases if Involvement.access.opens(case, user)}
    for case, at, _day in rows:
        active[case] = max(at, active.get(case, at))
    return Facts(
        _teams(cases, user),
        next={case: day for case, _at, day in rows if day},
        active={case: clock.local(at).date() for case, at in active.items()},
    )


def _teams(cases: list[Case], user: User) -> dict[UUID, Team]:
    """By day of assignment; who can no longer sign in is not named."""
    teams: dict[UUID, Team] = {}
    these = Array(case.pk for case in cases)
    for case, name in _kept.rows("teams", _assignments, user, these):
        if case in teams:
            teams[case].others += 1
        else:
            teams[case] = Team(name)
    return teams


def _assignments(reader: Any) -> QuerySet[Assignment, Any]:
    rows = Assignment.objects.visible_to(reader).in_force()
    rows = rows.filter(case__any_of=THESE, user__is_active=True)
    return rows.order_by("started_at", "pk").values_list("case", "user__name")


def _asked(cases: list[Case], user: User) -> dict[type[Model], str]:
    """By kind of row the cases of which this person sees all of them.

    An open case is asked once for each kind of row and not again in every row; the database does.
    """
    opened: dict[tuple[bool, str, int], Array] = {}  # by what a case hangs on, to be open
    asked: dict[type[Model], str] = {}
    for model in WORK:
        view, level = model.access.view, model.access.level
        of = user.has_perm(view), view if user.scope.shown.get(view) else "", level
        if of not in opened:
            opened[of] = Array(case.pk for case in cases if model.access.opens(case, user))
        if opened[of].text != NOTHING.text:
            asked[model] = opened[of].text
    return asked


def _found(asked: Mapping[type[Model], str]) -> list[tuple[UUID, datetime, date | None]]:
    """By case when a row of each of these tables was last written, and the next hearing."""
    arms: list[str] = []
    given: list[date | str] = []
    for model, ids in asked.items():
        next_one = NEXT if model is Hearing else "null::date"
        given += [clock.today(), ids] if model is Hearing else [ids]
        arms.append(
            f"select case_id, max(updated_at), {next_one} from {model._meta.db_table}"  # noqa: S608
            " where case_id = any(%s::uuid[]) group by 1"  # tables and columns of ours
        )
    if not arms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OF_EACH % " union all ".join(arms), given)
        return list(cursor.fetchall())
