from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.models import Case, InvestigationStep, OnlineIncident
from core.api.serializers import Day, Input, Labelled, VisibleRow, shown_as
from places.models import Agency, Jurisdiction
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.models import AssistanceRequest, Prosecution


class AssistanceRequestSerializer(serializers.ModelSerializer[AssistanceRequest]):
    jurisdiction = shown_as("code")
    abroad = serializers.SerializerMethodField()

    class Meta:
        model = AssistanceRequest
        fields = (
            *("id", "case", "direction", "kind", "jurisdiction", "abroad", "agency"),
            *(
                "prosecution",
                "step",
                "incident",
                "asked_on",
                "reminders",
                "reminded_on",
                "answer",
                "answered_on",
            ),
            *("version", "created_at", "updated_at"),
        )

    def get_abroad(self, row: Any) -> bool:
        """Read with the row; of one just changed, asked for."""
        if not hasattr(row, "abroad"):
            row = AssistanceRequest.objects.with_abroad().get(pk=row.pk)
        return bool(row.abroad)


class RecordRequestInput(Input):
    case = VisibleRow(Case.objects.select_related("jurisdiction", "office"))
    direction = Labelled(Direction)
    kind = Labelled(RequestKind)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    agency = VisibleRow(Agency.objects.select_related("jurisdiction"), required=False)
    prosecution = VisibleRow(Prosecution.objects.all(), required=False)
    step = VisibleRow(InvestigationStep.objects.all(), required=False)
    incident = VisibleRow(OnlineIncident.objects.all(), required=False)
    asked_on = Day()


class RelateRequestInput(Input):
    """What is left out stays; null takes it away."""

    step = VisibleRow(InvestigationStep.objects.all(), required=False, allow_null=True)
    incident = VisibleRow(OnlineIncident.objects.all(), required=False, allow_null=True)


class RemindRequestInput(Input):
    reminded_on = Day()


class AnswerRequestInput(Input):
    answer = Labelled(RequestAnswer)
    answered_on = Day()
