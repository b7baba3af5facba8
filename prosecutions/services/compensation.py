"""Compensation: what was paid of what a sentence ordered, to whom, and what of it arrived."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Unpack

from django.db.models import Sum
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.columns import CompensationColumns
from prosecutions.contradictions.courts import PAID_EARLY
from prosecutions.models import CompensationPayment, Sentence

if TYPE_CHECKING:
    from accounts.models import User
    from victims.models import Involvement

# Currencies of ISO 4217 without a smaller unit: nobody pays half of one.
WHOLE = frozenset({"UGX", "VND", "JPY", "KRW", "XAF", "XOF", "RWF", "CLP", "PYG", "ISK"})


@service(Perm.COMPENSATION_RECORD, label=gettext_lazy("Record a payment of compensation"))
def record_compensation_payment(
    sentence: Sentence, *, currency: str = "", actor: User, **of: Unpack[CompensationColumns]
) -> CompensationPayment:
    """Record money paid to a survivor, in the currency of the court’s order, and when it
    arrived."""
    require_content(sentence.case, actor)
    sentence = Sentence.objects.select_for_update().get(pk=sentence.pk)  # no two payments at once
    if currency and currency != sentence.currency:
        raise Refused(_("Compensation was ordered in %(unit)s.") % {"unit": sentence.currency})
    payment = CompensationPayment(case=sentence.case, sentence=sentence, **of)
    _check(payment, sentence)
    payment.save()
    audit.record("compensation.recorded", payment, actor=actor)
    return payment


@service(Perm.COMPENSATION_RECORD, label=gettext_lazy("Correct a payment of compensation"))
def correct_compensation_payment(
    payment: CompensationPayment,
    *,
    version: int,
    actor: User,
    **changes: Unpack[CompensationColumns],
) -> CompensationPayment:
    """Correct a payment, or say when it reached the survivor. The former values stay in the
    history. Raises `Stale`."""
    require_content(payment.case, actor)
    sentence = Sentence.objects.select_for_update().get(pk=payment.sentence_id)
    wanted = CompensationPayment.objects.get(pk=payment.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _check(wanted, sentence)
    corrected = amend(payment, version, **changes)
    audit.record("compensation.corrected", corrected, actor=actor, fields=sorted(changes))
    return corrected


def _check(payment: CompensationPayment, sentence: Sentence) -> None:
    amount, paid_on = payment.amount, payment.paid_on
    require_past(sentence.case, paid_on)
    if not sentence.compensation:
        raise Refused(_("This sentence orders no compensation."))
    if paid_on < sentence.judgment.decided_on:
        raise Refused(PAID_EARLY)
    if not Sentence.objects.in_force(paid_on).filter(pk=sentence.pk).exists():
        raise Refused(_("The sentence had been lifted by then, so nothing was owed."), "paid_on")
    if amount <= 0:
        raise Refused(_("Enter an amount above zero."))
    if sentence.currency in WHOLE and amount != int(amount):
        raise Refused(_("Amounts in %(unit)s have no decimals.") % {"unit": sentence.currency})
    left = sentence.compensation - _paid(sentence, payment)
    if amount > left:
        open_sum = {"unit": sentence.currency, "left": f"{left:,.2f}"}
        raise Refused(_("Only %(unit)s %(left)s of the order is still to be paid.") % open_sum)
    _check_receiver(payment, sentence)


def _check_receiver(payment: CompensationPayment, sentence: Sentence) -> None:
    """A survivor of the case gets at most what is ordered for this survivor."""
    person = payment.involvement
    if payment.received_on is not None:
        require_past(sentence.case, payment.received_on, field="received_on")
        if person is None:
            raise Refused(_("Say which survivor it reached."), "involvement")
        if payment.received_on < payment.paid_on:
            raise Refused(_("It cannot arrive before it was paid."), "received_on")
    if person is None:
        return
    if person.case_id != sentence.case_id:
        raise Refused(_("This belongs to another case."), "involvement")
    share = sentence.shares.filter(involvement=person).values_list("amount", flat=True).first()
    if share is None:
        return
    left = share - _paid(sentence, payment, involvement=person)
    if payment.amount > left:
        figures = {"unit": sentence.currency, "left": f"{left:,.2f}", "code": person.code}
        words = _("Only %(unit)s %(left)s of the order for %(code)s is still to be paid.")
        raise Refused(words % figures, "amount")


def _paid(sentence: Sentence, but: CompensationPayment, **to: Involvement) -> Decimal:
    """What other payments come to."""
    others = sentence.payments.exclude(pk=but.pk).filter(**to)
    return others.aggregate(paid=Sum("amount"))["paid"] or Decimal(0)
