from __future__ import annotations

from rest_framework import serializers

from places.models import Agency, Jurisdiction


class JurisdictionSerializer(serializers.ModelSerializer[Jurisdiction]):
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Jurisdiction
        fields = ("id", "code", "name", "level", "parent", "time_zone")


class AgencySerializer(serializers.ModelSerializer[Agency]):
    jurisdiction = serializers.SlugRelatedField(slug_field="code", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Agency
        fields = ("id", "name", "kind", "jurisdiction", "is_active")
