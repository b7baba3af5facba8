from __future__ import annotations

from aftercare.models import ClaimPayment, CompensationClaim
from core.api.serializers import RowSerializer, shown_as


class CompensationClaimSerializer(RowSerializer[CompensationClaim]):
    shows = (
        "id case involvement kind asked_on jurisdiction agency currency amount status "
        "answered_on awarded version created_at updated_at"
    )

    jurisdiction = shown_as("code")


class ClaimPaymentSerializer(RowSerializer[ClaimPayment]):
    """Money paid, in the currency of the claim."""

    shows = "id case claim amount paid_on version created_at updated_at"
