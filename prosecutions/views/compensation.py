"""Compensation that was paid, one page for recording and one for putting right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.corrections.services.striking import strike
from prosecutions.corrections.views import STRIKE
from prosecutions.forms.compensation import CorrectPaymentForm, PaymentForm
from prosecutions.models import CompensationPayment, Sentence
from prosecutions.money import in_words, with_paid
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)
from prosecutions.warned import warned

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def compensation(sentence: Sentence) -> list[tuple[StrOrPromise, object]]:
    """What stands above a form about it: what was ordered, and what of it is open."""
    row = with_paid(Sentence.objects.filter(pk=sentence.pk)).get()
    return [
        (_("Docket number"), sentence.judgment.prosecution.docket or _("none")),
        (_("Sentence of"), sentence.suspect.code),
        (_("Compensation"), in_words(row) or _("none ordered")),
    ]


@warned
class RecordPayment(RecordVerb):
    model, service, form_class = Sentence, record_compensation_payment, PaymentForm
    submit_label = gettext_lazy("Save the payment")

    def about(self) -> list[tuple[StrOrPromise, object]]:
        return compensation(self.target)


@warned
class StrikePayment(RecordVerb):
    model, service = CompensationPayment, strike
    title, intro, submit_label = strike.label, STRIKE["intro"], STRIKE["submit_label"]

    def about(self) -> list[tuple[StrOrPromise, object]]:
        paid = f"{self.target.sentence.currency} {self.target.amount:,.2f}"
        day = date_format(self.target.paid_on, "j M Y")
        return [*compensation(self.target.sentence), (_("Payment"), f"{paid}, {day}")]


@warned
class CorrectPayment(RecordVerb):
    model, service = CompensationPayment, correct_compensation_payment
    form_class = CorrectPaymentForm

    def about(self) -> list[tuple[StrOrPromise, object]]:
        return compensation(self.target.sentence)
