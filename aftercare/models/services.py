"""What was done for a survivor."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from aftercare.enums import ServiceKind
from aftercare.models.providers import Provider
from aftercare.models.referrals import Referral
from aftercare.querysets import ServiceQuerySet
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows
from core.history import tracked


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
