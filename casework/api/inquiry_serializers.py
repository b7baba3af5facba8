from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from casework.enums import Answer
from casework.forms.inquiry import LONGEST_WORDS
from casework.inquiry_codes import (
    LeadEnd,
    LeadSource,
    Media,
    PaidBy,
    Platform,
    Reliability,
    StepKind,
    StepResult,
)
from casework.models import Case, InvestigationStep, Lead, LeadWords, OnlineIncident, StepWords
from core.api.serializers import Amount, Day, Input, Labelled, Text, VisibleRow, shown_as
from places.countries import COUNTRIES
from places.models import Agency, Jurisdiction

CURRENCY = RegexValidator(r"\A[A-Z]{3}\Z", _("Three letters, such as USD."))
CASES: Any = Case.objects.select_related("jurisdiction", "office")


class LeadSerializer(serializers.ModelSerializer[Lead]):
    jurisdiction = shown_as("code")

    class Meta:
        model = Lead
        fields = (
            *("id", "case", "code", "source", "reliability", "jurisdiction", "received_on"),
            *("ended", "ended_on", "passed_to", "version", "created_at", "updated_at"),
        )


class RecordLeadInput(Input):
    case = VisibleRow(CASES)
    source: Any = Labelled(LeadSource)  # a field has an attribute of this name
    reliability = Labelled(Reliability, required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    received_on = Day()
    text = Text(max_length=LONGEST_WORDS)
    informant = Text(max_length=500, required=False)
    exact_place = Text(max_length=2000, required=False)


class CorrectLeadInput(Input):
    source: Any = Labelled(LeadSource, required=False)
    reliability = Labelled(Reliability, required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)
    received_on = Day(required=False)


class EndLeadInput(Input):
    ended = Labelled(LeadEnd)
    ended_on = Day()
    passed_to = VisibleRow(Agency.objects.all(), required=False)


class LeadWordsSerializer(serializers.ModelSerializer[LeadWords]):
    text = serializers.CharField(read_only=True)
    informant = serializers.CharField(read_only=True, allow_null=True)
    exact_place = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = LeadWords
        fields = ("id", "case", "lead", "text", "informant", "exact_place")


class StepSerializer(serializers.ModelSerializer[InvestigationStep]):
    class Meta:
        model = InvestigationStep
        fields = (
            *("id", "case", "code", "kind", "lead", "planned_for", "status", "done_on", "result"),
            *("version", "created_at", "updated_at"),
        )


class AddStepInput(Input):
    """Planned: `planned_for`. Done already: `done_on` and `result`."""

    case = VisibleRow(CASES)
    kind = Labelled(StepKind)
    lead = VisibleRow(Lead.objects.all(), required=False)
    planned_for = Day(ahead=True, required=False)
    done_on = Day(required=False)
    result = Labelled(StepResult, required=False)
    text = Text(max_length=LONGEST_WORDS, required=False)


class TellResultInput(Input):
    result = Labelled(StepResult)
    text = Text(max_length=LONGEST_WORDS, required=False)


class FinishStepInput(TellResultInput):
    done_on = Day()


class StepWordsSerializer(serializers.ModelSerializer[StepWords]):
    text = serializers.CharField(read_only=True)

    class Meta:
        model = StepWords
        fields = ("id", "case", "step", "text")


class IncidentSerializer(serializers.ModelSerializer[OnlineIncident]):
    meets_definition = serializers.ChoiceField(choices=Answer.choices, read_only=True)

    class Meta:
        model = OnlineIncident
        fields = (
            *("id", "case", "code", "media", "platform", "began_on", "ended_on"),
            *("customer_country", "amount", "currency", "paid_by", "for_publication"),
            *("third_party_absent", "for_compensation", "meets_definition"),
            *("version", "created_at", "updated_at"),
        )


class CorrectIncidentInput(Input):
    """Only what is sent changes; null takes away a day or an amount."""

    media = Labelled(Media, required=False)
    platform = Labelled(Platform, required=False)
    began_on = Day(required=False)
    ended_on = Day(required=False, allow_null=True)
    customer_country = Labelled(list(COUNTRIES.items()), required=False, allow_blank=True)
    amount = Amount(required=False, allow_null=True)
    currency = Text(validators=[CURRENCY], required=False, allow_blank=True)
    paid_by = Labelled(PaidBy, required=False, allow_blank=True)
    for_publication = Labelled(Answer, required=False)
    third_party_absent = Labelled(Answer, required=False)
    for_compensation = Labelled(Answer, required=False)


class RecordIncidentInput(CorrectIncidentInput):
    case = VisibleRow(CASES)
    media = Labelled(Media)
    began_on = Day()
