from __future__ import annotations

from rest_framework import serializers

from aftercare.api.claim_serializers import ClaimPaymentSerializer, CompensationClaimSerializer
from aftercare.api.rehabilitation_viewsets import OF_CASE
from aftercare.codes import ClaimStatus
from aftercare.models import ClaimPayment, CompensationClaim
from aftercare.services.claims import (
    answer_claim,
    correct_claim_payment,
    make_claim,
    record_claim_payment,
)
from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List


class CompensationClaimViewSet(ReadViewSet):
    """Compensation survivors asked for. What sentences order stands at `sentences`."""

    listed = List(
        CompensationClaim.objects.select_related(*OF_CASE, "jurisdiction"),
        "case involvement kind status asked_on",
        orders={"latest": "-asked_on"},
    )
    serializer_class = CompensationClaimSerializer

    create = Verb(make_claim, on={"currency": serializers.RegexField("^[A-Z]{3}$")})
    answer = Verb(
        answer_claim,
        on={"status": Labelled([c for c in ClaimStatus.choices if c[0] in ClaimStatus.ANSWERS])},
    )


class ClaimPaymentViewSet(ReadViewSet):
    """What was paid on claims that were awarded."""

    listed = List(ClaimPayment.objects.select_related(*OF_CASE), "case claim paid_on")
    serializer_class = ClaimPaymentSerializer

    create = Verb(record_claim_payment)
    partial_update = Verb(correct_claim_payment, keeps=("amount", "paid_on"))
