"""Handing cases over: one side offers, the other takes over or refuses; till then nothing moves.

A case handed to somebody who does not know of it is lost: so it moves when it is taken over.
Whoever receives it from another office cannot write there yet, so a trigger moves it, as the
owner, and refuses everybody whom the offer does not name. They see what was written into the
offer, not the case. A sealed case is not handed over: naming a person in it does the same with
fewer eyes. Emergencies and disclosures go on, since they rest on a reason or an order and not on
the team.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.columns import RefusalReason, SealReason, Whole
from casework.enums import SEAL_REASON_LENGTH
from casework.models import Case, Transfer
from casework.services.cases import require_content
from casework.services.offering import at_work_of, offer_all, teams_of
from casework.services.opening import require_reason
from casework.workflow import transfer_workflow
from core import audit, context
from core.lists.pagination import Page, Sort, paginate
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import Office, User
    from casework.querysets import CaseQuerySet, TransferQuerySet

BY_TIME = Sort(("asked_at", "id"))


@dataclass(frozen=True)
class Offers:
    """One page, and how many offers in all were made together with each of it."""

    page: Page
    together: dict[uuid.UUID, int]


@service(Perm.CASE_TRANSFER, label=gettext_lazy("Hand over"))
def transfer_case(
    case: Case,
    *,
    to_person: User | None = None,
    to_office: Office | None = None,
    reason: SealReason,
    from_person: User | None = None,
    actor: User,
) -> Transfer:
    """Offer a case to a person of its office, in place of another or beside them, or to another
    office. Nothing moves until it is taken over; you can withdraw the offer."""
    require_content(case, actor)
    if from_person and from_person.pk not in teams_of([case])[case.pk]:
        raise Refused(_("The person who is replaced must be on the team."), "from_person")
    (offered,) = offer_all([case], reason, to_person, to_office, from_person, actor)
    return offered


@service(Perm.CASE_TRANSFER)
def transfer_cases(
    cases: Sequence[Case],
    *,
    to_person: User | None = None,
    to_office: Office | None = None,
    reason: SealReason,
    actor: User,
) -> list[Transfer]:
    """Offer several cases as one hand-over, which is answered together or one by one: all of them,
    or none.
    """
    for case in cases:
        require_content(case, actor)
    return offer_all(cases, reason, to_person, to_office, None, actor)


@service(Perm.CASE_TRANSFER)
def transfer_caseload(
    person: User,
    *,
    reason: SealReason,
    to_person: User | None = None,
    to_office: Office | None = None,
    actor: User,
) -> list[Transfer]:
    """Offer every open case of a person at once: all of them, or none. Sealed ones stay.

    With a person and an office, the person is offered the cases of the offices they work in, and
    the office all others.
    """
    cases = list(_caseload(person, actor))
    if not cases:
        raise Refused(_("There is no open case of this person that you could hand over."))
    if not (to_person and to_office):
        return offer_all(cases, reason, to_person, to_office, person if to_person else None, actor)
    here = set(at_work_of(to_person).values_list("office", flat=True))
    near = [case for case in cases if case.office_id in here]
    far = [case for case in cases if case.office_id not in here]
    batch, made = uuid.uuid4(), []
    if near:
        made += offer_all(near, reason, to_person, None, person, actor, batch)
    if far:
        made += offer_all(far, reason, None, to_office, None, actor, batch)
    return made


@service(Perm.TRANSFER_ANSWER)
def accept_transfer(transfer: Transfer, *, whole: bool = False, actor: User) -> Transfer:
    """Take the case over; with `whole`, all that was offered together."""
    for offer in _open_ones(transfer, whole, actor):
        transfer_workflow.apply(offer, "accept", actor=actor, **_by(actor))
        audit.record("case.transferred", offer, actor=actor)
    return _decided(transfer, actor)


@service(Perm.TRANSFER_ANSWER)
def refuse_transfer(
    transfer: Transfer, *, whole: Whole = False, reason: RefusalReason, actor: User
) -> Transfer:
    """Refuse to take a case over, and say why. It stays where it is."""
    require_reason(reason, SEAL_REASON_LENGTH)
    for offer in _open_ones(transfer, whole, actor):
        transfer_workflow.apply(offer, "refuse", actor=actor, answer=reason, **_by(actor))
    return _decided(transfer, actor)


@service(Perm.CASE_TRANSFER)
def withdraw_transfer(transfer: Transfer, *, whole: bool = False, actor: User) -> Transfer:
    """Withdraw the offer of a case."""
    require_content(_its_case(transfer), actor)
    offers = _together(Transfer.objects.visible_to(actor), transfer, whole)
    mine = [offer for offer in offers.select_related("case") if actor.scope.reaches(offer.case, 2)]
    for offer in mine:
        transfer_workflow.apply(offer, "withdraw", actor=actor, **_by(actor))
    transfer.refresh_from_db()
    return transfer


@service(Perm.TRANSFER_VIEW)
def read_transfers(query: Mapping[str, str], *, actor: User) -> dict[str, Offers]:
    """A page of what is offered to this person, and one of what of their cases waits for others.

    Each has its cursor in `query`, by its name.
    """
    rows = Transfer.objects.visible_to(actor).waiting()
    offered = Transfer.objects.offered_to(actor)
    kinds = {"offered": rows.filter(pk__in=offered.values("pk"))}
    kinds["waiting"] = rows.exclude(pk__in=offered.values("pk"))
    pages = {name: _page(of, query.get(name, "")) for name, of in kinds.items()}
    every = [row for offers in pages.values() for row in offers.page.rows]
    ids, cases = [row.pk for row in every], [row.case_id for row in every]
    audit.read_rows("transfer.list", Transfer._meta.label, ids, actor=actor, shown=cases)
    return pages


def _page(rows: TransferQuerySet, cursor: str) -> Offers:
    beside = ("to_person", "to_office", "from_person", "asked_by", "office")
    page = paginate(rows.select_related(*beside), BY_TIME, cursor)
    together = rows.filter(batch__in={row.batch for row in page.rows}).order_by()
    return Offers(page, dict(together.values_list("batch").annotate(Count("pk"))))


@service(Perm.CASE_TRANSFER)
def read_caseload(person: User, *, actor: User) -> list[Case]:
    """What would be handed over with a caseload."""
    cases = list(_caseload(person, actor))
    if not cases:
        raise Refused(_("There is no open case of this person that you could hand over."))
    audit.read_rows("case.list", Case._meta.label, [case.pk for case in cases], actor=actor)
    return cases


def _caseload(person: User, actor: User) -> CaseQuerySet:
    """The open cases of a person that the actor may hand over; sealed ones are left out."""
    mine = actor.scope.rows(2, case="pk", office="office")
    rows = Case.objects.visible_to(actor).filter(mine, level=1).open().of_person(person)
    return rows.select_related("office", "jurisdiction").order_by("opened_on", "pk")


def _by(actor: User) -> dict[str, Any]:
    return {"decided_by": actor, "decided_at": timezone.now()}


def _its_case(transfer: Transfer) -> Case:
    """As far as the database shows it: who is offered a case from outside does not see it."""
    case = Case.objects.select_related("office").filter(pk=transfer.case_id).first()
    if case is None:
        raise Refused(_("Only the office that offered the case can withdraw the offer."))
    return case


def _together(rows: TransferQuerySet, transfer: Transfer, whole: bool) -> TransferQuerySet:
    same = Q(batch=transfer.batch) if whole else Q(pk=transfer.pk)
    waiting = rows.waiting().filter(same).order_by("pk")
    if not waiting.filter(pk=transfer.pk).exists():
        raise Refused(_("This offer was answered or withdrawn already."))
    return waiting


def _open_ones(transfer: Transfer, whole: bool, actor: User) -> list[Transfer]:
    """What the actor answers; nobody answers for somebody else."""
    offered = Transfer.objects.offered_to(actor)
    if not transfer.decided_at and not offered.filter(pk=transfer.pk).exists():
        raise Refused(_("Only the person or office that was offered the case can answer."))
    return list(_together(offered, transfer, whole))


def _decided(transfer: Transfer, actor: User) -> Transfer:
    context.refresh(actor)
    transfer.refresh_from_db()
    tell({transfer.asked_by} - {actor}, "transfer-decided", target=transfer)
    return transfer
