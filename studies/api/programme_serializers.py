from __future__ import annotations

from rest_framework import serializers

from casework.enums import Programme
from core.api.serializers import Day, Input, Labelled, Text, Truth, VisibleRow, shown_as
from places.models import Agency
from studies.api.study_serializers import PLACES, STAMPS, Changes, Figure, number
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


class RecordProgrammeInput(Input):
    programme = Labelled(Programme)
    jurisdiction = VisibleRow(PLACES, by="code")
    starts_on = Day()
    ends_on = Day(ahead=True, required=False, allow_null=True)
    source = Text(max_length=300, required=False, allow_blank=True)  # type: ignore[assignment]  # a column of ours


class ChangeProgrammeInput(Changes, RecordProgrammeInput):
    pass


class TrainingSerializer(serializers.ModelSerializer[Training]):
    office = shown_as("code")

    class Meta:
        model = Training
        fields = (
            *("id", "topic", "agency", "held_on", "people", "hours", "score_before"),
            *("score_after", "office", *STAMPS),
        )


class RecordTrainingInput(Input):
    """Scores are means of all who were there, out of 100."""

    topic = Text(max_length=200)
    agency = VisibleRow(Agency.objects.all())
    held_on = Day()
    people = number(1)
    hours = Figure(6, 2, most=1000)
    score_before = Figure(5, 2, most=100, required=False, allow_null=True)
    score_after = Figure(5, 2, most=100, required=False, allow_null=True)


class CorrectTrainingInput(Changes, RecordTrainingInput):
    pass


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    jurisdiction = shown_as("code")
    office = shown_as("code")

    class Meta:
        model = Evaluation
        fields = (
            *("id", "title", "evaluator", "is_external", "programme", "jurisdiction"),
            *("first_year", "last_year", "published_on", "source", "office", *STAMPS),
        )


class RecordEvaluationInput(Input):
    title = Text(max_length=200)
    evaluator = Text(max_length=120)
    is_external = Truth()
    programme = Labelled(Programme)
    jurisdiction = VisibleRow(PLACES, by="code")
    first_year = number(1990, 2100)
    last_year = number(1990, 2100)
    published_on = Day(required=False, allow_null=True)
    source = Text(max_length=300, required=False, allow_blank=True)  # type: ignore[assignment]  # a column of ours


class CorrectEvaluationInput(Changes, RecordEvaluationInput):
    pass


class FindingSerializer(serializers.ModelSerializer[Finding]):
    class Meta:
        model = Finding
        fields = ("id", "evaluation", "question", "k", "n", "quote", *STAMPS)


class _FindingWords(Input):
    """`k` of `n`, the words (`quote`), or both."""

    question = Text(max_length=300)
    k = number(required=False, allow_null=True)
    n = number(1, required=False, allow_null=True)
    quote = Text(max_length=1000, required=False, allow_blank=True)


class AddFindingInput(_FindingWords):
    evaluation = VisibleRow(Evaluation.objects.all())


class CorrectFindingInput(Changes, _FindingWords):
    pass
