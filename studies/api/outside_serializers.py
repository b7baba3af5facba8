from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from studies.models import DistrictSurvey, ExternalStatistic
from studies.side_by_side import Comparison, Ground


class StatisticSerializer(RowSerializer[ExternalStatistic]):
    shows = (
        "id publisher series measure unit programme jurisdiction parts parts_number year "
        "year_to value text quality source office version created_at updated_at"
    )

    jurisdiction = shown_as("code")
    parts = serializers.ListField(child=serializers.CharField())
    office = shown_as("code")


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

    def get_low(self, line: Comparison) -> float | None:
        return line.between[0]

    def get_high(self, line: Comparison) -> float | None:
        return line.between[1]


class SurveySerializer(RowSerializer[DistrictSurvey]):
    shows = (
        "id jurisdiction programme year status found source office version created_at updated_at"
    )

    jurisdiction = shown_as("code")
    office = shown_as("code")
