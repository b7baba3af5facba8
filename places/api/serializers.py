from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import shown_as
from places.models import Agency, Jurisdiction


class JurisdictionSerializer(serializers.ModelSerializer[Jurisdiction]):
    parent = shown_as("code")

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
            "version",
        )


class AgencySerializer(serializers.ModelSerializer[Agency]):
    jurisdiction = shown_as("code")

    class Meta:
        model = Agency
        fields = ("id", "name", "kind", "jurisdiction", "is_active", "version")
