from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.enums import Setting, SiteKind
from casework.forms.inquiry import LONGEST_WORDS
from casework.models import Narrative, SameSite, Site, SiteClosing
from core.api.serializers import Day, Input, Labelled, Text, VisibleRow, VisibleRows
from core.moments import CannotBe, check_moment
from places.models import Agency, Jurisdiction


class SiteClosingSerializer(serializers.ModelSerializer[SiteClosing]):
    class Meta:
        model = SiteClosing
        fields = (
            *("id", "case", "site", "closed_on", "closed_by", "reopened_on"),
            *("version", "created_at", "updated_at"),
        )


class CorrectSiteInput(Input):
    kind = Labelled(SiteKind, required=False)
    setting = Labelled(Setting, required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)


class CloseSiteInput(Input):
    closed_on = Day()
    closed_by = VisibleRow(Agency.objects.all(), required=False)


class CorrectClosingInput(Input):
    closed_on = Day(required=False)
    closed_by = VisibleRow(Agency.objects.all(), required=False, allow_null=True)


class PlaceSiteInput(Input):
    exact_place = Text(max_length=LONGEST_WORDS)


class ExactPlaceSerializer(serializers.Serializer[Any]):
    """Where exactly a site is."""

    code = serializers.CharField()
    exact_place = serializers.CharField(allow_null=True)


class ToldSerializer(serializers.ModelSerializer[Narrative]):
    """What was told about a rescue at one time, and by whom."""

    text = serializers.CharField(read_only=True)
    told_by: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Narrative
        fields = ("id", "text", "told_by", "created_at")


class NarrativesSerializer(serializers.Serializer[Any]):
    """All that was told about a rescue, the oldest first."""

    results = ToldSerializer(many=True)


class ReopenSiteInput(Input):
    reopened_on = Day()


class SameSiteSerializer(serializers.ModelSerializer[SameSite]):
    class Meta:
        model = SameSite
        fields = ("id", "case", "site", "other", "ended_at", "version", "created_at", "updated_at")


class SameSiteInput(Input):
    site = VisibleRow(Site.objects.select_related("case"))
    other = VisibleRow(Site.objects.select_related("case"))


class Moment(serializers.DateTimeField):
    """When something happened, with its offset from UTC."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="ISO 8601")
        try:
            return check_moment(super().to_internal_value(value))
        except (CannotBe, OverflowError) as exc:
            raise serializers.ValidationError(str(exc)) from None


class AmendRescueInput(Input):
    """Only what is sent changes. `sites` and `agencies` are all that belong to it; the agency that
    led it is sent together with them."""

    occurred_at = Moment(required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)
    sites = VisibleRows(Site.objects.all(), required=False)
    agencies = VisibleRows(Agency.objects.all(), required=False)
    led_by_agency = VisibleRow(Agency.objects.all(), required=False)


class TellInput(Input):
    text = Text(max_length=LONGEST_WORDS)


class NarrativeSerializer(serializers.ModelSerializer[Narrative]):
    """That something was told; what it says is opened on the page of the rescue."""

    class Meta:
        model = Narrative
        fields = ("id", "case", "rescue", "version", "created_at")
