from __future__ import annotations

from rest_framework import serializers

from aftercare.models import Escort, Repatriation
from core.api.serializers import RowSerializer, shown_as
from places.models import Jurisdiction

PLACES = Jurisdiction.objects.all()


class RepatriationSerializer(RowSerializer[Repatriation]):
    shows = (
        "id case involvement purpose wish origin destination planned_for receiver provider "
        "status travelled_on arrived_on cancelled_on cancelled_for version created_at "
        "updated_at"
    )

    origin = shown_as("code")
    destination = shown_as("code")


class EscortSerializer(RowSerializer[Escort]):
    """Who goes along on a journey; of several the newest counts."""

    shows = "id case repatriation text created_at version"

    text = serializers.CharField(read_only=True)
