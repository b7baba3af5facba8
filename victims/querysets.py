"""The vocabulary for asking about people harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps

from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class ConsentQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """The newest version of each."""
        return self.filter(replaced_at__isnull=True)


class IncidentSurvivorQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(removed_at__isnull=True)


class WithdrawalQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(told_on__isnull=True)

    def received_by(self, user: User) -> Self:
        """What a provider this person works for has to hear: the other side's view of them."""
        staff = apps.get_model("aftercare.ProviderStaff")._default_manager
        mine = staff.filter(user=user.pk, ended_at__isnull=True).values("provider")
        return self.filter(recipient_kind="provider", recipient_id__in=mine)
