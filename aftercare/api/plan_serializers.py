from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
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
from core.api.serializers import WholeNumber, shown_as
from instruments.answers import BEST, WORST
from victims.enums import OLDEST_MONTHS
from victims.models import Involvement

STAMPS = ("version", "created_at", "updated_at")
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


class ProgressNoteSerializer(serializers.ModelSerializer[ProgressNote]):
    text = serializers.CharField()

    class Meta:
        model = ProgressNote
        fields = ("id", "referral", "text", "created_at", "version")


class PlacementSerializer(serializers.ModelSerializer[Placement]):
    is_overridden = serializers.SerializerMethodField()

    class Meta:
        model = Placement
        fields = (
            *("id", "case", "involvement", "kind", "provider", "since", "until", "ended_for"),
            *("planned_until", "is_overridden", *STAMPS),
        )

    def get_is_overridden(self, row: Placement) -> bool:
        return row.overridden_by_id is not None


class CarePlanSerializer(serializers.ModelSerializer[CarePlan]):
    opened_by = shown_as("username")
    tried_on = serializers.ListField(child=serializers.DateField(), read_only=True)

    class Meta:
        model = CarePlan
        fields = (
            *("id", "case", "involvement", "opened_on", "opened_by", "status", "closed_on"),
            "closed_for",
            *("handed_to", "tried_on", "assess_by", "review_by", "follow_up_by", *STAMPS),
        )


class GoalSerializer(serializers.ModelSerializer[Goal]):
    text = serializers.CharField()

    class Meta:
        model = Goal
        fields = (
            *("id", "case", "plan", "domain", "text", "target_on", "status", "ended_on"),
            *STAMPS,
        )


class PlanReviewSerializer(serializers.ModelSerializer[PlanReview]):
    class Meta:
        model = PlanReview
        fields = ("id", "case", "plan", "reviewed_on", "result", *STAMPS)


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    class Meta:
        model = FollowUp
        fields = (
            *("id", "case", "plan", "months", "done_on", "contact_lost"),
            *("safe", "in_school_or_work", "revictimised", *STAMPS),
        )


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """The answers, and what they come to: nothing where too little was answered.

    `left_out`: domains that did not apply to the person, being too young.
    """

    answers = serializers.DictField(child=serializers.IntegerField(allow_null=True), read_only=True)
    left_out = serializers.ListField(child=serializers.CharField(), read_only=True)
    scores = serializers.SerializerMethodField()
    restored = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = (
            *("id", "case", "involvement", "plan", "instrument", "assessed_on", "status"),
            *("answers", "left_out", "scores", "restored", *STAMPS),
        )

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
