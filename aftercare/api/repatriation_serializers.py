from __future__ import annotations

from rest_framework import serializers

from aftercare.api.rehabilitation_serializers import STAMPS
from aftercare.models import Escort, Repatriation
from core.api.serializers import shown_as
from places.models import Jurisdiction

PLACES = Jurisdiction.objects.all()


class RepatriationSerializer(serializers.ModelSerializer[Repatriation]):
    origin = shown_as("code")
    destination = shown_as("code")

    class Meta:
        model = Repatriation
        fields = (
            *("id", "case", "involvement", "purpose", "wish", "origin", "destination"),
            *("planned_for", "receiver", "provider", "status", "travelled_on", "arrived_on"),
            *("cancelled_on", "cancelled_for"),
            *STAMPS,
        )


class EscortSerializer(serializers.ModelSerializer[Escort]):
    """Who goes along on a journey; of several the newest counts."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = Escort
        fields = ("id", "case", "repatriation", "text", "created_at", "version")
