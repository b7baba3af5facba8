"""Who gives care, and who of them signs in here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from core.access import Held, Nobody, Scoped, ScopedQuerySet
from core.models import Record


class Provider(Record, Scoped):
    """A shelter, clinic or other service. Its address is never kept here."""

    name = models.CharField(max_length=120)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="providers"
    )
    services = models.JSONField(default=list)  # codes of Need
    is_active = models.BooleanField(default=True)

    access = Held(Perm.REFERRAL_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="aftercare_provider_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderStaff(Record, Scoped):
    """A person of a provider who signs in here to answer its referrals."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "user"],
                name="aftercare_providerstaff_once",
                condition=Q(ended_at__isnull=True),
            ),
        ]
