"""Who was told on the strength of a consent, and who has to hear that it is withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows
from core.history import tracked
from victims.enums import ConsentGiver, Purpose, RecipientKind, Relation
from victims.models.records import SurvivorRecord
from victims.querysets import ConsentQuerySet, WithdrawalQuerySet


@tracked
class Consent(SurvivorRecord):
    """Leave given by a person: for what, to whom, until when. The newest version is the answer.

    A new version replaces the former, which stays. `services/consents.py` says whether one is live.
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(
        _("For what"), max_length=12, choices=Purpose, db_default=Purpose.CARE
    )
    recipient_kind = models.CharField(
        max_length=12, choices=RecipientKind, db_default=RecipientKind.PROVIDER
    )
    recipient_id = models.UUIDField(null=True, blank=True)  # a provider, an agency or a user
    number = models.PositiveSmallIntegerField(db_default=1)  # of the version
    given_by = models.CharField(_("Given by"), max_length=10, choices=ConsentGiver)
    relation = models.CharField(
        _("The guardian is"),
        max_length=10,
        choices=Relation,
        blank=True,
        db_default="",
        help_text=_("Only if a parent or guardian gave it."),
    )
    given_on = models.DateField(_("Given on"))
    language = models.CharField(
        _("Explained in"), max_length=35
    )  # BCP 47, in which it was explained
    expires_on = models.DateField(
        _("Last day"),
        null=True,
        blank=True,
        help_text=_("If empty: until it is withdrawn."),
    )  # the last day
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)  # by the next version

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("case__jurisdiction", "involvement")
    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["involvement", "purpose", "recipient_kind", "recipient_id"],
                name="victims_consent_one_stands",
                condition=Q(replaced_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="victims_consent_recipient_is_named",
                condition=Q(recipient_kind__in=RecipientKind.NAMED, recipient_id__isnull=False)
                | (~Q(recipient_kind__in=RecipientKind.NAMED) & Q(recipient_id__isnull=True)),
            ),
            models.CheckConstraint(
                name="victims_consent_known_codes",
                condition=Q(purpose__in=Purpose.values, recipient_kind__in=RecipientKind.values),
            ),
            models.CheckConstraint(
                name="victims_consent_relation_is_of_guardian",
                condition=Q(relation="") | Q(given_by=ConsentGiver.GUARDIAN),
            ),
            models.CheckConstraint(
                name="victims_consent_days_in_order",
                condition=(Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")))
                & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on"))),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="victims_consent_of_person")]


@tracked
class Share(CaseRecord):
    """Somebody was told something of a person, on the strength of a consent."""

    consent = models.ForeignKey("victims.Consent", on_delete=models.PROTECT, related_name="shares")
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="shares"
    )
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    recipient_id = models.UUIDField(null=True, blank=True)
    told_on = models.DateField(
        _("Told on"), null=True, blank=True
    )  # where one of us wrote it down later

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)

    class Meta:
        indexes = [models.Index(fields=["consent"], name="victims_share_of_consent")]


@tracked
class Withdrawal(SurvivorRecord):
    """One recipient of what a person agreed to, who must hear that it is withdrawn.

    Open until the recipient acknowledges it, or one of us records that they were told.
    """

    consent = models.ForeignKey(
        "victims.Consent", on_delete=models.PROTECT, related_name="withdrawals"
    )
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="withdrawals"
    )
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    recipient_id = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=12)  # of the person, as the recipient was told it
    told_on = models.DateField(_("Told on"), null=True, blank=True)
    told_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (*SurvivorRecord.shown_with, "consent")
    objects: ClassVar[Any] = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "recipient_kind", "recipient_id"],
                name="victims_withdrawal_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="victims_withdrawal_told_by_somebody",
                condition=Q(told_on__isnull=True, told_by__isnull=True)
                | Q(told_on__isnull=False, told_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient_id"],
                name="victims_withdrawal_open",
                condition=Q(told_on__isnull=True),
            ),
        ]
