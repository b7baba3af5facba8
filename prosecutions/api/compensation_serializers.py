from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import Amount, Day, Input, VisibleRow
from prosecutions.models import CompensationPayment, Sentence

SENTENCES = Sentence.objects.select_related("case__jurisdiction", "case__office", "judgment")


class CompensationPaymentSerializer(serializers.ModelSerializer[CompensationPayment]):
    """Money paid, in the currency of the sentence."""

    class Meta:
        model = CompensationPayment
        fields = ("id", "case", "sentence", "amount", "paid_on", "version")


class CorrectPaymentInput(Input):
    amount = Amount(required=False)
    paid_on = Day(required=False)


class RecordPaymentInput(Input):
    sentence = VisibleRow(SENTENCES)
    amount = Amount()
    paid_on = Day()
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
