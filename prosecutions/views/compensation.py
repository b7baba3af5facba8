"""Compensation that was paid, one page for recording and one for putting right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prosecutions.forms.compensation import PaymentForm
from prosecutions.models import CompensationPayment, Sentence
from prosecutions.money import in_words, with_paid
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)
from prosecutions.views.courts import CourtVerb

if TYPE_CHECKING:
    from prosecutions.models import Prosecution

BESIDE = ("case__office", "case__jurisdiction", "suspect", "judgment__prosecution__court")


class SentenceVerb(CourtVerb):
    """A verb on a sentence, with what of its compensation is open."""

    model: Any = Sentence
    beside: tuple[str, ...] = BESIDE

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
    beside = ("case__office", "case__jurisdiction", *(f"sentence__{name}" for name in BESIDE[2:]))

    @property
    def sentence(self) -> Sentence:
        sentence: Sentence = self.target.sentence
        return sentence


class CorrectPayment(PaymentVerb):
    service, form_class = correct_compensation_payment, PaymentForm
    title = gettext_lazy("Correct a payment of compensation")
    intro = gettext_lazy("The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        return {"amount": self.target.amount, "paid_on": self.target.paid_on}
