from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Day, Input, Labelled, VisibleRow, shown_as
from places.models import Jurisdiction
from prosecutions.enums import (
    Companion,
    DeclineReason,
    TakingPart,
)
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


class CorrectParticipationInput(Input):
    """What is not named stays as it is; nothing, or an empty code, says that there was none."""

    kind = Labelled(TakingPart, required=False)
    happened_on = Day(required=False)
    declined_for = Labelled(DeclineReason, required=False, allow_blank=True)
    accompanied_by = Labelled(Companion, required=False, allow_blank=True)
    prosecution = VisibleRow(PROCEEDINGS, required=False, allow_null=True)
    travelled_from = VisibleRow(
        Jurisdiction.objects.all(), by="code", required=False, allow_null=True
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
