from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from aftercare.models import (
    Assessment,
    CarePlan,
    FollowUp,
    Goal,
    Placement,
    PlanReview,
    ProgressNote,
)
from core.api.serializers import RowSerializer, WholeNumber, shown_as
from core.refusals import gettext as _
from instruments.answers import BEST, WORST
from victims.enums import OLDEST_MONTHS
from victims.models import Involvement

SURVIVORS: Any = Involvement.objects.select_related(
    "case__jurisdiction", "case__office", "rescue", "victim"
)
PLANS: Any = CarePlan.objects.select_related(
    "case__jurisdiction", "case__office", "involvement__victim"
)


def _beds() -> WholeNumber:
    return WholeNumber(min_value=0, max_value=9999, required=False, allow_null=True)


def _months() -> WholeNumber:
    return WholeNumber(min_value=0, max_value=OLDEST_MONTHS, required=False, allow_null=True)


class MonthSerializer(serializers.Serializer[Any]):
    """Nights slept at a provider in a month, of how many its beds allow; `on_request`: not told."""

    month = serializers.DateField()
    nights = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    share = serializers.FloatField(allow_null=True)
    on_request = serializers.BooleanField()


class NightSerializer(serializers.Serializer[Any]):
    """Beds left for each sex in a night, as far as ends are planned; null: never counted, or only
    on request."""

    night = serializers.DateField()
    free = serializers.DictField(child=serializers.IntegerField(), allow_null=True)
    on_request = serializers.BooleanField()


class ProgressNoteSerializer(RowSerializer[ProgressNote]):
    shows = "id referral text created_at version"

    text = serializers.CharField()


class PlacementSerializer(RowSerializer[Placement]):
    shows = (
        "id case involvement kind provider since until ended_for planned_until is_overridden "
        "version created_at updated_at"
    )

    is_overridden = serializers.SerializerMethodField()

    def get_is_overridden(self, row: Placement) -> bool:
        return row.overridden_by_id is not None


class CarePlanSerializer(RowSerializer[CarePlan]):
    shows = (
        "id case involvement opened_on opened_by status closed_on closed_for handed_to "
        "tried_on assess_by review_by follow_up_by version created_at updated_at"
    )

    opened_by = shown_as("username")
    tried_on = serializers.ListField(child=serializers.DateField(), read_only=True)


class GoalSerializer(RowSerializer[Goal]):
    shows = "id case plan domain text target_on status ended_on version created_at updated_at"

    text = serializers.CharField()


class PlanReviewSerializer(RowSerializer[PlanReview]):
    shows = "id case plan reviewed_on result version created_at updated_at"


class FollowUpSerializer(RowSerializer[FollowUp]):
    shows = (
        "id case plan months done_on contact_lost safe in_school_or_work revictimised version "
        "created_at updated_at"
    )


class AssessmentSerializer(RowSerializer[Assessment]):
    """The answers, and what they come to: nothing where too little was answered.

    `left_out`: domains that did not apply to the person, being too young.
    """

    shows = (
        "id case involvement plan instrument assessed_on status answers left_out scores "
        "restored version created_at updated_at"
    )

    answers = serializers.DictField(child=serializers.IntegerField(allow_null=True), read_only=True)
    left_out = serializers.ListField(child=serializers.CharField(), read_only=True)
    scores = serializers.SerializerMethodField()
    restored = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.FloatField(allow_null=True)))
    def get_scores(self, row: Assessment) -> dict[str, float | None]:
        return dict(row.scored().domains)

    def get_restored(self, row: Assessment) -> bool | None:
        return row.scored().restored


class Answers(serializers.DictField):
    """Item -> 1 to 4, or null where it does not apply."""

    child = WholeNumber(allow_null=True, min_value=WORST, max_value=BEST)

    def to_internal_value(self, data: object) -> Any:
        if not isinstance(data, dict) or len(data) > 600:
            raise serializers.ValidationError(_("Items with their scores are expected."))
        return super().to_internal_value(data)
