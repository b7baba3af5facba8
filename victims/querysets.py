"""The vocabulary for asking about people harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date


class ConsentQuerySet(ScopedQuerySet):
    def live_on(self, day: date) -> Self:
        """Given by that day, neither expired nor withdrawn."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
            given_on__lte=day,
        )


class IncidentSurvivorQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(removed_at__isnull=True)
