from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import shown_as
from studies.api.study_serializers import STAMPS
from studies.models import Evaluation, Finding, ProgrammePlace, Training


class ProgrammePlaceSerializer(serializers.ModelSerializer[ProgrammePlace]):
    jurisdiction = shown_as("code")
    office = shown_as("code")

    class Meta:
        model = ProgrammePlace
        fields = (
            "id",
            "programme",
            "jurisdiction",
            "starts_on",
            "ends_on",
            "source",
            "office",
            *STAMPS,
        )


class TrainingSerializer(serializers.ModelSerializer[Training]):
    office = shown_as("code")

    class Meta:
        model = Training
        fields = (
            *("id", "topic", "agency", "held_on", "people", "hours", "score_before"),
            *("score_after", "office", *STAMPS),
        )


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    jurisdiction = shown_as("code")
    office = shown_as("code")

    class Meta:
        model = Evaluation
        fields = (
            *("id", "title", "evaluator", "is_external", "programme", "jurisdiction"),
            *("first_year", "last_year", "published_on", "source", "office", *STAMPS),
        )


class FindingSerializer(serializers.ModelSerializer[Finding]):
    class Meta:
        model = Finding
        fields = ("id", "evaluation", "question", "k", "n", "quote", *STAMPS)
