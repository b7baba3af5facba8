from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from places.choices import Choice
from places.court_days import Vacation
from places.models import Agency, Jurisdiction


class JurisdictionSerializer(RowSerializer[Jurisdiction]):
    shows = "id code name level parent time_zone register_code is_active merged_into version"

    parent = shown_as("code")
    merged_into = shown_as("code")


class ChoiceSerializer(RowSerializer[Choice]):
    """`name`: as forms call it, in the language of the reader. `is_ruled`: rules, figures or
    standards rest on its meaning."""

    shows = (
        "id listed code name labels position starts_on ends_on is_own is_ruled counts_as version"
    )

    listed = serializers.CharField(read_only=True)
    name = serializers.CharField(source="label", read_only=True)
    labels = serializers.DictField(child=serializers.CharField(), read_only=True)
    is_ruled = serializers.BooleanField(read_only=True)


class VacationSerializer(serializers.Serializer[Vacation]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    occasion = serializers.CharField()


class AgencySerializer(RowSerializer[Agency]):
    shows = "id name kind jurisdiction is_active merged_into vacations version"

    jurisdiction = shown_as("code")
    vacations = VacationSerializer(source="closed", many=True, read_only=True)
