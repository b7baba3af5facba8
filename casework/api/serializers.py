from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from accounts.models import User
from casework.enums import MOST_AT_ONCE
from casework.models import Assignment, Case, Rescue, Site
from core.api.serializers import Input, RowSerializer, VisibleRow, VisibleRows, shown_as

if TYPE_CHECKING:
    from casework.models import RescueAgency


class CaseSerializer(RowSerializer[Case]):
    shows = (
        "id reference programme office jurisdiction status support_level sealed opened_on "
        "closed_on version created_at updated_at"
    )

    office = shown_as("code")
    jurisdiction = shown_as("code")
    sealed = serializers.BooleanField(read_only=True)


class CaseStepSerializer(serializers.Serializer[Any]):
    """One step of the life of a case, for whoever holds it; `why_not` where it cannot be taken."""

    name = serializers.CharField()
    label: Any = serializers.CharField()
    possible = serializers.BooleanField()
    why_not = serializers.CharField()


class CaseStepsSerializer(serializers.Serializer[Any]):
    results = CaseStepSerializer(many=True)


class AssignSerializer(Input):
    user = VisibleRow(User.objects.filter(is_active=True), by="username")


class AssignManySerializer(AssignSerializer):
    cases = VisibleRows(
        Case.objects.select_related("office", "jurisdiction"), max_length=MOST_AT_ONCE
    )


class AssignmentSerializer(RowSerializer[Assignment]):
    shows = "id case user started_at ended_at version"

    user = shown_as("username")


class AssignedSerializer(serializers.Serializer[Any]):
    assignments = AssignmentSerializer(many=True)


class SiteSerializer(RowSerializer[Site]):
    shows = "id case code kind setting jurisdiction closed_on version"

    jurisdiction = shown_as("code")
    closed_on = serializers.SerializerMethodField()

    def get_closed_on(self, row: Any) -> date | None:
        """Read with the row; of one just changed, asked for."""
        if not hasattr(row, "closed_on"):
            row = Site.objects.with_closing().get(pk=row.pk)
        day: date | None = row.closed_on
        return day


class RescueSerializer(RowSerializer[Rescue]):
    shows = "id case occurred_at occurred_on jurisdiction sites agencies led_by_agency version"

    jurisdiction = shown_as("code")
    sites = serializers.SerializerMethodField()
    agencies = serializers.SerializerMethodField()
    led_by_agency = serializers.SerializerMethodField()

    def get_sites(self, rescue: Rescue) -> list[str]:
        return [str(row.site_id) for row in rescue.rescue_sites.all() if not row.removed_at]

    def get_agencies(self, rescue: Rescue) -> list[str]:
        return [str(row.agency_id) for row in self._agencies(rescue)]

    def get_led_by_agency(self, rescue: Rescue) -> str | None:
        """None: we led it, or it is not known."""
        return next((str(row.agency_id) for row in self._agencies(rescue) if row.led), None)

    def _agencies(self, rescue: Rescue) -> list[RescueAgency]:
        return [row for row in rescue.rescue_agencies.all() if not row.removed_at]
