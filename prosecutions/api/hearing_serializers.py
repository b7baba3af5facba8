from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Day, Hour, Input, Labelled, VisibleRow
from prosecutions.enums import Adjournment, HearingPurpose, HearingResult, NoNextDate
from prosecutions.models import Hearing, Prosecution


class HearingSerializer(serializers.ModelSerializer[Hearing]):
    listed_at = serializers.TimeField(format="%H:%M", read_only=True, allow_null=True)

    class Meta:
        model = Hearing
        fields = (
            "id",
            "case",
            "prosecution",
            "follows",
            "listed_on",
            "listed_at",
            "purpose",
            "result",
            "adjourned_for",
            "no_next_date",
            "version",
            "created_at",
            "updated_at",
        )


class ListingInput(Input):
    listed_on = Day(ahead=True)
    listed_at = Hour(required=False)
    purpose = Labelled(HearingPurpose)


class ListHearingInput(ListingInput):
    prosecution = VisibleRow(Prosecution.objects.select_related("case", "jurisdiction"))


class MoveHearingInput(ListingInput):
    listed_on = Day(ahead=True, required=False)
    purpose = Labelled(HearingPurpose, required=False)


class ResultInput(Input):
    result = Labelled(HearingResult.RECORDED)
    adjourned_for = Labelled(Adjournment, required=False)


class CorrectResultInput(ResultInput):
    """`no_next_date`: left out, it stays."""

    no_next_date = Labelled(NoNextDate, required=False, allow_blank=True)


class RecordHearingInput(ResultInput):
    next_on = Day(ahead=True, required=False)
    next_at = Hour(required=False)
    next_purpose: Any = Labelled(HearingPurpose, required=False)
    no_next_date = Labelled(NoNextDate, required=False)
