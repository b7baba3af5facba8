from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from aftercare.api.claim_serializers import (
    AnswerClaimInput,
    ClaimPaymentSerializer,
    CompensationClaimSerializer,
    CorrectClaimPaymentInput,
    MakeClaimInput,
    RecordClaimPaymentInput,
)
from aftercare.api.rehabilitation_viewsets import OF_A_SURVIVOR, OF_CASE
from aftercare.codes import ClaimKind, ClaimStatus
from aftercare.models import ClaimPayment, CompensationClaim
from aftercare.services.claims import (
    answer_claim,
    correct_claim_payment,
    make_claim,
    record_claim_payment,
)
from core.api.filters import choice, day, identifier
from core.api.viewsets import ReadViewSet
from core.pagination import Sort


class CompensationClaimViewSet(ReadViewSet):
    """Compensation survivors asked for. What sentences order stands at `sentences`."""

    queryset = CompensationClaim.objects.select_related(*OF_CASE, "jurisdiction")
    serializer_class = CompensationClaimSerializer
    sorts = {"latest": Sort(("asked_on", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "kind": choice("kind", ClaimKind),
        "status": choice("status", ClaimStatus),
        "asked_from": day("asked_on__gte"),
        "asked_to": day("asked_on__lte"),
    }
    services = {"create": make_claim, "answer": answer_claim}
    inputs = {"create": MakeClaimInput, "answer": AnswerClaimInput}
    versioned = ReadViewSet.versioned | {"answer"}

    @extend_schema(request=MakeClaimInput, responses={201: CompensationClaimSerializer})
    def create(self, request: Any) -> Response:
        """Record that compensation was asked for."""
        return self.create_with(make_claim)

    @extend_schema(request=AnswerClaimInput, responses=CompensationClaimSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Any, pk: Any) -> Response:
        """Record what came of it, or put that right."""
        return self.change_with(answer_claim)


class ClaimPaymentViewSet(ReadViewSet):
    """What was paid on claims that were awarded."""

    queryset = ClaimPayment.objects.select_related(*OF_CASE)
    serializer_class = ClaimPaymentSerializer
    filters = {
        "case": identifier("case"),
        "claim": identifier("claim"),
        "paid_from": day("paid_on__gte"),
        "paid_to": day("paid_on__lte"),
    }
    services = {"create": record_claim_payment, "partial_update": correct_claim_payment}
    inputs = {"create": RecordClaimPaymentInput, "partial_update": CorrectClaimPaymentInput}

    @extend_schema(request=RecordClaimPaymentInput, responses={201: ClaimPaymentSerializer})
    def create(self, request: Any) -> Response:
        """Record a payment."""
        return self.create_with(record_claim_payment)

    @extend_schema(request=CorrectClaimPaymentInput, responses=ClaimPaymentSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right the amount or the day of a payment."""
        return self.change_with(correct_claim_payment, keeps=("amount", "paid_on"))
