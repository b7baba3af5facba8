"""When and why a case was closed, what stood open then, and when it was opened again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus, ClosingReason
from casework.models.records import CaseRecord
from casework.querysets import ClosingQuerySet
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked


@tracked
class Closing(CaseRecord):
    """One time a case was closed. The last one, not reopened, is why it is closed now."""

    reason = models.CharField(_("Why it ends"), max_length=12, choices=ClosingReason)
    stood = models.CharField(max_length=20, choices=CaseStatus)  # where it goes on if reopened
    closed_on = models.DateField(_("Closed on"))
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    unmet = ArrayField(models.CharField(max_length=30), default=list)  # not settled, by its codes
    reopened_on = models.DateField(null=True)
    reopened_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = CaseRows(CONTENT, Perm.CLOSING_VIEW)
    objects: ClassVar[Any] = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="casework_closing_one_in_force",
                condition=Q(reopened_on__isnull=True),
            ),
            models.CheckConstraint(
                name="casework_closing_known_codes",
                condition=ClosingReason.holds("reason") & Q(stood__in=CaseStatus.OPEN),
            ),
            models.CheckConstraint(
                name="casework_closing_reopened_complete",
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True)
                | Q(reopened_on__gte=F("closed_on"), reopened_by__isnull=False),
            ),
        ]


class ClosingWords(CaseRecord):
    """What was said in free words when a case was closed and opened again: it is of people."""

    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="words")
    note = EncryptedTextField(null=True)
    override = EncryptedTextField(null=True)  # why it was closed though something was not settled
    reopened_for = EncryptedTextField(null=True)

    access = CaseRows(IDENTITY, Perm.CLOSING_VIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_closingwords_under_its_closing", condition=Q(id=F("closing"))
            ),
        ]
