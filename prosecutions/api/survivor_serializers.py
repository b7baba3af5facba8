from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import shown_as
from prosecutions.models import Accusation, Participation, Prosecution, ProtectiveMeasure
from victims.models import Involvement

SURVIVORS: Any = Involvement.objects.select_related(
    "case__jurisdiction", "case__office", "rescue", "victim"
)
PROCEEDINGS: Any = Prosecution.objects.select_related("jurisdiction")
STAMPS = ("version", "created_at", "updated_at")


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    travelled_from = shown_as("code")

    class Meta:
        model = Participation
        fields = (
            *("id", "case", "involvement", "prosecution", "kind", "happened_on"),
            *("declined_for", "accompanied_by", "travelled_from"),
            *STAMPS,
        )


class ProtectiveMeasureSerializer(serializers.ModelSerializer[ProtectiveMeasure]):
    class Meta:
        model = ProtectiveMeasure
        fields = (
            *("id", "case", "involvement", "prosecution", "kind", "asked_on"),
            *("answer", "answered_on"),
            *STAMPS,
        )


class AccusationSerializer(serializers.ModelSerializer[Accusation]):
    class Meta:
        model = Accusation
        fields = (
            *("id", "case", "involvement", "offence", "accused_on", "ended", "ended_on"),
            *STAMPS,
        )
