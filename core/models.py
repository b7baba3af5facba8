"""Tables and bases every app relies on: records, the audit trail, jobs, idempotency keys."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.access import Nobody, Own, Scoped, ScopedQuerySet
from core.drafting import Draft  # noqa: F401 - a table of this app
from core.fields import EncryptedTextField
from core.trail import AuditQuerySet, Trail


class Record(models.Model):
    """A row with an opaque key, honest timestamps and a version for safe edits."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)  # lists ask what changed since

    class Meta:
        abstract = True

    def keep(self, *fields: str) -> None:
        """Write these as they stand, as a version of its own."""
        self.version += 1
        self.save(update_fields=[*fields, "version", "updated_at"])


class AuditKind(models.TextChoices):
    INTENTION = "intention", _("did")
    READ = "read", _("read")
    DENIAL = "denial", _("was refused")
    SIGN_IN = "sign_in", _("signed in or out")


class AuditEvent(Scoped):
    """Who did, read or was refused what. No foreign keys, so history never blocks live data.

    Holds ids and names of fields, never values of case data.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=10, choices=AuditKind)
    action = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True, db_index=True)
    target_type = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    case_id = models.UUIDField(null=True)
    # Every row and every case the event is about: by these a record asks who saw it.
    subjects = ArrayField(models.UUIDField(), default=list)
    request_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    append_only = True
    access = Trail("core.view_readers", review="core.review_readers", everything="core.view_audit")
    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="core_audit_target"),
            models.Index(fields=["case_id", "-at"], name="core_audit_case"),
            GinIndex(fields=["subjects"], name="core_audit_subjects"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

    @property
    def account_tried(self) -> uuid.UUID | None:
        """Whose account a failed sign-in was meant to open, if anybody's."""
        tried = "account" in self.detail and self.kind == AuditKind.SIGN_IN
        return self.subjects[0] if tried and self.subjects else None

    @property
    def network_tried(self) -> str:
        """From where a failed sign-in came: a network, not an address."""
        return str(self.detail.get("network", "")) if self.kind == AuditKind.SIGN_IN else ""


class ChainLink(Scoped):
    """Events of the history that were linked together, with the hash of the link before.

    Made by the database alone (`core/wall/chain.sql`); what for is said in `core/chain/`. `place`,
    `begun_before` and `given_out`: in which database it was made, which transactions had begun by
    then, and the highest number of an event by then.
    """

    number = models.BigIntegerField(primary_key=True)
    events = models.PositiveIntegerField()
    total = models.BigIntegerField()  # of this link and all before
    late = ArrayField(models.BigIntegerField())  # written after the time that they name
    given_out = models.BigIntegerField(null=True)
    begun_before = models.BigIntegerField()
    place = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    former = models.BinaryField()
    hash = models.BinaryField()

    append_only = made_by_owner = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "begun_before"], name="core_chainlink_place")]

    def __str__(self) -> str:
        return f"link {self.number}"


class ChainedEvent(Scoped):
    """The digest of one event, kept also when the event has gone. No foreign keys, as there."""

    event_id = models.BigIntegerField(primary_key=True)
    link = models.BigIntegerField()
    digest = models.BinaryField()

    append_only = made_by_owner = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["link", "event_id"], name="core_chainedevent_link")]


class ChainAnchor(Scoped):
    """The head of the chain as it left this machine: in how many letters, in how many places."""

    number = models.BigIntegerField()
    total = models.BigIntegerField()
    hash = models.BinaryField()
    left_at = models.DateTimeField()
    letters = models.PositiveSmallIntegerField()
    kept = models.PositiveSmallIntegerField()

    append_only = made_by_owner = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(Record, Scoped):
    """One piece of long work. The row decides; Celery only runs it."""

    kind = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)  # opaque ids and dates, never case data
    due_at = models.DateTimeField(null=True)  # the moment of the clock that asked for it
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=120, blank=True)  # type and place of the error, no text
    result = models.JSONField(null=True)

    access = Own("requested_by")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_job_running_has_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="core_job_progress_within_total",
                condition=Q(total__isnull=True) | Q(done__lte=models.F("total")),
            ),
            models.UniqueConstraint(fields=["kind", "due_at"], name="core_job_due_once"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="core_job_open",
                condition=Q(state__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Heartbeat(Scoped):
    """When a worker last said that it is there. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    access = Nobody()
    objects = ScopedQuerySet.as_manager()


class Installation(Scoped):
    """What a database says of itself: which code may serve it, and a value its keys must open.

    One row, written as the owner (`core/sealing.py`) and read before anything else
    (`core/installation.py`).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    oldest_code = models.PositiveIntegerField()
    sealed = EncryptedTextField(null=True)

    append_only = True
    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_installation_one", condition=Q(pk=1)),
        ]


class KeptList(Scoped):
    """A list of which a reader keeps a copy, from the earliest moment that was asked for."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noun = models.CharField(max_length=60)
    since = models.DateTimeField()

    access = Own("reader")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "noun"], name="core_keptlist_once"),
        ]


class KeptCopy(Scoped):
    """A row that was given to a reader who asks what changed.

    Only who was given a row is told that it is gone.
    """

    of = models.ForeignKey(KeptList, on_delete=models.PROTECT, related_name="copies")
    row = models.UUIDField()
    entered_at = models.DateTimeField(null=True)  # came into reach, unchanged
    gone_at = models.DateTimeField(null=True)  # found out of reach

    access = Own("of__reader")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "row"], name="core_keptcopy_once"),
        ]


class IdempotencyKey(Scoped):
    """The answer once given for a key, so that a repeated send changes nothing.

    `answer` is encrypted: it may name what the first answer named.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.BinaryField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    deletable = True
    names = ("digest", "answer")
    ciphertexts = ("answer",)
    access = Own("actor")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "key"], name="core_idempotencykey_once"),
        ]
