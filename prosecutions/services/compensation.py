"""Compensation: what was paid of what a sentence ordered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.services import Refused, amend, service
from prosecutions.contradictions.courts import PAID_EARLY
from prosecutions.models import CompensationPayment, Sentence

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

# Currencies of ISO 4217 without a smaller unit: nobody pays half of one.
WHOLE = frozenset({"UGX", "VND", "JPY", "KRW", "XAF", "XOF", "RWF", "CLP", "PYG", "ISK"})


@service(Perm.COMPENSATION_RECORD)
def record_compensation_payment(
    sentence: Sentence, *, amount: Decimal, paid_on: date, currency: str = "", actor: User
) -> CompensationPayment:
    """Record money that reached a survivor, in the currency of the order."""
    require_content(sentence.case, actor)
    sentence = Sentence.objects.select_for_update().get(pk=sentence.pk)  # no two payments at once
    if currency and currency != sentence.currency:
        raise Refused(_("Compensation was ordered in %(unit)s.") % {"unit": sentence.currency})
    _check(sentence, amount, paid_on)
    payment = CompensationPayment.objects.create(
        case=sentence.case, sentence=sentence, amount=amount, paid_on=paid_on
    )
    audit.record("compensation.recorded", payment, actor=actor)
    return payment


@service(Perm.COMPENSATION_RECORD)
def correct_compensation_payment(
    payment: CompensationPayment, *, version: int, amount: Decimal, paid_on: date, actor: User
) -> CompensationPayment:
    """Correct an amount or a date. The former values stay in the history. Raises `Stale`."""
    require_content(payment.case, actor)
    sentence = Sentence.objects.select_for_update().get(pk=payment.sentence_id)
    _check(sentence, amount, paid_on, but=payment)
    corrected = amend(payment, version, amount=amount, paid_on=paid_on)
    audit.record("compensation.corrected", corrected, actor=actor)
    return corrected


def _check(
    sentence: Sentence, amount: Decimal, paid_on: date, but: CompensationPayment | None = None
) -> None:
    require_past(sentence.case, paid_on)
    if not sentence.compensation:
        raise Refused(_("This sentence orders no compensation."))
    if paid_on < sentence.judgment.decided_on:
        raise Refused(str(PAID_EARLY))
    if not Sentence.objects.in_force(paid_on).filter(pk=sentence.pk).exists():
        raise Refused(_("The sentence had been lifted by then, so nothing was owed."), "paid_on")
    if amount <= 0:
        raise Refused(_("Enter an amount above zero."))
    if sentence.currency in WHOLE and amount != int(amount):
        raise Refused(_("Amounts in %(unit)s have no decimals.") % {"unit": sentence.currency})
    others = sentence.payments.exclude(pk=but.pk) if but else sentence.payments.all()
    left = sentence.compensation - (others.aggregate(paid=Sum("amount"))["paid"] or Decimal(0))
    if amount > left:
        open_sum = {"unit": sentence.currency, "left": f"{left:,.2f}"}
        raise Refused(_("Only %(unit)s %(left)s of the order is still to be paid.") % open_sum)
