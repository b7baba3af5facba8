"""Handing cases over: one side offers, the other takes over or refuses; till then nothing moves."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Office, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import OFFICE_LEVEL
from casework.enums import MOST_AT_ONCE, SEAL_REASON_LENGTH, CaseStatus
from casework.models import Assignment, Case, Conflict, Transfer
from casework.querysets import MAY_BE_GIVEN
from casework.services.cases import require_content
from casework.services.opening import require_reason
from casework.workflow import transfer_workflow
from core import audit, context
from core.access import IDENTITY
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Iterable

MANAGING = [role for role in MAY_BE_GIVEN if OFFICE_LEVEL.get(role, 0) >= IDENTITY]


@service(Perm.CASE_TRANSFER)
def transfer_case(
    case: Case,
    *,
    reason: str,
    to_person: User | None = None,
    to_office: Office | None = None,
    from_person: User | None = None,
    actor: User,
) -> Transfer:
    """Offer a case to a person of its office, in the place of another or beside them, or to
    another office."""
    require_content(case, actor)
    if from_person and from_person.pk not in _teams([case])[case.pk]:
        raise Refused(_("Whose place is taken must be on the team."))
    if to_person and not from_person and to_person.pk in _teams([case])[case.pk]:
        raise Refused(_("This person is already on the team."))
    (offered,) = _offer([case], reason, to_person, to_office, from_person, actor)
    return offered


@service(Perm.CASE_TRANSFER)
def transfer_caseload(
    person: User,
    *,
    reason: str,
    to_person: User | None = None,
    to_office: Office | None = None,
    actor: User,
) -> list[Transfer]:
    """Offer every open case of a person at once: all of them, or none. Sealed ones stay."""
    cases = list(_caseload(person, actor)[: MOST_AT_ONCE + 1])
    if not cases:
        raise Refused(_("There is no open case of this person that you could hand over."))
    if len(cases) > MOST_AT_ONCE:
        words = _("These are more than %(n)s cases. Hand them over one by one, or in parts.")
        raise Refused(words % {"n": MOST_AT_ONCE})
    return _offer(cases, reason, to_person, to_office, person if to_person else None, actor)


@service(Perm.TRANSFER_ANSWER)
def accept_transfer(transfer: Transfer, *, whole: bool = False, actor: User) -> Transfer:
    """Take a case over; with `whole`, everything that was offered together with it."""
    for offer in _open_ones(transfer, whole, actor):
        transfer_workflow.apply(offer, "accept", actor=actor, **_by(actor))
        audit.record("case.transferred", offer, actor=actor)
    return _decided(transfer, actor)


@service(Perm.TRANSFER_ANSWER)
def refuse_transfer(
    transfer: Transfer, *, reason: str, whole: bool = False, actor: User
) -> Transfer:
    """Leave a case where it is, and say why."""
    require_reason(reason, SEAL_REASON_LENGTH)
    for offer in _open_ones(transfer, whole, actor):
        transfer_workflow.apply(offer, "refuse", actor=actor, answer=reason, **_by(actor))
    return _decided(transfer, actor)


@service(Perm.CASE_TRANSFER)
def withdraw_transfer(transfer: Transfer, *, whole: bool = False, actor: User) -> Transfer:
    """Offer a case no longer."""
    require_content(_its_case(transfer), actor)
    offers = _together(Transfer.objects.visible_to(actor), transfer, whole)
    mine = [offer for offer in offers.select_related("case") if actor.scope.reaches(offer.case, 2)]
    for offer in mine:
        transfer_workflow.apply(offer, "withdraw", actor=actor, **_by(actor))
    transfer.refresh_from_db()
    return transfer


@service(Perm.TRANSFER_VIEW)
def read_transfers(*, actor: User) -> dict[str, list[Transfer]]:
    """What is offered to this person, and what of their cases waits for an answer."""
    beside = ("to_person", "to_office", "from_person", "asked_by", "office")
    rows = Transfer.objects.visible_to(actor).waiting().select_related(*beside)
    rows = rows.order_by("asked_at", "batch", "pk")
    offered = set(Transfer.objects.offered_to(actor).values_list("pk", flat=True))
    every = list(rows[:500])
    ids = [row.pk for row in every]
    cases = [row.case_id for row in every]
    audit.read_rows("transfer.list", Transfer._meta.label, ids, actor=actor, shown=cases)
    return {
        "offered": [row for row in every if row.pk in offered],
        "waiting": [row for row in every if row.pk not in offered],
    }


@service(Perm.CASE_TRANSFER)
def read_caseload(person: User, *, actor: User) -> list[Case]:
    """What would be handed over with a caseload."""
    found = list(_caseload(person, actor))
    if not found:
        raise Refused(_("There is no open case of this person that you could hand over."))
    audit.read_rows("case.list", Case._meta.label, [case.pk for case in found], actor=actor)
    return found


def _caseload(person: User, actor: User) -> Any:
    """The open cases of a person that the actor may hand over; sealed ones are left out."""
    mine = actor.scope.rows(2, case="pk", office="office")
    rows = Case.objects.visible_to(actor).filter(mine, level=1).open().of_person(person)
    return rows.select_related("office", "jurisdiction").order_by("opened_on", "pk")


def may_take_over(case: Case) -> Any:
    """People of the case's own office to whom it can be offered."""
    return _at(case.office_id, MAY_BE_GIVEN).order_by("name")


def _offer(
    cases: list[Case],
    reason: str,
    to_person: User | None,
    to_office: Office | None,
    from_person: User | None,
    actor: User,
) -> list[Transfer]:
    """All of them under one number, so that they can be answered together."""
    require_reason(reason, SEAL_REASON_LENGTH)
    if (to_person is None) == (to_office is None):
        raise Refused(_("Say to whom: a person of the office, or another office."))
    if to_person and from_person and to_person.pk == from_person.pk:
        raise Refused(_("Choose somebody else: this person has it already."))
    _lock_free([case.pk for case in cases])
    takers = _takers(cases, to_person, to_office)
    _refuse(
        [case for case in cases if not takers[case.pk]],
        _("Cannot be taken over there: %(cases)s. Choose somebody else."),
    )
    batch = uuid.uuid4()
    made = Transfer.objects.bulk_create(
        Transfer(
            case=case,
            batch=batch,
            to_person=to_person,
            to_office=to_office,
            from_person=from_person,
            shown=_shown(case),
            reason=reason.strip(),
            asked_by=actor,
            asked_at=timezone.now(),
        )
        for case in cases
    )
    for offer in made:
        audit.record("transfer.asked", offer, actor=actor)
    told = {user for users in takers.values() for user in users}
    tell(User.objects.filter(pk__in=told).exclude(pk=actor.pk), "transfer-asked", target=made[0])
    return made


def _lock_free(keys: list[Any]) -> None:
    """Hold the cases till the offer stands; none may be sealed, closed or offered already."""
    locked = {
        case.pk: case
        for case in Case.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    _refuse(
        [case for case in locked.values() if case.sealed],
        _("A sealed case is not handed over; name another person in it: %(cases)s."),
    )
    _refuse(
        [case for case in locked.values() if case.status == CaseStatus.CLOSED],
        _("Closed, so nobody has to take it over: %(cases)s."),
    )
    offered = set(Transfer.objects.waiting().filter(case__in=keys).values_list("case", flat=True))
    _refuse([locked[pk] for pk in offered], _("Offered to somebody already: %(cases)s."))


def _refuse(cases: Iterable[Case], words: str) -> None:
    named = sorted(case.reference for case in cases)
    if named:
        raise Refused(words % {"cases": ", ".join(named)})


def _takers(
    cases: list[Case], to_person: User | None, to_office: Office | None
) -> dict[Any, set[Any]]:
    """By case the people who could take it over: with the role, and with no tie to it."""
    tied: dict[Any, set[Any]] = {}
    rows = Conflict.objects.in_force().filter(case__in=cases)
    for case, user in rows.values_list("case", "user"):
        tied.setdefault(case, set()).add(user)
    by_office: dict[Any, set[Any]] = {}
    for office in {case.office_id for case in cases}:
        if to_office:
            elsewhere = to_office.pk != office and to_office.closed_on is None
            people = (
                _at(to_office.pk, MANAGING, everywhere=True) if elsewhere else User.objects.none()
            )
        else:
            people = _at(office, MAY_BE_GIVEN).filter(pk=to_person and to_person.pk)
        by_office[office] = set(people.values_list("pk", flat=True))
    return {case.pk: by_office[case.office_id] - tied.get(case.pk, set()) for case in cases}


def _at(office: Any, roles: list[str], *, everywhere: bool = False) -> Any:
    """Who has one of these roles in this office; `everywhere`: or in the global one."""
    here = Q(office=office) | Q(office__is_global=True) if everywhere else Q(office=office)
    held = Membership.objects.in_force().filter(here, user=OuterRef("pk"), role__in=roles)
    return User.objects.filter(Exists(held), is_active=True)


def _teams(cases: list[Case]) -> dict[Any, set[Any]]:
    found: dict[Any, set[Any]] = {case.pk: set() for case in cases}
    rows = Assignment.objects.in_force().filter(case__in=cases)
    for case, user in rows.values_list("case", "user"):
        found[case].add(user)
    return found


def _shown(case: Case) -> dict[str, str]:
    """What who has to answer is told: that the case exists, and where it stands."""
    return {
        "reference": case.reference,
        "programme": case.programme,
        "status": case.status,
        "office": case.office.name,
        "place": case.jurisdiction.name,
        "opened_on": case.opened_on.isoformat(),
    }


def _by(actor: User) -> dict[str, Any]:
    return {"decided_by": actor, "decided_at": timezone.now()}


def _its_case(transfer: Transfer) -> Case:
    """As far as the database shows it: who is offered a case from outside does not see it."""
    case = Case.objects.select_related("office").filter(pk=transfer.case_id).first()
    if case is None:
        raise Refused(_("Only the office that offers a case withdraws the offer."))
    return case


def _together(rows: Any, transfer: Transfer, whole: bool) -> Any:
    same = Q(batch=transfer.batch) if whole else Q(pk=transfer.pk)
    waiting = rows.waiting().filter(same).order_by("pk")
    if not waiting.filter(pk=transfer.pk).exists():
        raise Refused(_("This offer was answered or withdrawn already."))
    return waiting


def _open_ones(transfer: Transfer, whole: bool, actor: User) -> list[Transfer]:
    """What the actor answers; nobody answers for somebody else."""
    offered = Transfer.objects.offered_to(actor)
    if not transfer.decided_at and not offered.filter(pk=transfer.pk).exists():
        raise Refused(_("Who is offered the case answers, nobody else."))
    return list(_together(offered, transfer, whole))


def _decided(transfer: Transfer, actor: User) -> Transfer:
    context.refresh(actor)
    transfer.refresh_from_db()
    tell({transfer.asked_by} - {actor}, "transfer-decided", target=transfer)
    return transfer
