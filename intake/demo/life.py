"""How invented cases end and change hands in the demonstration: one closed, two offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.enums import CaseStatus, ClosingReason
from casework.models import Case, Closing, ClosingWords
from casework.services.transfers import transfer_case
from casework.workflow import case_workflow
from core.context import acting_as

if TYPE_CHECKING:
    from accounts.models import User

WHY_CLOSED = "Invented: the family moved and the local office goes on."
WHY_OFFERED = "Invented: the officer is on leave until spring."
WHY_ABROAD = "Invented: the survivors live near your office now."


def add_what_ends_and_moves(users: dict[str, User]) -> None:
    """Of the youngest cases, so that those of the pictures stay as they are."""
    lead = users["lead.kolkata"]
    with acting_as(lead.pk):
        here = Case.objects.filter(office__code="kolkata", level=1)
        early = here.filter(status__in=[CaseStatus.LEAD, CaseStatus.ASSESSMENT])
        leads = list(early.order_by("-opened_on", "-reference")[:2])
        if len(leads) == 2:
            closed, offered = leads
            _close(closed, lead)
            transfer_case(offered, to_person=users["legal.kolkata"], reason=WHY_OFFERED, actor=lead)
    abroad = users["lead.manila"]
    with acting_as(abroad.pk):
        there = Case.objects.filter(office__code="manila", level=1, status=CaseStatus.LEAD)
        case = there.order_by("opened_on", "reference").first()
        if case:
            office = lead.home_office
            transfer_case(case, to_office=office, reason=WHY_ABROAD, actor=abroad)


def _close(case: Case, lead: User) -> None:
    """A lead with nothing in it: what `desk.closing` would ask first is settled."""
    today, stood = case.jurisdiction.today, case.status
    case_workflow.apply(case, "close", actor=lead, closed_on=today)
    closing = Closing.objects.create(
        case=case,
        reason=ClosingReason.RELOCATED,
        stood=stood,
        closed_on=today,
        closed_by=lead,
    )
    ClosingWords.objects.create(id=closing.pk, case=case, closing=closing, note=WHY_CLOSED)
