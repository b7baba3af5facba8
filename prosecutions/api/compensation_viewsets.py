from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.filters import day, identifier
from prosecutions.api.compensation_serializers import (
    CompensationPaymentSerializer,
    CorrectPaymentInput,
    RecordPaymentInput,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.models import CompensationPayment
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)
from prosecutions.services.striking import strike


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
    services = {
        "create": record_compensation_payment,
        "partial_update": correct_compensation_payment,
        "strike": strike,
    }
    inputs = {
        "create": RecordPaymentInput,
        "partial_update": CorrectPaymentInput,
        "strike": StrikeInput,
    }

    @extend_schema(request=RecordPaymentInput, responses={201: CompensationPaymentSerializer})
    def create(self, request: Any) -> Response:
        """Record a payment."""
        return self.create_with(record_compensation_payment)

    @extend_schema(request=CorrectPaymentInput, responses=CompensationPaymentSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right the amount or the day of a payment."""
        return self.change_with(correct_compensation_payment, keeps=("amount", "paid_on"))
