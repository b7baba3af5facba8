"""What was computed: kept as it was, with the ids behind it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from accounts.permissions import Perm
from core.access import Access, Nobody, Scoped, ScopedQuerySet
from core.models import Record
from reports.publishing.models import Release, ReleaseProposal
from reports.querysets import SnapshotQuerySet
from reports.readers import scope_key
from reports.schedules.models import Schedule

__all__ = ["DataChange", "Release", "ReleaseProposal", "Schedule", "Snapshot"]


class SameScope(Access):
    """Snapshots made of exactly the rows this reader's own figures are made of."""

    view = Perm.REPORT_VIEW

    def scope(self, rows: Any, user: Any) -> Any:
        return rows.filter(scope_key=scope_key(user))


class Snapshot(Record, Scoped):
    """A report as it was computed. `behind` holds, per cell, the sorted ids of k and n."""

    report = models.CharField(max_length=60)
    report_version = models.PositiveSmallIntegerField()
    params = models.JSONField()
    as_of = models.DateField()
    scope_key = models.CharField(max_length=64)
    rows = models.JSONField()
    behind = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of rows and behind
    # How the data stood (reports/changes.py); empty: they changed while it was computed.
    data_state = models.CharField(max_length=64, blank=True)

    append_only = True
    access = SameScope()
    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["report", "scope_key", "-created_at"], name="reports_snapshot_newest"
            ),
            models.Index(fields=["scope_key", "-created_at", "-id"], name="reports_snapshot_list"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("reports:snapshot", args=[self.pk])


class DataChange(Scoped):
    """A transaction that wrote what figures are made of (reports/changes.py)."""

    transaction = models.BigIntegerField(primary_key=True)

    append_only = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.transaction)
