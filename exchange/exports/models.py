"""Who takes what away: asked for, decided on, written, downloaded, gone."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import EXISTS, Access, Own, Scoped, ScopedQuerySet
from core.arrays import Array
from core.database.long_work import now_or_with_it
from core.fields import EncryptedTextField
from core.models import JobState, Record
from exchange.exports.offer import Format, Reason, What
from victims.enums import RecipientKind

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = timedelta(hours=24)
MOST_DOWNLOADS = 3
NOTE = """
insert into exchange_exportedcase (id, export_id, level, of_case)
select gen_random_uuid(), %s, %s, of_case from unnest(%s::uuid[]) of_case
on conflict do nothing
"""


class Decision(models.TextChoices):
    WAITING = "waiting", _("Waiting for a second person")
    ALLOWED = "allowed", _("Allowed")
    REFUSED = "refused", _("Refused")
    NOT_NEEDED = "not_needed", _("No second person needed")


class State(models.TextChoices):
    """How an export stands, over decision, job and file."""

    WAITING = "waiting", _("Waiting for a second person")
    REFUSED = "refused", _("Refused")
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Being written")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    READY = "ready", _("Ready")
    GONE = "gone", _("No longer kept")


class MineOrToDecide(Access):
    """One's own; and what a second person decides, in the own offices: of a case that is open to
    this person, and where sealed cases may be in it, by who is named in every one of them."""

    view = Perm.EXPORT_VIEW

    def scope(self, rows: Any, user: Any) -> ScopedQuerySet:
        cases: Any = apps.get_model("casework.Case").objects
        open_to_me = Q(of_case__in=cases.visible_to(user).values("pk"))
        to_decide = Q(
            ~Q(decision=Decision.NOT_NEEDED),
            Q(of_case=None) | open_to_me,
            office__in=user.scope.offices[EXISTS],
            sealed__contained_by=user.standing.named,
        )
        return rows.filter(Q(asked_by=user.pk) | to_decide)


class ExportQuerySet(ScopedQuerySet):
    def waiting(self) -> ExportQuerySet:
        return self.filter(decision=Decision.WAITING, cancelled_at=None)

    def locked(self, pk: object) -> Export:
        """This one as it stands now, until the commit."""
        rows = self.select_for_update(of=("self",)).select_related("asked_by", "job")
        row: Export = rows.get(pk=pk)
        return row

    def over(self) -> ExportQuerySet:
        """Files to be destroyed: their time is over, or nobody may take them again."""
        spent = Q(downloads__gte=MOST_DOWNLOADS) | Q(cancelled_at__isnull=False)
        return self.filter(spent | Q(expires_at__lte=timezone.now()), file__isnull=False)


class Export(Record, Scoped):
    """Rows taken away in a locked file: by whom, why, with what, and what became of it.

    The file lies encrypted under a key of its own (`data_key`), and is itself locked with the
    passphrase, which is forgotten as soon as it is written.
    """

    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=30, choices=What)
    of_case = models.UUIDField(null=True)  # where it is a whole case
    format = models.CharField(max_length=5, choices=Format)
    filters = models.JSONField(default=dict)  # as the list takes them
    identifiers = models.BooleanField()
    whom = models.CharField(max_length=12, choices=RecipientKind, blank=True)  # "": inside
    reason = models.CharField(max_length=12, choices=Reason)
    people = models.PositiveIntegerField(default=0)  # survivors by name, when it was asked for
    sealed = ArrayField(models.UUIDField(), default=list)  # the sealed cases it may hold
    decision = models.CharField(max_length=10, choices=Decision)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    job = models.OneToOneField("core.Job", null=True, on_delete=models.PROTECT, related_name="+")
    passphrase = EncryptedTextField(null=True)  # until it is written
    file = models.UUIDField(null=True)  # its name on the disk
    data_key = EncryptedTextField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(null=True)
    left_out = models.PositiveIntegerField(default=0)  # rows about who has not agreed
    told = ArrayField(models.UUIDField(), default=list)  # of whom somebody outside is told
    expires_at = models.DateTimeField(null=True)
    downloads = models.PositiveSmallIntegerField(default=0)

    access = MineOrToDecide()
    shown_with = ("asked_by", "job", "decided_by")
    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_export_second_person",
                condition=~Q(decision=Decision.ALLOWED) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="exchange_export_decided_by_someone",
                condition=Q(
                    decision__in=(Decision.WAITING, Decision.NOT_NEEDED),
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    decision__in=(Decision.ALLOWED, Decision.REFUSED),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="exchange_export_sealed_by_two",
                condition=Q(sealed=[]) | ~Q(decision=Decision.NOT_NEEDED),
            ),
            models.CheckConstraint(
                name="exchange_export_file_ends",
                condition=Q(file__isnull=True, data_key__isnull=True)
                | Q(file__isnull=False, data_key__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_export_so_often",
                condition=Q(downloads__lte=MOST_DOWNLOADS),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-created_at", "-id"], name="exchange_export_mine"),
            models.Index(fields=["-created_at", "-id"], name="exchange_export_newest"),
            models.Index(
                fields=["expires_at"],
                name="exchange_export_to_destroy",
                condition=Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("exchange:export", args=[self.pk])

    @property
    def state(self) -> State:
        """One word for how it stands."""
        if self.cancelled_at:
            return State.CANCELLED
        if self.decision in (Decision.WAITING, Decision.REFUSED):
            return State(self.decision)
        if self.job is None or self.job.state != JobState.DONE:
            return State(self.job.state) if self.job else State.QUEUED
        if self.downloads >= MOST_DOWNLOADS or self.file is None or self.expires_at is None:
            return State.GONE
        return State.READY if self.expires_at > timezone.now() else State.GONE

    @property
    def left(self) -> int:
        """How often it may still be taken."""
        return MOST_DOWNLOADS - self.downloads

    @property
    def mark(self) -> str:
        """The watermark: which export, whose, when it was asked for."""
        return f"{self.pk} {self.asked_by.username} {self.created_at:%Y-%m-%dT%H:%MZ}"


class ExportedCaseQuerySet(ScopedQuerySet):
    def note(self, export: Export, level: int, cases: Iterable[uuid.UUID]) -> None:
        """Something of these cases stands in this file: one statement, whatever their number."""
        now_or_with_it(partial(_note, [export.pk, level, Array(cases).text]))


def _note(values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)


class ExportedCase(Scoped):
    """A case of which something stands in a file that waits to be taken. Gone with the file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="cases")
    of_case = models.UUIDField()
    level = models.PositiveSmallIntegerField()  # how deep: of the rows about it

    deletable = True
    access = Own("export__asked_by")
    objects = ExportedCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["export", "of_case", "level"], name="exchange_exportedcase_once"
            )
        ]
