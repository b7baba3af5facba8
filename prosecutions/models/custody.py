"""Custody: from when, until when at most without a charge, and how it ended."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.enums import Release
from prosecutions.models.people import Suspect
from prosecutions.querysets import CustodyQuerySet


@tracked
class Custody(CaseRecord):
    """One stretch of custody of a suspect.

    `charge_by` is the day by which a charge must be filed, or the person is entitled to bail: in
    India 60 or 90 days (BNSS 2023, section 187).
    """

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="custodies")
    since = models.DateField()
    charge_by = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=12, choices=Release, blank=True)

    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    objects: ClassVar[Any] = CustodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suspect"],
                name="prosecutions_custody_one_at_a_time",
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_days_in_order",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")))
                & (Q(charge_by__isnull=True) | Q(charge_by__gte=F("since"))),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_end_has_its_kind",
                condition=Q(ended_on__isnull=True, ended="")
                | (Q(ended_on__isnull=False) & ~Q(ended="")),
            ),
        ]
        indexes = [models.Index(fields=["suspect"], name="prosecutions_custody_suspect")]
