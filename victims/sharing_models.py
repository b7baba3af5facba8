"""Who was told on the strength of a consent, and who has to hear that it is withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows
from core.history import tracked
from victims.enums import RecipientKind
from victims.querysets import WithdrawalQuerySet


@tracked
class Share(CaseRecord):
    """Somebody was told something of a person, on the strength of a consent."""

    consent = models.ForeignKey("victims.Consent", on_delete=models.PROTECT, related_name="shares")
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="shares"
    )
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    recipient_id = models.UUIDField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.VICTIM_VIEW)

    class Meta:
        indexes = [models.Index(fields=["consent"], name="victims_share_of_consent")]


@tracked
class Withdrawal(CaseRecord):
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
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = CaseRows(CONTENT, Perm.VICTIM_VIEW)
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
