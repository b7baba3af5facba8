"""Care: who gives it, and who was referred to whom for what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from aftercare.enums import Need, ReferralStatus, Urgency
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, Held, Scoped, ScopedQuerySet
from core.history import tracked
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


@tracked
class Referral(CaseRecord):
    """One survivor, one service. A draft leaves the house only with consent."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="referrals"
    )
    need = models.CharField(max_length=20, choices=Need)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NOW)
    provider = models.ForeignKey(
        Provider, null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    status = models.CharField(max_length=12, choices=ReferralStatus, default=ReferralStatus.DRAFT)

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_referral_known_codes",
                condition=Q(need__in=Need.values, status__in=ReferralStatus.values),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="aftercare_referral_person")]
