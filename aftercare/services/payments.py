"""Money that reached a survivor under a scheme, and what the centre gave back to the state."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import Payer
from aftercare.columns import AllThatIsOpen, PaymentColumns, Reference, ReferenceAnew
from aftercare.contradictions import BEFORE_CERTIFICATE
from aftercare.models import BankReference, Entitlement, RehabilitationPayment
from aftercare.schemes import still_open
from aftercare.services.entitlements import check_paid
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


@service(
    Perm.REHABILITATION_RECORD,
    label=gettext_lazy("Record a payment under the scheme"),
)
def record_payment(
    entitlement: Entitlement,
    *,
    payer: str,
    tranche: str,
    amount: AllThatIsOpen = None,
    paid_on: date,
    bank_reference: Reference = "",
    actor: User,
) -> RehabilitationPayment:
    """Record money that reached the survivor. More than is owed is refused. Without an amount, it
    is what the scheme still owes for that part."""
    require_content(entitlement.case, actor)
    entitlement = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    if amount is None:
        amount = _all_that_is_open(entitlement, tranche)
    payment = RehabilitationPayment(
        case=entitlement.case,
        entitlement=entitlement,
        payer=payer,
        tranche=tranche,
        amount=amount,
        paid_on=paid_on,
    )
    _check(payment)
    payment.save(force_insert=True)
    _refer(payment, bank_reference)
    audit.record("rehabilitation.paid", payment, actor=actor, payer=payer, tranche=tranche)
    return payment


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Correct a payment under the scheme"))
def correct_payment(
    payment: RehabilitationPayment,
    *,
    version: int,
    bank_reference: ReferenceAnew = "",
    actor: User,
    **changes: Unpack[PaymentColumns],
) -> RehabilitationPayment:
    """Correct a payment, or say why it no longer counts. Raises `Stale`."""
    require_content(payment.case, actor)
    Entitlement.objects.select_for_update().get(pk=payment.entitlement_id)
    wanted = RehabilitationPayment.objects.get(pk=payment.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _check(wanted)
    corrected = amend(payment, version, **changes)
    _refer(corrected, bank_reference)
    audit.record("rehabilitation.corrected", corrected, actor=actor, fields=sorted(changes))
    return corrected


@service(Perm.REHABILITATION_RECORD, label=gettext_lazy("Record what the centre gave back"))
def reimburse(
    payment: RehabilitationPayment,
    *,
    version: int,
    reimbursed: Decimal,
    reimbursed_on: date,
    actor: User,
) -> RehabilitationPayment:
    """Record what the central government returned to the state. The survivor receives nothing from
    it.

    Recorded again, it puts the former entry right. Raises `Stale`.
    """
    require_content(payment.case, actor)
    wanted = RehabilitationPayment.objects.get(pk=payment.pk)
    wanted.reimbursed, wanted.reimbursed_on = reimbursed, reimbursed_on
    if wanted.not_counted:
        raise Refused(_("This payment no longer counts."))
    _check_reimbursed(wanted)
    given = amend(payment, version, reimbursed=reimbursed, reimbursed_on=reimbursed_on)
    audit.record("rehabilitation.reimbursed", given, actor=actor)
    return given


def _all_that_is_open(entitlement: Entitlement, tranche: str) -> Decimal:
    left = still_open(entitlement, entitlement.payments.all())[tranche]
    if left <= 0:
        raise Refused(_("All of this part is paid. Enter the amount if it was more."), "tranche")
    return left


def _refer(payment: RehabilitationPayment, text: str) -> None:
    """Keep by what number the bank knows it; a former number stays."""
    if text := text.strip():
        BankReference.objects.create(case=payment.case, payment=payment, text=text)


def _check(payment: RehabilitationPayment) -> None:
    entitlement = payment.entitlement
    require_past(payment.case, payment.paid_on)
    if payment.amount <= 0:
        raise Refused(_("Enter an amount above zero."))
    issued = entitlement.certificate.answered_on
    if issued and payment.paid_on < issued:
        raise Refused(BEFORE_CERTIFICATE)
    if payment.reimbursed is not None:
        _check_reimbursed(payment)
    if not payment.not_counted:
        check_paid(entitlement, entitlement.total, entitlement.deposit, payment)


def _check_reimbursed(payment: RehabilitationPayment) -> None:
    if payment.payer != Payer.STATE:
        raise Refused(_("The central government returns only what the state paid."))
    reimbursed, day = payment.reimbursed or Decimal(0), payment.reimbursed_on
    if not 0 < reimbursed <= payment.amount:
        raise Refused(_("The amount returned cannot exceed what the state paid."))
    if day:
        require_past(payment.case, day)
    if day and day < payment.paid_on:
        raise Refused(_("This cannot be before the state paid."))
