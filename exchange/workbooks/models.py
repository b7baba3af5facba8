"""A workbook that somebody sent: kept while it is looked at and taken in, then destroyed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Own, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import JobState, Record
from exchange.standards.sheets import Fault

if TYPE_CHECKING:
    from exchange.workbooks.looking import Preview

KEPT = timedelta(hours=24)


class ImportState(models.TextChoices):
    """How it stands, over job, file and what was found."""

    LOOKING = "looking", _("Being looked at")
    FAULTY = "faulty", _("Has faults")
    READY = "ready", _("Looked at")
    TAKING = "taking", _("Being taken in")
    TAKEN = "taken", _("Taken in")
    FAILED = "failed", _("Failed")
    ENDED = "ended", _("Ended")
    GONE = "gone", _("No longer kept")


class WorkbookImportQuerySet(ScopedQuerySet):
    def locked(self, pk: object) -> WorkbookImport:
        """This one as it stands now, until the commit."""
        rows = self.select_for_update(of=("self",)).select_related("asked_by", "office", "job")
        row: WorkbookImport = rows.get(pk=pk)
        return row

    def over(self) -> WorkbookImportQuerySet:
        """Those whose time is over: the file is destroyed, and what was found in it forgotten."""
        left = Q(file__isnull=False) | Q(found__isnull=False, taken_at__isnull=True)
        return self.filter(left, expires_at__lte=timezone.now())


class Mine(Own):
    """One's own, while one may take workbooks in."""

    view = Perm.CASE_IMPORT


class WorkbookImport(Record, Scoped):
    """One workbook on its way in. Its file lies encrypted under a key of its own (`data_key`), for
    a day at most; what was found in it says nothing of what its cells say."""

    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey("core.Job", null=True, on_delete=models.PROTECT, related_name="+")
    file = models.UUIDField(null=True)  # its name on the disk
    data_key = EncryptedTextField(null=True)
    size = models.PositiveBigIntegerField()
    found = EncryptedTextField(null=True)  # JSON: what it would add, or every fault
    faults = models.PositiveIntegerField(default=0)
    changed = models.BooleanField(default=False)  # otherwise than when it was confirmed
    confirmed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    access = Mine("asked_by")
    shown_with = ("asked_by", "office", "job")
    objects = WorkbookImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_workbookimport_file_has_its_key",
                condition=Q(file__isnull=True, data_key__isnull=True)
                | Q(file__isnull=False, data_key__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_workbookimport_over_without_file",
                condition=Q(taken_at__isnull=True, ended_at__isnull=True) | Q(file__isnull=True),
            ),
            models.CheckConstraint(
                name="exchange_workbookimport_taken_as_confirmed",
                condition=Q(taken_at__isnull=True) | Q(confirmed_at__isnull=False, faults=0),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-created_at", "-id"], name="exchange_workbook_mine"),
            models.Index(fields=["-created_at", "-id"], name="exchange_workbook_newest"),
            models.Index(
                fields=["expires_at"],
                name="exchange_workbook_to_destroy",
                condition=Q(taken_at__isnull=True) | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("exchange:workbook-import", args=[self.pk])

    @property
    def state(self) -> ImportState:
        """One word for how it stands."""
        if self.taken_at or self.ended_at:
            return ImportState.TAKEN if self.taken_at else ImportState.ENDED
        if self.job is None or self.job.state in (JobState.QUEUED, JobState.RUNNING):
            return ImportState.TAKING if self.confirmed_at else ImportState.LOOKING
        if self.job.state != JobState.DONE:
            return ImportState.FAILED
        if self.file is None or self.expires_at <= timezone.now():
            return ImportState.GONE
        return ImportState.FAULTY if self.faults else ImportState.READY

    @property
    def preview(self) -> dict[str, Any]:
        """What it would add or has added, by sheet; or every fault."""
        preview: dict[str, Any] = orjson.loads(self.found) if self.found else {}
        faults = [Fault(*fault) for fault in preview.get("faults", ())]
        return {"new": preview.get("new", {}), "known": preview.get("known", 0), "faults": faults}

    def note(self, preview: Preview) -> None:
        """Remember what was found."""
        faults = [[fault.row, fault.column, fault.reason, fault.sheet] for fault in preview.faults]
        values = {"new": preview.new, "known": preview.known, "faults": faults}
        self.found, self.faults = orjson.dumps(values).decode(), len(faults)
