from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Figure, RowSerializer
from studies.comparing import behind, compare, interval_of, share_of
from studies.models import Estimate, Pair

ESTIMATES = Estimate.objects.select_related("stratum__study", "stratum__jurisdiction")


class EstimateSerializer(RowSerializer[Estimate]):
    """`low` and `high`: as published, else Wilson's on n over the design effect.

    `counts`: what a share published without a count can stand for, fewest and most.
    """

    shows = (
        "id study stratum basis figuring k n share standard_error design_effect low high "
        "counts is_representative source published_on version created_at updated_at"
    )

    study = serializers.UUIDField(source="stratum.study_id", read_only=True)
    share = serializers.SerializerMethodField()
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    is_representative = serializers.BooleanField(
        source="stratum.study.is_representative", read_only=True
    )

    def get_share(self, row: Estimate) -> float:
        return share_of(row)

    def get_low(self, row: Estimate) -> float | None:
        interval = interval_of(row)
        return interval.low if interval else None

    def get_high(self, row: Estimate) -> float | None:
        interval = interval_of(row)
        return interval.high if interval else None

    def get_counts(self, row: Estimate) -> list[int] | None:
        counts = behind(row)
        return list(counts) if counts else None


def _share() -> Figure:
    return Figure(7, 6, most=1, required=False, allow_null=True)


class ReductionSerializer(serializers.Serializer[Any]):
    """One minus the ratio of the shares, with the interval of the log ratio."""

    value = serializers.FloatField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    """`reasons`: why the two cannot be compared; then there is no figure."""

    reasons = serializers.ListField(child=serializers.CharField(), source="why_not")
    same_season = serializers.BooleanField()
    reduction = ReductionSerializer(allow_null=True)
    with_effect = ReductionSerializer(allow_null=True)
    difference_low = serializers.FloatField(source="difference.low", default=None, allow_null=True)
    difference_high = serializers.FloatField(
        source="difference.high", default=None, allow_null=True
    )
    z = serializers.FloatField(source="test.z", default=None, allow_null=True)
    p = serializers.FloatField(source="test.p", default=None, allow_null=True)


class PairSerializer(RowSerializer[Pair]):
    shows = "id baseline endline comparison version created_at updated_at"

    comparison = serializers.SerializerMethodField()

    def get_comparison(self, row: Pair) -> ComparisonSerializer:
        return ComparisonSerializer(compare(row.baseline, row.endline)).data  # type: ignore[return-value]
