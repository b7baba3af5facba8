"""What was done for a survivor."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import ServiceKind, SessionKind
from aftercare.models.providers import Provider
from aftercare.models.referrals import Referral
from aftercare.querysets import ServiceQuerySet
from casework.models import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked

LONGEST = 720  # minutes of a session


@tracked
class ServiceRecord(CaseRecord):
    """Something done for a survivor on a day; with a kind of session, a session."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="services"
    )
    kind = models.CharField(_("Service"), max_length=12, choices=ServiceKind)
    provided_on = models.DateField(_("Date"))
    provider = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Provider"),
    )
    referral = models.ForeignKey(
        Referral,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
        verbose_name=_("Under a referral"),
        help_text=_("The first service under an accepted referral begins it."),
    )
    session = models.CharField(
        _("Kind of session"), max_length=10, choices=SessionKind, blank=True, db_default=""
    )
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)

    part = "care"
    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    objects: ClassVar[Any] = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_servicerecord_known_kind",
                condition=ServiceKind.holds("kind"),
            ),
            models.CheckConstraint(
                name="aftercare_servicerecord_minutes_of_a_session",
                condition=Q(minutes__isnull=True)
                | (Q(minutes__range=(1, LONGEST)) & ~Q(session="")),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="aftercare_service_of_person")]


class SessionNote(CaseRecord):
    """What was said in a session. Read only by opening it, which leaves a mark."""

    service = models.OneToOneField(ServiceRecord, on_delete=models.PROTECT, related_name="note")
    text = EncryptedTextField()

    part = "care"
    access = CaseRows(IDENTITY, Perm.REFERRAL_VIEW)
