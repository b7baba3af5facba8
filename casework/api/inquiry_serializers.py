from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from casework.enums import Answer
from casework.models import Case, InvestigationStep, Lead, LeadWords, OnlineIncident, StepWords
from core.api.serializers import RowSerializer, Text, shown_as

CURRENCY = RegexValidator(r"\A[A-Z]{3}\Z", _("Three letters, such as USD."))
CODE = Text(validators=[CURRENCY], required=False, allow_blank=True)
CASES: Any = Case.objects.select_related("jurisdiction", "office")


class LeadSerializer(RowSerializer[Lead]):
    shows = (
        "id case code source reliability jurisdiction received_on ended ended_on passed_to "
        "version created_at updated_at"
    )

    jurisdiction = shown_as("code")


class LeadWordsSerializer(RowSerializer[LeadWords]):
    shows = "id case lead text informant exact_place"

    text = serializers.CharField(read_only=True)
    informant = serializers.CharField(read_only=True, allow_null=True)
    exact_place = serializers.CharField(read_only=True, allow_null=True)


class StepSerializer(RowSerializer[InvestigationStep]):
    shows = "id case code kind lead planned_for status done_on result version created_at updated_at"


class StepWordsSerializer(RowSerializer[StepWords]):
    shows = "id case step text"

    text = serializers.CharField(read_only=True)


class IncidentSerializer(RowSerializer[OnlineIncident]):
    shows = (
        "id case code media platform began_on ended_on customer_country amount currency "
        "paid_by for_publication third_party_absent for_compensation meets_definition version "
        "created_at updated_at"
    )

    meets_definition = serializers.ChoiceField(choices=Answer.choices, read_only=True)
