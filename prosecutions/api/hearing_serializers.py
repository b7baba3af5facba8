from __future__ import annotations

from rest_framework import serializers

from prosecutions.models import Hearing


class HearingSerializer(serializers.ModelSerializer[Hearing]):
    listed_at = serializers.TimeField(format="%H:%M", read_only=True, allow_null=True)

    class Meta:
        model = Hearing
        fields = (
            "id",
            "case",
            "prosecution",
            "follows",
            "listed_on",
            "listed_at",
            "purpose",
            "room",
            "judge",
            "counsel",
            "result",
            "adjourned_for",
            "no_next_date",
            "version",
            "created_at",
            "updated_at",
        )
