from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import (
    Day,
    Figure,
    Input,
    Labelled,
    RowSerializer,
    Text,
    WholeNumber,
    shown_as,
)
from core.refusals import gettext as _
from places.models import Jurisdiction
from studies.models import Observation, Recapture, Stratum, Study, Visit
from studies.statistics import chapman, sample_size

PLACES = Jurisdiction.objects.all()
STRATA = Stratum.objects.select_related("study", "jurisdiction")

MANY = 2_000_000_000  # the most a column holds


def number(least: int = 0, most: int = MANY, **kwargs: Any) -> WholeNumber:
    return WholeNumber(min_value=least, max_value=most, **kwargs)


class Changes(Input):
    """What is not named stays as it is."""

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class StudySerializer(RowSerializer[Study]):
    shows = (
        "id title programme jurisdiction method phase is_representative minor_below "
        "minor_judged fieldwork_from fieldwork_to published_on source office version "
        "created_at updated_at"
    )

    jurisdiction = shown_as("code")
    office = shown_as("code")


class StratumSerializer(RowSerializer[Stratum]):
    shows = (
        "id study kind jurisdiction frame mapped hotspots is_representative version created_at "
        "updated_at"
    )

    jurisdiction = shown_as("code")
    is_representative = serializers.BooleanField(source="study.is_representative", read_only=True)


class VisitSerializer(RowSerializer[Visit]):
    shows = (
        "id stratum venue visited_on establishments counted minors left_out version created_at "
        "updated_at"
    )


class VisitInput(Input):
    """One venue on one day: people counted, and the minors among them."""

    venue = Text(max_length=40)
    visited_on = Day()
    establishments = number(1, required=False)
    counted = number()
    minors = number()


class RecordVisitsInput(Input):
    visits = VisitInput(many=True, allow_empty=False, max_length=2000)  # type: ignore[call-arg]


class ObservationSerializer(RowSerializer[Observation]):
    shows = "id visit observer counted minors version created_at updated_at"


class RecaptureSerializer(RowSerializer[Recapture]):
    """Two rounds, and the size that follows from them (Chapman), with its interval."""

    shows = (
        "id stratum first_on second_on first second both size low high is_representative "
        "version created_at updated_at"
    )

    size = serializers.SerializerMethodField()
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()
    is_representative = serializers.BooleanField(
        source="stratum.study.is_representative", read_only=True
    )

    def get_size(self, row: Recapture) -> float:
        return chapman(row.first, row.second, row.both).number

    def get_low(self, row: Recapture) -> float:
        return chapman(row.first, row.second, row.both).low

    def get_high(self, row: Recapture) -> float:
        return chapman(row.first, row.second, row.both).high


class SampleSerializer(serializers.Serializer[Any]):
    """What the visits of a stratum say now; those left out do not count."""

    visits = serializers.IntegerField()
    left_out = serializers.IntegerField()
    establishments = serializers.IntegerField()
    per_establishment = serializers.FloatField(allow_null=True)
    fraction = serializers.FloatField(allow_null=True)
    k = serializers.IntegerField(source="share.k")
    n = serializers.IntegerField(source="share.n")
    share = serializers.FloatField(source="share.share", allow_null=True)
    standard_error = serializers.FloatField(source="share.error", allow_null=True)
    design_effect = serializers.FloatField(source="share.effect", allow_null=True)
    low = serializers.FloatField(source="share.interval.low", allow_null=True, default=None)
    high = serializers.FloatField(source="share.interval.high", allow_null=True, default=None)
    agreed = serializers.IntegerField()
    observed = serializers.IntegerField()
    is_representative = serializers.BooleanField()


class SampleSizeInput(Input):
    """Two different shares (0 to 1), the chance to find the change, and the design effect."""

    before = Figure(7, 6, most=1)
    after = Figure(7, 6, most=1)
    power = Labelled([(code, code) for code in ("0.8", "0.9", "0.95")], default="0.8")
    effect = Figure(4, 2, least=1, most=50, default=1)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if attrs["before"] == attrs["after"]:
            raise serializers.ValidationError({"after": [_("Choose two different shares.")]})
        return attrs

    def size(self) -> int:
        """People in each of the two rounds."""
        data = self.validated_data
        shares = (float(data["before"]), float(data["after"]))
        power, effect = float(data["power"]), float(data["effect"])
        return sample_size(*shares, power=power, effect=effect)


class SampleSizeSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField()
