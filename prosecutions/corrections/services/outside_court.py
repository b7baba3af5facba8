"""Rules of corrections outside the courtroom: networks, ways, requests, survivors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.services.cases import require_past
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, amend
from prosecutions.models import CorridorLeg
from prosecutions.services.corridors import Stage, check_order
from prosecutions.services.courts import check_office, same_case
from prosecutions.services.networks import check_membership
from prosecutions.services.survivors import check_accusation, check_protection

if TYPE_CHECKING:
    from core.refusals import Words
    from prosecutions.models import (
        Accusation,
        AssistanceRequest,
        Network,
        NetworkMember,
        ProtectiveMeasure,
    )


def check_network(_before: Network, row: Network) -> None:
    """A network lies in no one place: the day is that of the system."""
    if row.identified_on > clock.today():
        raise Refused(_("This day is in the future."), "identified_on")


def check_member(_before: NetworkMember, row: NetworkMember) -> None:
    """Known as a member first, and found to be none later, or not at all."""
    check_membership(row.known_on, row.left_on, row.case)


def check_leg(before: CorridorLeg, row: CorridorLeg) -> None:
    """With it the way is still one."""
    rows = CorridorLeg.objects.filter(corridor=row.corridor_id).select_related("jurisdiction")
    legs = [row if leg.pk == row.pk else leg for leg in rows.order_by("position")]
    try:
        check_order([Stage(leg.kind, leg.jurisdiction) for leg in legs])
    except Refused as refused:
        field = "kind" if row.kind != before.kind else "jurisdiction"
        raise Refused(refused.words, field) from None


def follow_leg(_before: CorridorLeg, row: CorridorLeg) -> None:
    """The way is another one: who tells it anew has to have seen this."""
    amend(row.corridor, row.corridor.version)


def check_request(before: AssistanceRequest, row: AssistanceRequest) -> None:
    """Asked, then reminded, then answered; or not answered at all."""
    _pair(row, "answer", "answered_on")
    if bool(row.reminders) != bool(row.reminded_on):
        raise Refused(_("Enter the date of the last reminder."), "reminded_on")
    words = _("A reminder cannot be earlier than the request.")
    _after(before, row, "asked_on", "reminded_on", words=words)
    words = _("The answer cannot be earlier than the request.")
    _after(before, row, "asked_on", "answered_on", words=words)
    check_office(row.agency, row.jurisdiction)
    if row.prosecution:
        same_case(row.case_id, row.prosecution, field="prosecution")


def follow_request(before: AssistanceRequest, row: AssistanceRequest) -> None:
    """The step of the investigation that was taken by asking was taken on that day."""
    step = row.step
    if step is None or step.done_on != before.asked_on or row.asked_on == before.asked_on:
        return
    if not step.requests.filter(asked_on=before.asked_on).exists():
        amend(step, step.version, done_on=row.asked_on)


def check_measure(before: ProtectiveMeasure, row: ProtectiveMeasure) -> None:
    """Asked, then answered; or not answered at all."""
    _pair(row, "answer", "answered_on")
    words = _("The answer cannot be earlier than the request.")
    _after(before, row, "asked_on", "answered_on", words=words)
    check_protection(row)


def check_accused(before: Accusation, row: Accusation) -> None:
    """It began, then it ended; or it did not end at all: then everyone is warned again."""
    _pair(row, "ended", "ended_on")
    words = _("It cannot end before it began.")
    _after(before, row, "accused_on", "ended_on", words=words)
    check_accusation(row)


def _pair(row: object, outcome: str, day: str) -> None:
    if bool(getattr(row, outcome)) != bool(getattr(row, day)):
        raise Refused(_("Enter both the outcome and its date."), day)


def _after(before: object, row: Any, first: str, later: str, *, words: Words) -> None:
    """Both days are past and in this order; the refusal names the one that was changed."""
    begun, then = getattr(row, first), getattr(row, later)
    require_past(row.case, begun, field=first)
    if then is None:
        return
    require_past(row.case, then, field=later)
    if then < begun:
        raise Refused(words, later if then != getattr(before, later) else first)
