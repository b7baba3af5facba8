from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Day, Input, Labelled, RowSerializer, VisibleRow, shown_as
from places.models import Jurisdiction
from prosecutions.enums import Leg
from prosecutions.models import Corridor, CorridorLeg, Network, NetworkMember
from prosecutions.services.corridors import Stage

KEPT = ("version", "created_at", "updated_at")


class NetworkSerializer(RowSerializer[Network]):
    shows = "id code identified_on status version created_at updated_at"


class AsOfInput(Input):
    """`as_of`: left out, today."""

    as_of = Day(required=False)


class StandingSerializer(serializers.Serializer[Any]):
    """Known members by a day and those arrested by it, as far as the caller sees them.

    `picture`: an SVG element, drawn of what the caller sees and of nothing else; empty where there
    is nobody to draw, or too many to be legible (`thicket`).
    """

    as_of = serializers.DateField(source="day")
    arrested = serializers.IntegerField()
    known = serializers.IntegerField(source="count")
    picture = serializers.CharField(allow_blank=True)
    thicket = serializers.BooleanField(default=False)


class NetworkMemberSerializer(RowSerializer[NetworkMember]):
    shows = "id case network suspect role known_on left_on version created_at updated_at"


class LegSerializer(RowSerializer[CorridorLeg]):
    shows = "kind jurisdiction"

    jurisdiction = shown_as("code")


class CorridorLegSerializer(LegSerializer):
    class Meta:
        model = CorridorLeg
        fields = ("id", "case", "corridor", "position", "kind", "jurisdiction", *KEPT)


class CorridorSerializer(RowSerializer[Corridor]):
    shows = "id case network legs version created_at updated_at"

    legs = LegSerializer(many=True, read_only=True)


class LegInput(Input):
    kind = Labelled(Leg)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")

    def to_internal_value(self, data: object) -> Stage:
        return Stage(**super().to_internal_value(data))
