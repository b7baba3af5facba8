"""The vocabulary for asking about cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import Now

from casework.enums import (
    DISCLOSED_AT_MOST,
    REVIEW_WITHIN,
    CaseStatus,
    ConflictStatus,
    DisclosureStatus,
    GlassStatus,
    SealStatus,
)
from core.access import EXISTS, SEALED, ScopedQuerySet

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


class SealQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.exclude(status=SealStatus.OPENED)


class ConflictQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(status=ConflictStatus.HOLDS)

    def known_to(self, user: Any) -> Self:
        """Of cases open to this person. Not their own elsewhere: these would tell of more cases."""
        reach = user.scope.rows(EXISTS, case="case", office="office")
        return self.visible_to(user).filter(reach)


class DisclosureQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Confirmed and not over; of a sealed case only those made for it while it was sealed."""
        return self.filter(
            Q(level__lt=SEALED) | Q(named=True),
            status=DisclosureStatus.CONFIRMED,
            expires_at__gt=Now(),
        )

    def with_state(self) -> Self:
        """With `is_over`, by the clock of the database."""
        over = ExpressionWrapper(Q(expires_at__lte=Now()), BooleanField())
        return self.annotate(is_over=over)

    def in_time(self) -> Self:
        """Ending later than now, and not too late."""
        return self.filter(expires_at__gt=Now(), expires_at__lte=Now() + DISCLOSED_AT_MOST)


class GlassQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Not over; never of a sealed case."""
        return self.filter(level__lt=SEALED, status=GlassStatus.OPEN, expires_at__gt=Now())

    def open_to(self, user: Any) -> Self:
        """Those this person watches over; everybody else those of their own."""
        watched = self.visible_to(user)
        if user.has_perm(self.model.access.view):
            return watched
        return self.filter(self.model.access.reach(user), user=user)

    def with_state(self) -> Self:
        """With `is_open` and `is_overdue`, by the clock of the database."""
        overdue = Q(started_at__lt=Now() - REVIEW_WITHIN) & ~Q(status=GlassStatus.REVIEWED)
        running = Q(status=GlassStatus.OPEN, expires_at__gt=Now())
        return self.annotate(
            is_open=ExpressionWrapper(running, BooleanField()),
            is_overdue=ExpressionWrapper(overdue, BooleanField()),
        )

    def unreviewed(self) -> Self:
        return self.exclude(status=GlassStatus.REVIEWED)

    def reviewed(self) -> Self:
        return self.filter(status=GlassStatus.REVIEWED)
