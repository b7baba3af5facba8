from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from casework.models import Narrative, SameSite, SiteClosing
from core.api.serializers import RowSerializer
from core.days.moments import CannotBe, check_moment

if TYPE_CHECKING:
    from datetime import datetime


class SiteClosingSerializer(RowSerializer[SiteClosing]):
    shows = "id case site closed_on closed_by reopened_on version created_at updated_at"


class ExactPlaceSerializer(serializers.Serializer[Any]):
    """Where exactly a site is."""

    code = serializers.CharField()
    exact_place = serializers.CharField(allow_null=True)


class ToldSerializer(RowSerializer[Narrative]):
    """What was told about a rescue at one time, and by whom."""

    shows = "id text told_by created_at"

    text = serializers.CharField(read_only=True)
    told_by: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)


class NarrativesSerializer(serializers.Serializer[Any]):
    """All that was told about a rescue, the oldest first."""

    results = ToldSerializer(many=True)


class SameSiteSerializer(RowSerializer[SameSite]):
    shows = "id case site other ended_at version created_at updated_at"


class Moment(serializers.DateTimeField):
    """When something happened, with its offset from UTC."""

    def to_internal_value(self, value: object) -> datetime:
        if not isinstance(value, str):
            self.fail("invalid", format="ISO 8601")
        try:
            return check_moment(super().to_internal_value(value))
        except (CannotBe, OverflowError) as exc:
            raise serializers.ValidationError(str(exc)) from None


class NarrativeSerializer(RowSerializer[Narrative]):
    """That something was told; what it says is opened on the page of the rescue."""

    shows = "id case rescue version created_at"
