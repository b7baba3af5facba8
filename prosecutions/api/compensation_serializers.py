from __future__ import annotations

from core.api.serializers import RowSerializer
from prosecutions.models import CompensationPayment, Sentence

SENTENCES = Sentence.objects.select_related("case__jurisdiction", "case__office", "judgment")


class CompensationPaymentSerializer(RowSerializer[CompensationPayment]):
    """Money paid, in the currency of the sentence: `received_on` is empty until it reached the
    survivor."""

    shows = "id case sentence involvement amount paid_on payer received_on version"
