"""The vocabulary for asking about referrals and services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef

from aftercare.enums import ReferralStatus
from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date


class ReferralQuerySet(ScopedQuerySet):
    def received_by(self, user: Any) -> Self:
        """Referrals sent to a provider this person works for: the other side's view of them."""
        staff = apps.get_model("aftercare.ProviderStaff")._default_manager
        mine = staff.filter(user=user.pk, ended_at__isnull=True).values("provider")
        rows: Self = self.exclude(status=ReferralStatus.DRAFT).filter(provider__in=mine)
        return rows.exclude(Exists(self._withdrawn()), status=ReferralStatus.WITHDRAWN)

    def _withdrawn(self) -> Any:
        """The person withdrew the consent it was sent on: the provider sees that alone."""
        return apps.get_model("victims.Withdrawal")._default_manager.filter(
            recipient_kind="provider",
            recipient_id=OuterRef("provider"),
            involvement=OuterRef("involvement"),
            created_at__gt=OuterRef("sent_at"),
        )


class ServiceQuerySet(ScopedQuerySet):
    def provided_by(self, day: date) -> Self:
        return self.filter(provided_on__lte=day)
