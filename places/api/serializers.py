from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import shown_as
from places.court_days import Vacation
from places.models import Agency, Jurisdiction


class JurisdictionSerializer(serializers.ModelSerializer[Jurisdiction]):
    parent = shown_as("code")
    merged_into = shown_as("code")

    class Meta:
        model = Jurisdiction
        fields = (
            "id",
            "code",
            "name",
            "level",
            "parent",
            "time_zone",
            "register_code",
            "is_active",
            "merged_into",
            "version",
        )


class VacationSerializer(serializers.Serializer[Vacation]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    occasion = serializers.CharField()


class AgencySerializer(serializers.ModelSerializer[Agency]):
    jurisdiction = shown_as("code")
    vacations = VacationSerializer(source="closed", many=True, read_only=True)

    class Meta:
        model = Agency
        fields = (
            "id",
            "name",
            "kind",
            "jurisdiction",
            "is_active",
            "merged_into",
            "vacations",
            "version",
        )
