from __future__ import annotations

from rest_framework import serializers

from aftercare.api.claim_serializers import ClaimPaymentSerializer, CompensationClaimSerializer
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
from core.api.serializers import Labelled
from core.api.verbs import Verb
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

    create = Verb(
        make_claim,
        on={"currency": serializers.RegexField("^[A-Z]{3}$")},
    )
    answer = Verb(
        answer_claim,
        on={"status": Labelled([c for c in ClaimStatus.choices if c[0] in ClaimStatus.ANSWERS])},
    )


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

    create = Verb(record_claim_payment)
    partial_update = Verb(
        correct_claim_payment,
        keeps=("amount", "paid_on"),
    )
