from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.enums import Programme
from core.api.serializers import Input, Labelled, Text, VisibleRow, shown_as
from studies.api.study_serializers import PLACES, STAMPS, Changes, Figure, number
from studies.divergence import Beside, Ground
from studies.enums import Kind, Quality, SurveyStatus, Unit
from studies.models import DistrictSurvey, ExternalStatistic


class StatisticSerializer(serializers.ModelSerializer[ExternalStatistic]):
    jurisdiction = shown_as("code")
    parts = serializers.ListField(child=serializers.CharField())
    office = shown_as("code")

    class Meta:
        model = ExternalStatistic
        fields = (
            *("id", "publisher", "series", "measure", "unit", "programme", "jurisdiction"),
            *("parts", "parts_number", "year", "year_to", "value", "text", "quality", "source"),
            "office",
            *STAMPS,
        )


class RecordStatisticInput(Input):
    """A `value`, or the `text` that was printed in its place, as "<5"."""

    publisher = Text(max_length=120)
    series = Text(max_length=120)
    measure = Labelled(Kind)
    unit = Labelled(Unit)
    programme = Labelled(Programme)
    jurisdiction = VisibleRow(PLACES, by="code")
    parts = serializers.ListField(child=Text(max_length=20), required=False, max_length=200)
    parts_number = number(1, 10_000, required=False, allow_null=True)
    year = number(1900, 2100)
    year_to = number(1900, 2100, required=False, allow_null=True)
    value = Figure(16, 6, required=False, allow_null=True)
    text = Text(max_length=40, required=False, allow_blank=True)
    quality = Labelled(Quality)
    source = Text(max_length=300)  # type: ignore[assignment]  # a column of ours


class CorrectStatisticInput(Changes, RecordStatisticInput):
    pass


class BesideSerializer(serializers.Serializer[Any]):
    """Two figures of one measure, `one` the earlier; `ratio`: the later over the earlier.

    Where one is text such as "<5", which is 1 to 4, the ratio lies between `low` and `high`.
    """

    one = serializers.UUIDField(source="one.pk")
    two = serializers.UUIDField(source="two.pk")
    ratio = serializers.FloatField(allow_null=True)
    low: Any = serializers.SerializerMethodField()
    high: Any = serializers.SerializerMethodField()
    ground = serializers.ChoiceField(choices=Ground.choices)
    common = serializers.IntegerField(allow_null=True)
    years_apart = serializers.IntegerField()

    def get_low(self, line: Beside) -> float | None:
        return line.between[0]

    def get_high(self, line: Beside) -> float | None:
        return line.between[1]


class SurveySerializer(serializers.ModelSerializer[DistrictSurvey]):
    jurisdiction = shown_as("code")
    office = shown_as("code")

    class Meta:
        model = DistrictSurvey
        fields = (
            *("id", "jurisdiction", "programme", "year", "status", "found", "source"),
            "office",
            *STAMPS,
        )


class RecordSurveyInput(Input):
    """`found` only of a survey that was done; found none is 0."""

    jurisdiction = VisibleRow(PLACES, by="code")
    programme = Labelled(Programme, required=False)
    year = number(1976, 2100)
    status = Labelled(SurveyStatus)
    found = number(required=False, allow_null=True)
    source = Text(max_length=300, required=False, allow_blank=True)  # type: ignore[assignment]  # a column of ours


class CorrectSurveyInput(Changes, RecordSurveyInput):
    pass
