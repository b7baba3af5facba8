from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.models import Case
from core.api.serializers import (
    Amount,
    Day,
    Input,
    Labelled,
    Text,
    Truth,
    VisibleRow,
    VisibleRows,
    WholeNumber,
    shown_as,
)
from places.models import Agency, Jurisdiction
from prosecutions.enums import Attribution, Disposition
from prosecutions.models import (
    Appeal,
    Charge,
    ChargeDecision,
    Complaint,
    Judgment,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)

BOUNDED: Any = {"allow_empty": False, "max_length": 200}


class ProvisionSerializer(serializers.ModelSerializer[Provision]):
    jurisdiction = shown_as("code")

    class Meta:
        model = Provision
        fields = (
            "id",
            "jurisdiction",
            "statute",
            "title",
            "number",
            "offence",
            "min_years",
            "max_years",
            "life_possible",
            "fine",
            "iccs",
            "verified",
            "in_force_from",
            "in_force_to",
            "note",
        )


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    jurisdiction = shown_as("code")
    suspects = serializers.SerializerMethodField()

    class Meta:
        model = Complaint
        fields = (
            "id",
            "case",
            "number",
            "filed_on",
            "agency",
            "jurisdiction",
            "suspects",
            "version",
        )

    def get_suspects(self, complaint: Complaint) -> list[str]:
        return [str(row.suspect_id) for row in complaint.accused.all()]


class RecordComplaintInput(Input):
    case = VisibleRow(Case.objects.all())
    number = Text(max_length=60)
    filed_on = Day()
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    suspects = VisibleRows(Suspect.objects.all(), required=False)
    agency = VisibleRow(Agency.objects.all(), required=False)


class ProsecutionSerializer(serializers.ModelSerializer[Prosecution]):
    jurisdiction = shown_as("code")

    class Meta:
        model = Prosecution
        fields = (
            "id",
            "case",
            "complaint",
            "jurisdiction",
            "court",
            "docket",
            "filed_on",
            "version",
        )


class OpenProsecutionInput(Input):
    case = VisibleRow(Case.objects.all())
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    filed_on = Day()
    docket = Text(max_length=60, required=False, allow_blank=True)
    court = VisibleRow(Agency.objects.all(), required=False)
    complaint = VisibleRow(Complaint.objects.all(), required=False)


class ChargeSerializer(serializers.ModelSerializer[Charge]):
    class Meta:
        model = Charge
        fields = (
            "id",
            "case",
            "prosecution",
            "suspect",
            "provision",
            "offence_on",
            "filed_on",
            "version",
        )


class FileChargeInput(Input):
    prosecution = VisibleRow(Prosecution.objects.select_related("case", "jurisdiction"))
    suspect = VisibleRow(Suspect.objects.all())
    provision = VisibleRow(Provision.objects.select_related("jurisdiction"))
    offence_on = Day()
    filed_on = Day()

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["filed_on"] < data["offence_on"]:
            raise serializers.ValidationError(
                {"filed_on": [_("A charge cannot be filed before the offence.")]}
            )
        return data


class DecisionSerializer(serializers.ModelSerializer[ChargeDecision]):
    class Meta:
        model = ChargeDecision
        fields = ("charge", "disposition", "local_term")


class JudgmentSerializer(serializers.ModelSerializer[Judgment]):
    decisions = DecisionSerializer(many=True, read_only=True)

    class Meta:
        model = Judgment
        fields = (
            "id",
            "case",
            "prosecution",
            "instance",
            "appeal",
            "decided_on",
            "attribution",
            "decisions",
            "version",
        )


class DecisionInput(Input):
    charge = serializers.UUIDField()
    disposition = Labelled(Disposition)


class RecordJudgmentInput(Input):
    prosecution = VisibleRow(Prosecution.objects.select_related("case", "jurisdiction"))
    decided_on = Day()
    attribution = Labelled(Attribution)
    decisions: Any = DecisionInput(many=True, **BOUNDED)
    appeal = VisibleRow(Appeal.objects.select_related("judgment"), required=False)

    def validate_decisions(self, rows: list[dict[str, Any]]) -> list[tuple[Charge, str]]:
        """The charges, found with one query."""
        visible = Charge.objects.visible_to(self.context["request"].user)
        charges = visible.in_bulk([row["charge"] for row in rows])
        words = [_("Not found, or not open to you.")]
        missing: Any = {
            n: {"charge": words} for n, row in enumerate(rows) if row["charge"] not in charges
        }
        if missing:
            raise serializers.ValidationError(missing)
        return [(charges[row["charge"]], row["disposition"]) for row in rows]


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    class Meta:
        model = Appeal
        fields = ("id", "case", "judgment", "filed_on", "withdrawn_on", "version")


class FileAppealInput(Input):
    judgment = VisibleRow(Judgment.objects.select_related("case"))
    filed_on = Day()


class WithdrawAppealInput(Input):
    withdrawn_on = Day()


class SentenceSerializer(serializers.ModelSerializer[Sentence]):
    class Meta:
        model = Sentence
        fields = (
            "id",
            "case",
            "judgment",
            "suspect",
            "months",
            "life",
            "suspended",
            "fine",
            "compensation",
            "currency",
            "version",
        )


class RecordSentenceInput(Input):
    judgment = VisibleRow(Judgment.objects.select_related("case"))
    suspect = VisibleRow(Suspect.objects.all())
    months = WholeNumber(min_value=0, max_value=1200, required=False)
    life = Truth(required=False)
    suspended = Truth(required=False)
    fine = Amount(required=False)
    compensation = Amount(required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("life") and "months" in data:
            raise serializers.ValidationError({"months": [_("Life has no number of months.")]})
        if ("fine" in data or "compensation" in data) and "currency" not in data:
            raise serializers.ValidationError({"currency": [_("Money needs its currency.")]})
        return data
