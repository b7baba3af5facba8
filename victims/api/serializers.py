from __future__ import annotations

from rest_framework import serializers

from victims.models import Involvement, Victim


class VictimSerializer(serializers.ModelSerializer[Victim]):
    """A person by code and age; never a name."""

    age_band = serializers.CharField(read_only=True)

    class Meta:
        model = Victim
        fields = (
            "id",
            "code",
            "sex",
            "age_min_months",
            "age_max_months",
            "age_band",
            "nationality",
            "safety_flag",
            "version",
        )


class InvolvementSerializer(serializers.ModelSerializer[Involvement]):
    class Meta:
        model = Involvement
        fields = ("id", "case", "victim", "rescue", "code", "outcome", "version")
