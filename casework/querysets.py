"""The vocabulary for asking about cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from casework.enums import CaseStatus
from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date


class CaseQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.exclude(status=CaseStatus.CLOSED)

    def opened_between(self, start: date, end: date) -> Self:
        return self.filter(opened_on__range=(start, end))

    def of_team(self, user: Any) -> Self:
        """Cases this person is assigned to now."""
        assigned = user.assignments.in_force().filter(case=OuterRef("pk"))
        return self.filter(Exists(assigned))


class AssignmentQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True) | self.filter(ended_at__gt=Now())
