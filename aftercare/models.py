"""Care: who gives it, and who was referred to whom for what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from aftercare.enums import Need, ReferralStatus, ServiceKind, Urgency
from aftercare.querysets import ReferralQuerySet, ServiceQuerySet
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, Held, Nobody, Scoped, ScopedQuerySet
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
    # What the provider sees, fixed at the moment of sending: code, sex, age band, need, urgency.
    shown = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=300, blank=True)

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    objects: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_referral_sent_has_provider",
                condition=Q(status="draft", provider__isnull=True, sent_at__isnull=True)
                | Q(status="withdrawn")
                | Q(provider__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="aftercare_referral_declined_has_reason",
                condition=~Q(status="declined") | ~Q(decline_reason=""),
            ),
            models.CheckConstraint(
                name="aftercare_referral_known_codes",
                condition=Q(need__in=Need.values, status__in=ReferralStatus.values),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="aftercare_referral_person")]


@tracked
class ServiceRecord(CaseRecord):
    """Something done for a survivor on a day."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="services"
    )
    kind = models.CharField(max_length=12, choices=ServiceKind)
    provided_on = models.DateField()
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    objects: ClassVar[Any] = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_servicerecord_known_kind",
                condition=Q(kind__in=ServiceKind.values),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="aftercare_service_of_person")]
