from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import RowSerializer
from prosecutions.models import Hearing


class HearingSerializer(RowSerializer[Hearing]):
    shows = (
        "id case prosecution follows listed_on listed_at purpose room judge counsel result "
        "adjourned_for no_next_date version created_at updated_at"
    )

    listed_at = serializers.TimeField(format="%H:%M", read_only=True, allow_null=True)
