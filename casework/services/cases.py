"""What can happen to a case."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.permissions import Perm
from casework.contradictions import AHEAD
from casework.enums import MOST_AT_ONCE, CaseStatus, SupportLevel
from casework.models import Assignment, Case, Conflict
from casework.querysets import at_work
from casework.workflow import case_workflow
from core import audit, context
from core.access import CONTENT, IDENTITY
from core.database.inserting import insert
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from uuid import UUID

    from accounts.models import Office
    from accounts.models.people import UserQuerySet
    from places.models import Jurisdiction


@service(Perm.CASE_OPEN)
def open_case(
    *,
    programme: str,
    jurisdiction: Jurisdiction,
    office: Office | None = None,
    opened_on: date | None = None,
    support_level: str = SupportLevel.OWN,
    actor: User,
) -> Case:
    """Open a case in your own office. You are on its team."""
    office = _own(office or actor.home_office, actor)
    opened_on = opened_on or jurisdiction.today
    _require_opened(opened_on, jurisdiction)
    (reference,) = _next_references(office, [opened_on.year])
    case = Case.objects.create(
        reference=reference,
        programme=programme,
        jurisdiction=jurisdiction,
        office=office,
        opened_on=opened_on,
        support_level=support_level,
    )
    Assignment.objects.create(case=case, user=actor)
    context.refresh(actor)
    audit.record("case.opened", case, actor=actor)
    return case


def open_each(
    days: Sequence[date | None],
    *,
    programme: str,
    jurisdiction: Jurisdiction,
    office: Office,
    actor: User,
) -> list[Case]:
    """The same for a file: a case for each of these days, in sets."""
    if not days:
        return []
    open_case.check(actor)
    _own(office, actor)
    opened = [day or jurisdiction.today for day in days]
    references = _next_references(office, [day.year for day in opened])
    cases = [
        Case(
            reference=reference,
            programme=programme,
            jurisdiction=jurisdiction,
            office=office,
            opened_on=day,
        )
        for reference, day in zip(references, opened, strict=True)
    ]
    insert(Case, cases)
    insert(Assignment, [Assignment(case=case, user=actor) for case in cases])
    context.refresh(actor)
    audit.record_each("case.opened", cases, actor=actor)
    return cases


def _require_opened(day: date, jurisdiction: Jurisdiction) -> None:
    """By the calendar of its place, as `require_past` says of what happens in it."""
    if day > jurisdiction.today:
        raise Refused(AHEAD, "opened_on")


def _own(office: Office | None, actor: User) -> Office:
    if office is None or not any(office.pk == mine for mine, _role in actor.roles):
        raise Refused(_("You can open cases only in your own office."))
    return office


def _next_references(office: Office, years: Sequence[int]) -> list[str]:
    """KOL-2026-0147 and on, for each of these years. The rows of the counter are locked until the
    commit, so no number is skipped."""
    many = Counter(years)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_referencecounter as c (office_id, year, last)"
            " select %s, year, many from unnest(%s::int[], %s::int[]) of (year, many) order by year"
            " on conflict (office_id, year)"
            " do update set last = c.last + excluded.last returning year, last",
            [office.pk, list(many), list(many.values())],
        )
        numbers = {year: count(last - many[year] + 1) for year, last in cursor.fetchall()}
    return [f"{office.prefix}-{year}-{next(numbers[year]):04d}" for year in years]


@service(Perm.CASE_CORRECT, label=gettext_lazy("Correct the case"))
def correct_case(
    case: Case,
    *,
    version: int,
    programme: str,
    jurisdiction: Jurisdiction,
    opened_on: date,
    support_level: str,
    actor: User,
) -> Case:
    """Correct the kind, place and first day of the case, and how far it is ours. The former
    values stay in its history.

    Raises `Stale`.
    """
    require_content(case, actor)
    _require_opened(opened_on, jurisdiction)
    if case.closed_on and opened_on > case.closed_on:
        words = _("This case was closed on %(day)s, so it must have been opened before that.")
        raise Refused(words % {"day": date_format(case.closed_on, "j M Y")}, "opened_on")
    changed = amend(
        case,
        version,
        programme=programme,
        jurisdiction=jurisdiction,
        opened_on=opened_on,
        support_level=support_level,
    )
    audit.record("case.corrected", changed, actor=actor)
    return changed


@service(Perm.CASE_MOVE)
def move_case(case: Case, *, step: str, version: int, actor: User) -> Case:
    """Take the next step in the life of a case."""
    require_content(case, actor)
    moved: Case = case_workflow.move(case, step, actor=actor, version=version)
    return moved


@service(Perm.CASE_ASSIGN, label=gettext_lazy("Assign"))
def assign(case: Case, *, user: User, actor: User) -> Assignment:
    """Put someone of the case's own office on its team."""
    require_content(case, actor)
    if not members_of(case.office_id).filter(pk=user.pk).exists():
        raise Refused(_("Only people in the case’s own office can join its team."))
    require_unconflicted(case, user)
    assignment, created = Assignment.objects.in_force().get_or_create(
        case=case, user=user, defaults={"named": case.sealed}
    )
    if not created:
        raise Refused(_("This person is already on the team."))
    audit.record("case.assigned", case, actor=actor, user=str(user.pk))
    return assignment


@service(Perm.CASE_ASSIGN, label=gettext_lazy("Take off the team"))
def take_off(assignment: Assignment, *, actor: User) -> Assignment:
    """Take a person off the team. They see no more of this case than their role in the office
    shows, and their open tasks in it wait for somebody else. The last person who works on the
    case cannot be taken off."""
    require_content(assignment.case, actor)
    case = Case.objects.select_for_update().get(pk=assignment.case_id)  # no two take off the last
    team = Assignment.objects.in_force().filter(case=case)
    current = team.filter(pk=assignment.pk).first()
    if current is None:
        raise Refused(_("This person is no longer on the team."))
    if current.named:
        raise Refused(_("The person is named on this sealed case. Remove the name first."))
    if not team.exclude(pk=current.pk).filter(at_work()).exists():
        raise Refused(_("Nobody would be left on this case. Assign somebody else first."))
    current.ended_at, current.version = timezone.now(), current.version + 1
    current.save(update_fields=["ended_at", "version", "updated_at"])
    context.refresh(actor)
    audit.record("case.unassigned", case, actor=actor, user=str(current.user_id))
    return current


@service(Perm.CASE_ASSIGN)
def assign_many(cases: Sequence[Case], *, user: User, actor: User) -> list[Assignment]:
    """Put someone on the teams of several cases: of all of them, or of none.

    Where the person is already, nothing changes.
    """
    if not 0 < len(cases) <= MOST_AT_ONCE:
        raise Refused(_("Choose from 1 to %(n)s cases.") % {"n": MOST_AT_ONCE})
    on_team = Assignment.objects.in_force().filter(case__in=cases, user=user)
    known = set(on_team.values_list("case", flat=True))
    missing = [case for case in cases if case.pk not in known]
    if not missing:
        raise Refused(_("This person is already on the team of each of these cases."))
    offices = {office for office, _role in user.roles}
    tied = set(
        Conflict.objects.in_force().filter(case__in=cases, user=user).values_list("case", flat=True)
    )
    for case in missing:
        require_content(case, actor)
    wrong = [c.reference for c in missing if c.office_id not in offices or c.pk in tied]
    if wrong:
        words = _("This person cannot join the team of %(cases)s. Nothing was changed.")
        raise Refused(words % {"cases": ", ".join(sorted(wrong))})
    made = Assignment.objects.bulk_create(
        Assignment(case=case, user=user, named=case.sealed) for case in missing
    )
    for case in missing:
        audit.record("case.assigned", case, actor=actor, user=str(user.pk))
    return made


def members_of(*offices: object) -> UserQuerySet:
    """Who can sign in and has a role now in each of these offices."""
    people = User.objects.filter(is_active=True)
    for office in offices:
        held = Membership.objects.in_force().filter(office=office, user=OuterRef("pk"))
        people = people.filter(Exists(held))
    return people


def require_content(case: Case, actor: User) -> None:
    """Who only knows that a case exists may not write into it."""
    if not actor.scope.reaches(case, CONTENT):
        raise PermissionDenied("case content")


def require_open_case(case: Case, actor: User) -> Case:
    """The case as it is now, held: it takes new work. A closed one is reopened by somebody first,
    for nobody is asked about what is begun in it.
    """
    require_content(case, actor)
    current: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_not_closed(current)
    return current


def hold_each(cases: Collection[UUID]) -> dict[UUID, Case]:
    """These cases as they are now, held, in one statement."""
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__any_of=cases).order_by("pk")
    return {case.pk: case for case in rows.select_related("jurisdiction", "office")}


def require_not_closed(case: Case) -> None:
    if case.status == CaseStatus.CLOSED:
        raise Refused(_("This case is closed. Ask its case manager to reopen it."))


def require_identity(case: Case, actor: User) -> None:
    """Who knows a case less deeply than by names may write none."""
    if not actor.scope.reaches(case, IDENTITY):
        raise PermissionDenied("identity")


def require_unconflicted(case: Case, user: User) -> None:
    """Whom a tie to someone in the case keeps out of it joins it on no way."""
    if Conflict.objects.in_force().filter(case=case, user=user).exists():
        raise Refused(_("This person has a conflict of interest in this case."))


def require_past(case: Case, *days: date, field: str | None = None) -> None:
    """What is recorded as done has happened, by the calendar of the case's place."""
    if any(day > case.jurisdiction.today for day in days):
        raise Refused(AHEAD, field)
