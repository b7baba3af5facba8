from __future__ import annotations

from rest_framework import serializers

from core.api.filters import day, identifier
from core.api.verbs import Verb
from prosecutions.api.compensation_serializers import CompensationPaymentSerializer
from prosecutions.api.striking import Strikable
from prosecutions.models import CompensationPayment
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)


class CompensationPaymentViewSet(Strikable):
    """What was paid of the compensation that sentences order."""

    queryset = CompensationPayment.objects.select_related("case__jurisdiction", "case__office")
    serializer_class = CompensationPaymentSerializer
    filters = {
        "case": identifier("case"),
        "sentence": identifier("sentence"),
        "paid_from": day("paid_on__gte"),
        "paid_to": day("paid_on__lte"),
    }

    create = Verb(
        record_compensation_payment,
        body="RecordPaymentInput",
        on={"currency": serializers.RegexField("^[A-Z]{3}$", required=False)},
    )
    partial_update = Verb(
        correct_compensation_payment,
        body="CorrectPaymentInput",
        keeps=("amount", "paid_on"),
    )
