from __future__ import annotations

from rest_framework import serializers

from core.api.verbs import Verb
from core.lists.declared import List
from core.lists.filters import either
from prosecutions.api.compensation_serializers import CompensationPaymentSerializer
from prosecutions.corrections.api import Strikable
from prosecutions.models import CompensationPayment
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)


class CompensationPaymentViewSet(Strikable):
    """What was paid of the compensation that sentences order."""

    listed = List(
        CompensationPayment.objects.select_related("case__jurisdiction", "case__office"),
        "case sentence involvement payer",
        {"received": either({"received_on__isnull": False}, {"received_on__isnull": True})},
        "paid_on",
    )
    serializer_class = CompensationPaymentSerializer

    create = Verb(
        record_compensation_payment,
        body="RecordPaymentInput",
        on={"currency": serializers.RegexField("^[A-Z]{3}$", required=False)},
    )
    partial_update = Verb(correct_compensation_payment, body="CorrectPaymentInput")
