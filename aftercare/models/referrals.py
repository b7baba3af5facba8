"""Who was referred to whom for what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import Need, ReferralStatus, Urgency
from aftercare.models.providers import Provider
from aftercare.querysets import NoteQuerySet, ReferralQuerySet
from casework.models import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked
from victims.models.records import SurvivorRecord


@tracked
class Referral(SurvivorRecord):
    """One survivor, one service. A draft leaves the house only with consent."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="referrals"
    )
    need = models.CharField(_("What is needed"), max_length=20, choices=Need)
    urgency = models.CharField(_("How soon"), max_length=10, choices=Urgency, default=Urgency.NOW)
    provider = models.ForeignKey(
        Provider,
        null=True,
        on_delete=models.PROTECT,
        related_name="referrals",
        verbose_name=_("Provider"),
    )
    status = models.CharField(max_length=12, choices=ReferralStatus, default=ReferralStatus.DRAFT)
    # What the provider sees, fixed at the moment of sending: code, sex, age band, need, urgency.
    shown = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=300, blank=True)

    part = "care"
    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("provider",)
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
                condition=Need.holds("need") & Q(status__in=ReferralStatus.values),
            ),
        ]
        indexes = [
            models.Index(fields=["involvement"], name="aftercare_referral_person"),
            models.Index(fields=["-created_at", "-id"], name="aftercare_referral_list"),
            models.Index(
                fields=["office", "-created_at", "-id"], name="aftercare_referral_of_office"
            ),
        ]


class ProgressNote(CaseRecord):
    """What a provider tells of the help it gives under a referral, for those on the case."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    text = EncryptedTextField(
        _("How it goes"), help_text=_("Read by those on the case only, and kept encrypted.")
    )
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    part = "care"
    access = CaseRows(IDENTITY, Perm.REFERRAL_VIEW)
    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["referral"], name="aftercare_note_of_referral")]
