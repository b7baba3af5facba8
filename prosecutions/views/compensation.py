"""Compensation that was paid, one page for recording and one for putting right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prosecutions.forms.compensation import PaymentForm
from prosecutions.models import CompensationPayment, Sentence
from prosecutions.money import in_words, with_paid
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)
from prosecutions.services.striking import strike
from prosecutions.views.corrections import STRIKE
from prosecutions.views.warned import CourtVerb

if TYPE_CHECKING:
    from prosecutions.models import Prosecution


class SentenceVerb(CourtVerb):
    """A verb on a sentence, with what of its compensation is open."""

    model: Any = Sentence
    beside: tuple[str, ...] = ("judgment__prosecution",)

    @property
    def sentence(self) -> Sentence:
        sentence: Sentence = self.target
        return sentence

    @property
    def proceeding(self) -> Prosecution:
        proceeding: Prosecution = self.sentence.judgment.prosecution
        return proceeding

    def about(self) -> list[tuple[Any, Any]]:
        row = with_paid(Sentence.objects.filter(pk=self.sentence.pk)).get()
        return [
            (_("Docket"), self.proceeding.docket or _("none")),
            (_("Sentence of"), self.sentence.suspect.code),
            (_("Compensation"), in_words(row) or _("none ordered")),
        ]


class RecordPayment(SentenceVerb):
    service, form_class = record_compensation_payment, PaymentForm
    title = gettext_lazy("Record a payment of compensation")
    intro = gettext_lazy("Money that reached the survivor, in the currency of the order.")
    submit_label = gettext_lazy("Save the payment")


class PaymentVerb(SentenceVerb):
    """A verb on a payment."""

    model: Any = CompensationPayment
    beside = ()

    @property
    def sentence(self) -> Sentence:
        sentence: Sentence = self.target.sentence
        return sentence


class StrikePayment(PaymentVerb):
    service = strike
    title, intro, submit_label = strike.label, STRIKE["intro"], STRIKE["submit_label"]

    def about(self) -> list[tuple[Any, Any]]:
        paid = f"{self.sentence.currency} {self.target.amount:,.2f}"
        day = date_format(self.target.paid_on, "j M Y")
        return [*super().about(), (_("Payment"), f"{paid}, {day}")]


class CorrectPayment(PaymentVerb):
    service, form_class = correct_compensation_payment, PaymentForm
    title = gettext_lazy("Correct a payment of compensation")
    intro = gettext_lazy("The former values stay in the history.")
