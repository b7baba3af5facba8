from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from prosecutions.enums import StageMeaning
from prosecutions.models import (
    Appeal,
    ChargeDecision,
    CompensationShare,
    Complaint,
    Judgment,
    PoliceReport,
    Prosecution,
    Sentence,
    StageReached,
)
from prosecutions.money import with_paid
from prosecutions.stages import StageTable
from victims.models import Involvement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


class ComplaintSerializer(RowSerializer[Complaint]):
    shows = "id case number filed_on agency jurisdiction suspects version"

    jurisdiction = shown_as("code")
    suspects = serializers.SerializerMethodField()

    def get_suspects(self, complaint: Complaint) -> list[str]:
        return [str(row.suspect_id) for row in complaint.accused.all()]


class PoliceReportSerializer(RowSerializer[PoliceReport]):
    """`suspects`: whom a charge sheet sends up."""

    shows = "id case complaint kind reported_on suspects version"

    suspects = serializers.SerializerMethodField()

    def get_suspects(self, report: PoliceReport) -> list[str]:
        return [str(row.suspect_id) for row in report.sends_up.all()]


class StageSerializer(serializers.Serializer[Any]):
    """A stage a proceeding reached: its code and name there, and what it means anywhere."""

    stage = serializers.CharField()
    label: Any = serializers.CharField()
    means = serializers.ChoiceField(choices=StageMeaning.choices, allow_blank=True)
    reached_on = serializers.DateField()


class StageReachedSerializer(RowSerializer[StageReached]):
    shows = "id case prosecution stage reached_on version"


class ProsecutionSerializer(RowSerializer[Prosecution]):
    shows = "id case complaint jurisdiction court docket filed_on stage stages version"

    jurisdiction = shown_as("code")
    stage = serializers.SerializerMethodField()
    stages = serializers.SerializerMethodField()

    def get_stage(self, row: Any) -> str:
        """The code of the stage it is at; nothing where none is recorded."""
        if not hasattr(row, "stage"):  # just made or changed
            row = Prosecution.objects.with_stage().get(pk=row.pk)
        return row.stage or ""

    @extend_schema_field(StageSerializer(many=True))
    def get_stages(self, row: Prosecution) -> dict[str, object]:
        table, steps = StageTable.of(row), []
        for step in self._reached(row):
            stage = table.find(step.stage)
            words = {"label": table.words_of(step.stage), "means": stage.means if stage else ""}
            steps.append({"stage": step.stage, "reached_on": step.reached_on} | words)
        return StageSerializer(steps, many=True).data

    def _reached(self, row: Prosecution) -> list[StageReached]:
        return sorted(row.stages.all(), key=lambda step: (step.reached_on, step.created_at))


class DecisionSerializer(RowSerializer[ChargeDecision]):
    shows = "charge disposition local_term lifted_on lifted_for"


class JudgmentSerializer(RowSerializer[Judgment]):
    shows = "id case prosecution instance appeal decided_on attribution decisions version"

    decisions = DecisionSerializer(many=True, read_only=True)


class AppealSerializer(RowSerializer[Appeal]):
    shows = "id case judgment suspect appellant filed_on withdrawn_on version"


def shares_seen_by(user: User) -> QuerySet[CompensationShare]:
    """What sentences order to survivors, as far as these are open to this reader."""
    seen = Involvement.objects.visible_to(user)
    return CompensationShare.objects.filter(involvement__in=seen).order_by("created_at", "pk")


class CompensationShareSerializer(RowSerializer[CompensationShare]):
    shows = "survivor amount"

    survivor = serializers.UUIDField(source="involvement_id")


class SentenceSerializer(RowSerializer[Sentence]):
    """`shares`: what of the compensation is for whom. `paid`, `received`, `left`: what of all that
    is ordered was paid, what of that reached survivors, and what is open.

    `in_force`: false once the conviction it rests on was lifted, or reversed on appeal; then
    nothing is open.
    """

    shows = (
        "id case judgment suspect months life suspended in_force fine compensation shares paid "
        "received left currency version"
    )

    shares = serializers.SerializerMethodField()
    in_force = serializers.BooleanField(read_only=True)
    paid = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    received = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    left = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)

    @extend_schema_field(CompensationShareSerializer(many=True))
    def get_shares(self, row: Any) -> list[dict[str, str]]:
        """Read with the row; of one written a moment ago, asked for."""
        if not hasattr(row, "shared"):
            row.shared = list(shares_seen_by(self.context["reader"]).filter(sentence=row))
        return [dict(share) for share in CompensationShareSerializer(row.shared, many=True).data]

    def to_representation(self, row: Any) -> dict[str, object]:
        """With what is derived, also of one just made or changed."""
        known = hasattr(row, "left")
        values: dict[str, Any] = super().to_representation(
            row if known else with_paid(Sentence.objects.filter(pk=row.pk)).get()
        )
        return values
