"""What was computed: kept as it was, with the ids behind it."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.permissions import Perm
from core.access import Access, Scoped
from core.models import Record
from reports.querysets import SnapshotQuerySet
from reports.readers import scope_key


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

    append_only = True
    access = SameScope()
    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["report", "scope_key", "-created_at"], name="reports_snapshot_newest"
            ),
        ]
