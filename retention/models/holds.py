"""What holds a case or a person back from being erased."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows, ScopedQuerySet
from core.fields import EncryptedTextField
from retention.enums import HoldStatus
from retention.models import columns


class HoldQuerySet(ScopedQuerySet):
    def holding(self) -> HoldQuerySet:
        return self.filter(status__in=("asked", "holds", "lifting"))


class LegalHold(CaseRecord):
    """A court or an inquiry needs this case, or this person in every case: nothing is erased."""

    shown_with = (*ITS_CASE, "asked_by", "lifting_by", "victim")

    victim = models.ForeignKey(
        "victims.Victim", null=True, on_delete=models.PROTECT, related_name="+", db_index=True
    )
    reason = EncryptedTextField(
        _("Reason"), help_text=_("Which court, which inquiry. Leave names out.")
    )
    status = models.CharField(max_length=10, choices=HoldStatus, default=HoldStatus.ASKED)
    asked_by = columns.person()
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = columns.person(null=True)
    decided_at = models.DateTimeField(null=True)
    lifting_by = columns.person(null=True)
    lifting_reason = EncryptedTextField(null=True)
    lifted_by = columns.person(null=True)
    lifted_at = models.DateTimeField(null=True)

    access = CaseRows(CONTENT, Perm.HOLD_VIEW)
    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_legalhold_two_persons",
                condition=Q(status=HoldStatus.ASKED)
                | Q(~Q(decided_by=F("asked_by")), decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="retention_legalhold_lifted_by_two",
                condition=~Q(status=HoldStatus.LIFTED)
                | Q(
                    ~Q(lifted_by=F("lifting_by")),
                    lifting_by__isnull=False,
                    lifted_by__isnull=False,
                    lifted_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["case", "victim"],
                name="retention_legalhold_once",
                condition=Q(status__in=["asked", "holds", "lifting"]),
                nulls_distinct=False,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("retention:holds", args=[self.case_id])

    def describe(self) -> list[tuple[Any, Any]]:
        lines = [
            (_("What is held"), _("One survivor, in every case") if self.victim else _("The case")),
            (_("Reason"), self.reason),
            (_("Asked for by"), self.asked_by.name),
            (_("Why it should be lifted"), self.lifting_reason or ""),
        ]
        return [(label, value) for label, value in lines if value]
