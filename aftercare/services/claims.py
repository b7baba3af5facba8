"""Compensation a survivor asks for: the claim, the answer, the money."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import ClaimStatus
from aftercare.contradictions import BEFORE_AWARD
from aftercare.models import ClaimPayment, CompensationClaim
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from places.models import Agency, Jurisdiction
    from victims.models import Involvement


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Claim compensation"), begins=True)
def make_claim(
    involvement: Involvement,
    *,
    kind: str,
    asked_on: date,
    jurisdiction: Jurisdiction,
    currency: str,
    agency: Agency | None = None,
    amount: Decimal | None = None,
    actor: User,
) -> CompensationClaim:
    """Record what the survivor asks for, beside what a sentence may order."""
    require_open_case(involvement.case, actor)
    require_past(involvement.case, asked_on)
    if amount is not None and amount <= 0:
        raise Refused(_("Leave the amount empty if none was named."))
    claim = CompensationClaim.objects.create(
        case=involvement.case,
        involvement=involvement,
        kind=kind,
        asked_on=asked_on,
        jurisdiction=jurisdiction,
        currency=currency,
        agency=agency,
        amount=amount,
    )
    audit.record("claim.made", claim, actor=actor, kind=kind)
    return claim


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Record what came of a claim"))
def answer_claim(
    claim: CompensationClaim,
    *,
    version: int,
    status: str,
    answered_on: date,
    awarded: Decimal | None = None,
    actor: User,
) -> CompensationClaim:
    """Record the outcome of a claim, or correct it, for example after an appeal. Raises `Stale`."""
    require_content(claim.case, actor)
    require_past(claim.case, answered_on)
    if answered_on < claim.asked_on:
        raise Refused(_("The answer cannot be earlier than the claim."))
    if (status == ClaimStatus.AWARDED) != bool(awarded and awarded > 0):
        raise Refused(_("Enter an amount for an award, and only for an award."))
    claim = CompensationClaim.objects.select_for_update().get(pk=claim.pk)
    if _paid(claim) > (awarded or 0):
        raise Refused(_("More than that has already been paid. Correct the payments first."))
    if claim.payments.filter(paid_on__lt=answered_on).exists():
        raise Refused(_("A payment is dated before that day. Correct the payment first."))
    answered = amend(claim, version, status=status, answered_on=answered_on, awarded=awarded)
    audit.record("claim.answered", answered, actor=actor, status=status)
    return answered


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Record a payment on a claim"))
def record_claim_payment(
    claim: CompensationClaim, *, amount: Decimal, paid_on: date, actor: User
) -> ClaimPayment:
    """Record money that reached the survivor, in the currency of the claim."""
    require_content(claim.case, actor)
    claim = CompensationClaim.objects.select_for_update().get(pk=claim.pk)  # no two at once
    _check(claim, amount, paid_on)
    payment = ClaimPayment.objects.create(
        case=claim.case, claim=claim, amount=amount, paid_on=paid_on
    )
    audit.record("claim.paid", payment, actor=actor)
    return payment


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Correct a payment on a claim"))
def correct_claim_payment(
    payment: ClaimPayment, *, version: int, amount: Decimal, paid_on: date, actor: User
) -> ClaimPayment:
    """Correct an amount or a date; the former values stay in the history. Raises `Stale`."""
    require_content(payment.case, actor)
    claim = CompensationClaim.objects.select_for_update().get(pk=payment.claim_id)
    _check(claim, amount, paid_on, but=payment)
    corrected = amend(payment, version, amount=amount, paid_on=paid_on)
    audit.record("claim.payment_corrected", corrected, actor=actor)
    return corrected


def _paid(claim: CompensationClaim, but: ClaimPayment | None = None) -> Decimal:
    others = claim.payments.exclude(pk=but.pk) if but else claim.payments.all()
    return others.aggregate(paid=Sum("amount"))["paid"] or Decimal(0)


def _check(
    claim: CompensationClaim, amount: Decimal, paid_on: date, but: ClaimPayment | None = None
) -> None:
    require_past(claim.case, paid_on)
    if claim.status != ClaimStatus.AWARDED or claim.answered_on is None or claim.awarded is None:
        raise Refused(_("No award is recorded for this claim. Record it first."))
    if paid_on < claim.answered_on:
        raise Refused(BEFORE_AWARD)
    if amount <= 0:
        raise Refused(_("Enter an amount above zero."))
    left = claim.awarded - _paid(claim, but)
    if amount > left:
        values = {"unit": claim.currency, "left": f"{left:,.2f}"}
        raise Refused(_("Only %(unit)s %(left)s of the award is still to be paid.") % values)
