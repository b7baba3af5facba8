"""What was computed: kept as it was, with the ids behind it."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Perm
from casework.enums import Programme
from core.access import Access, Nobody, Scoped, ScopedQuerySet
from core.models import Record
from reports.erased import OfWholeCountries, What
from reports.outside.models import OutsideAddress, ReleaseLetter
from reports.publishing.models import Release, ReleaseProposal
from reports.querysets import SnapshotQuerySet
from reports.readers import scope_key
from reports.record_sets import Behind
from reports.schedules.models import Schedule
from victims.enums import AgeBand

__all__ = [
    "AnonymousRow",
    "DataChange",
    "KeptIds",
    "OutsideAddress",
    "Release",
    "ReleaseLetter",
    "ReleaseProposal",
    "RowNumber",
    "Schedule",
    "Snapshot",
]


class SameScope(Access):
    """Snapshots made of exactly the rows this reader's own figures are made of."""

    view = Perm.REPORT_VIEW

    def scope(self, rows: Any, user: Any) -> ScopedQuerySet:
        return rows.filter(scope_key=scope_key(user))


class Snapshot(Record, Scoped):
    """A report as it was computed. `behind` reads, per cell, who stands behind k and n."""

    report = models.CharField(max_length=60)
    report_version = models.PositiveSmallIntegerField()
    params = models.JSONField()
    as_of = models.DateField()
    scope_key = models.CharField(max_length=64)
    # Of figures of survivors for whoever may not open their rows (reports/closed.py): of which
    # offices and cases, whatever was sealed meanwhile. Then `rows` are what was shown, and `behind`
    # whom the counts that were new in it are of.
    closed_for = models.CharField(max_length=64, blank=True)
    rows = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the rows and of who is behind them
    # How the data were (core/moment.py), so that the same question is not computed again.
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
            models.Index(
                fields=["closed_for", "report", "-created_at"],
                name="reports_snapshot_closed",
                condition=~Q(closed_for=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("reports:snapshot", args=[self.pk])

    @cached_property
    def behind(self) -> Any:
        return Behind(self)

    @cached_property
    def opening(self) -> set[tuple[str, str]]:
        """The cells and counts that open into rows."""
        cells: set[tuple[str, str]] = self.behind.opening()
        return cells


class KeptIds(Scoped):
    """Who stands behind one count of one cell of a snapshot: a bitmap of numbers.

    Where they are the `same` as behind another count of the snapshot, the bitmap is there alone.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", db_index=False)
    cell = models.TextField()
    of = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    ids = models.BinaryField()
    same = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )

    append_only = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "cell", "of"], name="reports_keptids_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.of}"


class RowNumber(Scoped):
    """The number by which figures know a row (reports/numbers.py), whichever table it is in."""

    number = models.AutoField(primary_key=True)
    row_id = models.UUIDField(unique=True)
    of_table = models.SmallIntegerField(db_default=0)

    append_only = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["of_table", "row_id"],
                include=["number"],
                name="reports_rownumber_of_table",
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class AnonymousRow(Scoped):
    """What figures go on counting of a case that was erased: one row a person or a rescue.

    It leads to nobody. Sealed cases leave none: they are in no figure of anyone not named.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.CharField(max_length=10, choices=What)
    served = models.BooleanField(default=False)  # of a survivor: received a service
    country = models.ForeignKey("places.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    programme = models.CharField(max_length=20, choices=Programme)
    band = models.CharField(max_length=10, choices=AgeBand, blank=True)

    append_only = made_by_owner = True
    access = OfWholeCountries()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["what", "year"], name="reports_anonymousrow_year")]

    def __str__(self) -> str:
        return f"{self.what} {self.year}"


class DataChange(Scoped):
    """A transaction that wrote what figures are made of (reports/changes.py)."""

    transaction = models.BigIntegerField(primary_key=True)

    append_only = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.transaction)
