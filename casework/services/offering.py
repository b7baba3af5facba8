"""Offering cases: who could take them over, and the offer itself, for many cases at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Membership, Office, User
from accounts.notices import tell
from accounts.roles import OFFICE_LEVEL
from casework.enums import MOST_AT_ONCE, SEAL_REASON_LENGTH, CaseStatus
from casework.models import Assignment, Case, Conflict, Transfer
from casework.querysets import MAY_BE_GIVEN
from casework.services.opening import require_reason
from core import audit
from core.access import IDENTITY
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import MembershipQuerySet
    from accounts.models.people import UserQuerySet
    from core.refusals import Words

MANAGING = [role for role in MAY_BE_GIVEN if OFFICE_LEVEL.get(role, 0) >= IDENTITY]


def may_take_over(*offices: object) -> UserQuerySet:
    """People of one of these offices to whom its cases can be offered."""
    held = Membership.objects.in_force().filter(office__in=offices, role__in=MAY_BE_GIVEN)
    people = User.objects.filter(Exists(held.filter(user=OuterRef("pk"))), is_active=True)
    return people.order_by("name")


def offer_all(
    cases: Sequence[Case],
    reason: str,
    to_person: User | None,
    to_office: Office | None,
    from_person: User | None,
    actor: User,
    batch: uuid.UUID | None = None,
) -> list[Transfer]:
    """All of them under one number, so that they can be answered together; written in parts."""
    batch = batch or uuid.uuid4()
    made: list[Transfer] = []
    for start in range(0, len(cases), MOST_AT_ONCE):
        part = cases[start : start + MOST_AT_ONCE]
        made += _offer_part(part, reason, to_person, to_office, from_person, actor, batch)
    people = {user for users in _takers(cases, to_person, to_office).values() for user in users}
    tell(User.objects.filter(pk__in=people).exclude(pk=actor.pk), "transfer-asked", target=made[0])
    return made


def _offer_part(
    cases: Sequence[Case],
    reason: str,
    to_person: User | None,
    to_office: Office | None,
    from_person: User | None,
    actor: User,
    batch: uuid.UUID,
) -> list[Transfer]:
    require_reason(reason, SEAL_REASON_LENGTH)
    if (to_person is None) == (to_office is None):
        raise Refused(_("Choose a person in the office, or another office."))
    if to_person and from_person and to_person.pk == from_person.pk:
        raise Refused(_("Choose somebody else: this person already has it."), "to_person")
    if to_person and not from_person:
        _refuse_on_team(cases, to_person)
    _lock_free([case.pk for case in cases])
    takers = _takers(cases, to_person, to_office)
    _refuse(
        [case for case in cases if not takers[case.pk]],
        _("Cannot be taken over there: %(cases)s. Choose somebody else."),
    )
    made: list[Transfer] = Transfer.objects.bulk_create(
        Transfer(
            case=case,
            batch=batch,
            to_person=to_person,
            to_office=to_office,
            from_person=from_person,
            shown=shown_of(case),
            reason=reason.strip(),
            asked_by=actor,
            asked_at=timezone.now(),
        )
        for case in cases
    )
    for offer in made:
        audit.record("transfer.asked", offer, actor=actor)
    return made


def _refuse_on_team(cases: Sequence[Case], person: User) -> None:
    teams = teams_of(cases)
    _refuse(
        [case for case in cases if person.pk in teams[case.pk]],
        _("This person is already on the team: %(cases)s."),
    )


def _lock_free(keys: list[object]) -> None:
    """Hold the cases till the offer stands; none may be sealed, closed or offered already."""
    locked = {
        case.pk: case
        for case in Case.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    _refuse(
        [case for case in locked.values() if case.sealed],
        _("You cannot hand over a sealed case. Name another person in it: %(cases)s."),
    )
    _refuse(
        [case for case in locked.values() if case.status == CaseStatus.CLOSED],
        _("These cases are closed, so nobody needs to take them over: %(cases)s."),
    )
    offered = set(Transfer.objects.waiting().filter(case__in=keys).values_list("case", flat=True))
    _refuse([locked[pk] for pk in offered], _("Already offered to somebody: %(cases)s."))


def _refuse(cases: Iterable[Case], words: Words) -> None:
    named = sorted(case.reference for case in cases)
    if named:
        raise Refused(words % {"cases": ", ".join(named)})


def _takers(
    cases: Sequence[Case], to_person: User | None, to_office: Office | None
) -> dict[object, set[object]]:
    """By case the people who could take it over: with the role, and with no tie to it."""
    tied: dict[Any, set[Any]] = {}
    rows = Conflict.objects.in_force().filter(case__in=cases)
    for case, user in rows.values_list("case", "user"):
        tied.setdefault(case, set()).add(user)
    by_office: dict[Any, set[Any]] = {}
    for office in {case.office_id for case in cases}:
        if to_office:
            elsewhere = to_office.pk != office and to_office.closed_on is None
            elsewhere &= not to_office.is_practice
            people = (
                _at(to_office.pk, MANAGING, everywhere=True) if elsewhere else User.objects.none()
            )
        else:
            people = _at(office, MAY_BE_GIVEN).filter(pk=to_person and to_person.pk)
        by_office[office] = set(people.values_list("pk", flat=True))
    return {case.pk: by_office[case.office_id] - tied.get(case.pk, set()) for case in cases}


def at_work_of(person: User) -> MembershipQuerySet:
    return Membership.objects.in_force().filter(user=person, role__in=MAY_BE_GIVEN)


def _at(office: object, roles: list[str], *, everywhere: bool = False) -> UserQuerySet:
    """Who has one of these roles in this office; `everywhere`: or in the global one."""
    here = Q(office=office) | Q(office__is_global=True) if everywhere else Q(office=office)
    held = Membership.objects.in_force().filter(here, user=OuterRef("pk"), role__in=roles)
    return User.objects.filter(Exists(held), is_active=True)


def teams_of(cases: Sequence[Case]) -> dict[object, set[object]]:
    teams: dict[Any, set[Any]] = {case.pk: set() for case in cases}
    rows = Assignment.objects.in_force().filter(case__in=cases)
    for case, user in rows.values_list("case", "user"):
        teams[case].add(user)
    return teams


def shown_of(case: Case) -> dict[str, str]:
    """What who has to answer is told: that the case exists, and where it stands."""
    return {
        "reference": case.reference,
        "programme": case.programme,
        "status": case.status,
        "office": case.office.name,
        "place": str(case.jurisdiction),
        "opened_on": case.opened_on.isoformat(),
    }
