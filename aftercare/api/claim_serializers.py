from __future__ import annotations

from rest_framework import serializers

from aftercare.api.rehabilitation_serializers import STAMPS
from aftercare.models import ClaimPayment, CompensationClaim
from core.api.serializers import shown_as


class CompensationClaimSerializer(serializers.ModelSerializer[CompensationClaim]):
    jurisdiction = shown_as("code")

    class Meta:
        model = CompensationClaim
        fields = (
            *("id", "case", "involvement", "kind", "asked_on", "jurisdiction", "agency"),
            *("currency", "amount", "status", "answered_on", "awarded"),
            *STAMPS,
        )


class ClaimPaymentSerializer(serializers.ModelSerializer[ClaimPayment]):
    """Money paid, in the currency of the claim."""

    class Meta:
        model = ClaimPayment
        fields = ("id", "case", "claim", "amount", "paid_on", *STAMPS)
