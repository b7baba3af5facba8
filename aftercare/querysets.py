"""The vocabulary for asking about referrals and services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from aftercare.enums import AssessmentStatus, PlanStatus, ReferralStatus
from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from victims.querysets import WithdrawalQuerySet


class ReferralQuerySet(ScopedQuerySet):
    def received_by(self, user: User) -> Self:
        """Referrals sent to a provider this person works for: the other side's view of them."""
        rows: Self = self.exclude(status=ReferralStatus.DRAFT).filter(provider__in=_mine(user))
        return rows.exclude(Exists(self._withdrawn()), status__in=ReferralStatus.OVER)

    def _withdrawn(self) -> WithdrawalQuerySet:
        """The person withdrew the consent it was sent on: the provider sees that alone."""
        return apps.get_model("victims.Withdrawal")._default_manager.filter(
            recipient_kind="provider",
            recipient_id=OuterRef("provider"),
            involvement=OuterRef("involvement"),
            created_at__gt=OuterRef("sent_at"),
        )


class NoteQuerySet(ScopedQuerySet):
    def received_by(self, user: User) -> Self:
        """Notes under referrals that this person, who works for a provider, received."""
        received = apps.get_model("aftercare.Referral")._default_manager.received_by(user)
        return self.filter(referral__in=received.values("pk"))


class StaffQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)


def _mine(user: User) -> Any:
    """The providers this person works for."""
    staff = apps.get_model("aftercare.ProviderStaff")._default_manager
    return staff.in_force().filter(user=user.pk).values("provider")


class ServiceQuerySet(ScopedQuerySet):
    def provided_by(self, day: date) -> Self:
        return self.filter(provided_on__lte=day)


class PlacementQuerySet(ScopedQuerySet):
    def on_night(self, night: date) -> Self:
        """Placements in which the person sleeps in the night that begins on this day."""
        lasting = Q(until__isnull=True) | Q(until__gt=night)
        return self.filter(lasting, since__lte=night)

    def over(self, since: date, until: date | None) -> Self:
        """Placements that share a night with this time."""
        rows = self.filter(Q(until__isnull=True) | Q(until__gt=since))
        return rows.filter(since__lt=until) if until else rows


class PlanQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(status=PlanStatus.OPEN)


class AssessmentQuerySet(ScopedQuerySet):
    def completed(self) -> Self:
        return self.filter(status=AssessmentStatus.COMPLETED)
