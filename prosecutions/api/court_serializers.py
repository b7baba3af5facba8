from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.models import Case
from core.api.serializers import Input, Labelled, VisibleRow, VisibleRows, shown_as
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
    number = serializers.CharField(max_length=60)
    filed_on = serializers.DateField()
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
    filed_on = serializers.DateField()
    docket = serializers.CharField(max_length=60, required=False, allow_blank=True)
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
    prosecution = VisibleRow(Prosecution.objects.select_related("case"))
    suspect = VisibleRow(Suspect.objects.all())
    provision = VisibleRow(Provision.objects.all())
    offence_on = serializers.DateField()
    filed_on = serializers.DateField()

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
    charge = VisibleRow(Charge.objects.all())
    disposition = Labelled(Disposition)


class RecordJudgmentInput(Input):
    prosecution = VisibleRow(Prosecution.objects.select_related("case"))
    decided_on = serializers.DateField()
    attribution = Labelled(Attribution)
    decisions: Any = DecisionInput(many=True)
    appeal = VisibleRow(Appeal.objects.select_related("judgment"), required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        pairs = [(row["charge"], row["disposition"]) for row in data["decisions"]]
        return data | {"decisions": pairs}


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    class Meta:
        model = Appeal
        fields = ("id", "case", "judgment", "filed_on", "withdrawn_on", "version")


class FileAppealInput(Input):
    judgment = VisibleRow(Judgment.objects.select_related("case"))
    filed_on = serializers.DateField()


class WithdrawAppealInput(Input):
    withdrawn_on = serializers.DateField()


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
    months = serializers.IntegerField(min_value=0, max_value=1200, required=False)
    life = serializers.BooleanField(required=False)
    suspended = serializers.BooleanField(required=False)
    fine = serializers.DecimalField(14, 2, min_value=0, required=False)
    compensation = serializers.DecimalField(14, 2, min_value=0, required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("life") and "months" in data:
            raise serializers.ValidationError({"months": [_("Life has no number of months.")]})
        if ("fine" in data or "compensation" in data) and "currency" not in data:
            raise serializers.ValidationError({"currency": [_("Money needs its currency.")]})
        return data
