from __future__ import annotations

from rest_framework import serializers

from aftercare.api.rehabilitation_serializers import STAMPS, SURVIVORS
from aftercare.codes import CancelReason, JourneyPurpose, Wish
from aftercare.models import Escort, Provider, Repatriation
from aftercare.workflow import journey_workflow
from core.api.serializers import Day, Input, Labelled, Text, VisibleRow, shown_as
from places.models import Agency, Jurisdiction

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


class PlanRepatriationInput(Input):
    """`receiver` (an agency) or `provider`: who receives the survivor there."""

    involvement = VisibleRow(SURVIVORS)
    purpose = Labelled(JourneyPurpose, required=False)
    wish = Labelled(Wish)
    origin = VisibleRow(PLACES, by="code")
    destination = VisibleRow(PLACES, by="code")
    planned_for = Day(ahead=True)
    receiver = VisibleRow(Agency.objects.all(), required=False)
    provider = VisibleRow(Provider.objects.all(), required=False)
    escort = Text(max_length=400, required=False, allow_blank=True)


class ChangeRepatriationInput(Input):
    """What is not named stays as it is; nothing takes a receiver away."""

    purpose = Labelled(JourneyPurpose, required=False)
    wish = Labelled(Wish, required=False)
    origin = VisibleRow(PLACES, by="code", required=False)
    destination = VisibleRow(PLACES, by="code", required=False)
    planned_for = Day(ahead=True, required=False)
    receiver = VisibleRow(Agency.objects.all(), required=False, allow_null=True)
    provider = VisibleRow(Provider.objects.all(), required=False, allow_null=True)
    escort = Text(max_length=400, required=False, allow_blank=True)


class MoveRepatriationInput(Input):
    step = Labelled([(name, step.label) for name, step in journey_workflow.steps.items()])
    happened_on = Day()
    reason = Labelled(CancelReason, required=False)


class EscortSerializer(serializers.ModelSerializer[Escort]):
    """Who goes along on a journey; of several the newest counts."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = Escort
        fields = ("id", "case", "repatriation", "text", "created_at", "version")
