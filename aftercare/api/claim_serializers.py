from __future__ import annotations

from rest_framework import serializers

from aftercare.api.rehabilitation_serializers import BESIDE, STAMPS, SURVIVORS
from aftercare.codes import ClaimKind, ClaimStatus
from aftercare.models import ClaimPayment, CompensationClaim
from core.api.serializers import Amount, Day, Input, Labelled, VisibleRow, shown_as
from places.models import Agency, Jurisdiction


class CompensationClaimSerializer(serializers.ModelSerializer[CompensationClaim]):
    jurisdiction = shown_as("code")

    class Meta:
        model = CompensationClaim
        fields = (
            *("id", "case", "involvement", "kind", "asked_on", "jurisdiction", "agency"),
            *("currency", "amount", "status", "answered_on", "awarded"),
            *STAMPS,
        )


class MakeClaimInput(Input):
    involvement = VisibleRow(SURVIVORS)
    kind = Labelled(ClaimKind)
    asked_on = Day()
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    agency = VisibleRow(Agency.objects.all(), required=False)
    amount = Amount(required=False)


class AnswerClaimInput(Input):
    status = Labelled([c for c in ClaimStatus.choices if c[0] in ClaimStatus.ANSWERS])
    answered_on = Day()
    awarded = Amount(required=False)


class ClaimPaymentSerializer(serializers.ModelSerializer[ClaimPayment]):
    """Money paid, in the currency of the claim."""

    class Meta:
        model = ClaimPayment
        fields = ("id", "case", "claim", "amount", "paid_on", *STAMPS)


class RecordClaimPaymentInput(Input):
    claim = VisibleRow(CompensationClaim.objects.select_related(*BESIDE))
    amount = Amount()
    paid_on = Day()


class CorrectClaimPaymentInput(Input):
    amount = Amount(required=False)
    paid_on = Day(required=False)
