"""Shapes of disclosures and emergencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from casework.models import BreakGlass, Disclosure
from core.api.serializers import DAY, RowSerializer, shown_as

if TYPE_CHECKING:
    from datetime import date


class ComingDay(serializers.DateField):
    """A day that is still to come; how far off is for the verb to say."""

    def to_internal_value(self, value: object) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class DisclosureSerializer(RowSerializer[Disclosure]):
    """Read by its receiver, too: who of the organisation decided is in the history."""

    shows = "id case user parts basis document status expires_at confirmed_at ended_at version"

    user = shown_as("username")
    document = serializers.CharField(read_only=True)


class EmergencySerializer(RowSerializer[BreakGlass]):
    shows = (
        "id case user reason status started_at expires_at ended_at reviewed_at finding remark "
        "version"
    )

    user = shown_as("username")
    reason = serializers.CharField(read_only=True)
    remark = serializers.CharField(read_only=True, allow_null=True)
