"""Who is told that something changed and what came of it; what came with the files of others."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, Held, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record
from exchange.exports.models import Export, ExportedCase
from exchange.hosts import WebhookHost
from exchange.nouns import Noun
from exchange.workbooks.models import WorkbookImport

__all__ = [
    "Attempt",
    "Delivery",
    "Export",
    "ExportedCase",
    "Webhook",
    "WebhookHost",
    "WorkbookImport",
]

# After a try that failed, so long until the next one; after the last one it is given up.
WAITS = tuple(
    timedelta(seconds=seconds) for seconds in (30, 120, 600, 1800, 7200, 21_600, 86_400, 86_400)
)
MOST_FAILURES = 10  # of an address in a row, over three days: then it is paused


class Pause(models.TextChoices):
    BY_HAND = "by_hand", _("By hand")
    FAILING = "failing", _("It failed too often")
    GONE = "gone", _("The other side says it is gone")


class WebhookQuerySet(ScopedQuerySet):
    def due(self) -> WebhookQuerySet:
        """Those with something to be told now, as far as their address may be tried again."""
        waiting = Delivery.objects.due().filter(webhook=models.OuterRef("pk"))
        may = Q(retry_at=None) | Q(retry_at__lte=Now())
        return self.filter(may, models.Exists(waiting), paused_at=None)


class Webhook(Record, Scoped):
    """A program that is told, at an address of its own, that rows it may see have changed."""

    account = models.ForeignKey(
        "accounts.ServiceAccount", on_delete=models.PROTECT, related_name="webhooks"
    )
    url = models.CharField(max_length=500)
    nouns = ArrayField(models.CharField(max_length=40, choices=Noun))
    secret = EncryptedTextField()
    # Those before, the newest first, with a space between: they sign as well until then, so that a
    # program can change over.
    former_secret = EncryptedTextField(null=True)
    former_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    retry_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_for = models.CharField(max_length=10, choices=Pause, blank=True)

    names = ("url",)
    access = Held(Perm.WEBHOOK_MANAGE)
    objects = WebhookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_webhook_paused_for_something",
                condition=Q(paused_at=None, paused_for="")
                | Q(paused_at__isnull=False, paused_for__in=Pause.values),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("exchange:webhook", args=[self.pk])

    @property
    def secrets(self) -> list[str]:
        """Those that sign now, the newest first."""
        both = self.former_until is not None and self.former_until > timezone.now()
        return [str(self.secret), *(str(self.former_secret).split() if both else [])]

    @property
    def told_of(self) -> list[str]:
        """Its nouns in words."""
        return [str(Noun(noun).label) for noun in self.nouns]


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    WITHHELD = "withheld", _("Not told: not open to this program")
    FAILED = "failed", _("Given up")


class Sent(Held):
    """What was sent at least once. Of the rest nobody learns that there was anything to tell:
    it may be of a case that is sealed, and an administrator sees no case."""

    def scope(self, rows: Any, user: object) -> ScopedQuerySet:
        return rows.filter(models.Exists(Attempt.objects.filter(delivery=models.OuterRef("pk"))))


class DeliveryQuerySet(ScopedQuerySet):
    def due(self) -> DeliveryQuerySet:
        return self.filter(state=DeliveryState.WAITING, due_at__lte=Now())


class Delivery(Record, Scoped):
    """One thing to be told to one subscriber. Written by the database with the row it is about.

    `row` is shown to nobody here: an administrator sees no case, not even its id.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.UUIDField()  # the same for all who are told of it, and at every try
    noun = models.CharField(max_length=40, choices=Noun)
    row = models.UUIDField()
    written_in = models.BigIntegerField()  # the number of the transaction
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())

    deletable = True
    access = Sent(Perm.WEBHOOK_MANAGE)
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "noun", "row", "written_in"], name="exchange_delivery_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "due_at"],
                name="exchange_delivery_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["webhook", "-created_at", "-id"], name="exchange_delivery_log"),
            models.Index(fields=["-created_at", "-id"], name="exchange_delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.state}"


class Failure(models.TextChoices):
    ADDRESS = "address", _("The address is not a public one")
    CONNECTION = "connection", _("No connection")
    ENCRYPTION = "encryption", _("No trusted encrypted connection")
    TIME = "time", _("No answer in time")
    ANSWER = "answer", _("Not an answer we understand")
    STATUS = "status", _("Answered with a refusal")


class Attempt(Scoped):
    """One try to deliver: when, how long it took, and what was answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(db_default=Now())
    took_ms = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)

    deletable = True
    access = Held(Perm.WEBHOOK_MANAGE)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delivery", "at"], name="exchange_attempt_of_delivery")]


known_source = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}\Z",
    _("Up to 40 letters of the Latin alphabet, digits, blanks, and . _ -"),
)


class Imported(CaseRecord):
    """That a person in a case, or a case alone, came with a file: under which keys, from whom.

    `kept`: by field of the standard what we said right after reading it and what the file said,
    where these differ; coded values only, never a name or a word that may hold one.
    """

    source = models.CharField(max_length=40)
    outside_case = models.CharField(max_length=60)
    outside_person = models.CharField(max_length=60, blank=True)
    involvement = models.ForeignKey(
        "victims.Involvement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    suspect = models.ForeignKey(
        "prosecutions.Suspect", null=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64)  # of all the file said, keyed
    kept = models.JSONField(default=dict)

    append_only = True
    names = ("outside_case", "outside_person", "kept")
    access = CaseRows(CONTENT, Perm.LINK_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "outside_person"], name="exchange_imported_once"
            ),
            models.CheckConstraint(
                name="exchange_imported_of_one",
                condition=Q(involvement=None) | Q(suspect=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "source", "outside_case"], name="exchange_imported_outside"
            ),
            models.Index(fields=["-created_at", "-id"], name="exchange_imported_newest"),
        ]
