"""Sealed boxes that phones deliver, and the pieces in which they come.

Why it is so: docs/adr/0088-what-a-phone-delivers.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record
from intake.access import OwnAndLookedAfter, looked_after
from intake.models.phones import Phone

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from accounts.models.changes import Described
    from core.access import Actor

CLOCK_OFF = timedelta(minutes=10)  # of a phone: then its writer is asked about the time
LIFETIME = timedelta(days=90)  # of what never became whole or was put away; as core/wall/phones.sql
OLDEST = timedelta(days=60)  # what lay longer must say itself when it happened


class BoxKind(models.TextChoices):
    """What was written, and so by which verb it is taken in (`intake/phones/kinds.py`)."""

    RESCUE = "rescue", _("Rescue")
    NOTE = "note", _("Note")
    FILE = "file", _("Photo or voice note")
    ARREST = "arrest", _("Arrest")
    SURVIVOR = "survivor", _("Survivor found later")
    HEARING = "hearing", _("Result of a hearing")
    SERVICE = "service", _("Service")


class BoxState(models.TextChoices):
    ARRIVING = "arriving", _("Arriving")
    WAITING = "waiting", _("Waits")
    TAKEN = "taken", _("Taken in")
    AWAY = "away", _("Put away")


class BoxWait(models.TextChoices):
    """Why a box was not taken in by itself.

    Refused, it waits for its writer; else for whoever looks after the office.
    """

    REFUSED = "refused", _("It could not be saved as it is.")
    ENDED = "ended", _("The phone is lost or no longer used.")
    ROLE = "role", _("The role of its writer no longer allows it.")
    CLOSED = "closed", _("It is about something its writer may no longer see.")
    SHUT = "shut", _("It does not open with the keys that are here.")
    FAULT = "fault", _("Casework could not process it. Tell the people who run the system.")


class BoxAway(models.TextChoices):
    """Why nothing was made of a box."""

    TWICE = "twice", _("It is recorded already")
    MISTAKE = "mistake", _("It was written by mistake")
    STRANGER = "stranger", _("Somebody else wrote it on this phone")
    LOST = "lost", _("It cannot be opened any more")


class BoxQuerySet(ScopedQuerySet):
    def on_the_way(self) -> Self:
        """Those of which nothing was made yet."""
        return self.filter(state__in=(BoxState.ARRIVING, BoxState.WAITING))

    def not_settled(self) -> Self:
        """Those, and what was put away and can be opened still."""
        is_there = Q(state=BoxState.AWAY, updated_at__gte=Now() - LIFETIME)
        return self.filter(Q(state__in=(BoxState.ARRIVING, BoxState.WAITING)) | is_there)

    def waiting_for(self, reader: Actor) -> Self:
        """Those that this person should look at: their own that were refused, and what waits for
        whoever looks after the office."""
        refused = Q(waits_for=BoxWait.REFUSED)
        waiting = self.visible_to(reader).filter(state=BoxState.WAITING)
        return waiting.filter(
            refused & Q(phone__person=reader.pk) | ~refused & looked_after(reader)
        )

    def kept(self) -> Self:
        """Those that are whole, and still sealed here."""
        return self.filter(state__in=(BoxState.WAITING, BoxState.AWAY))


class Box(Record, Scoped):
    """What was written on a phone, sealed there; opened only to take it in. Its id is the phone's.

    `size` in bytes and `digest` are of the whole as it was sent, `have` is how much arrived. By the
    clock of the phone it was `written_at` and `sent_at`; by ours it was whole at `arrived_at`.
    What Collect sends says only as a whole how large it is, and when it was written.
    `office`: whose case managers look after it, once it waits; before, those of its phone do. It
    moves with the case it is about: `of_case` is the SHA-256 of the id of that, which tells nothing
    to who does not know the case.
    """

    plural = "boxes"

    phone = models.ForeignKey(Phone, on_delete=models.PROTECT, related_name="boxes")
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, related_name="+", null=True
    )
    of_case = models.BinaryField(null=True)
    kind = models.CharField(max_length=10, choices=BoxKind)
    key_number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    digest = models.BinaryField()
    have = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=BoxState, default=BoxState.ARRIVING)
    waits_for = models.CharField(max_length=10, choices=BoxWait, blank=True)
    words = EncryptedTextField(null=True)  # of the refusal
    away_for = models.CharField(_("Why"), max_length=10, choices=BoxAway, blank=True)

    changeable = (
        *("key_number", "size", "have", "written_at", "sent_at", "arrived_at"),
        *("office", "of_case", "state", "waits_for", "words", "away_for"),
    )
    names = ("digest", "of_case")
    shown_with = ("phone__person", "phone__office")
    access = OwnAndLookedAfter(Perm.PHONE_KEEP)
    objects = BoxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intake_box_have_within_size", condition=Q(have__lte=F("size"))
            ),
            models.CheckConstraint(
                name="intake_box_whole_has_arrived",
                condition=Q(state="arriving", arrived_at=None)
                | Q(~Q(state="arriving"), arrived_at__isnull=False, have=F("size")),
            ),
            models.CheckConstraint(
                name="intake_box_waits_for_something",
                condition=~Q(state__in=("waiting", "away")) | Q(waits_for__in=BoxWait.values),
            ),
        ]
        indexes = [
            models.Index(
                fields=["phone", "-created_at"],
                name="intake_box_on_the_way",
                condition=Q(state__in=("arriving", "waiting")),
            ),
            models.Index(fields=["-created_at", "-id"], name="intake_box_newest"),
            models.Index(
                fields=["of_case"],
                name="intake_box_of_case",
                condition=Q(state__in=("waiting", "away"), of_case__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def looked_after_at(self) -> UUID:
        return self.office_id or self.phone.office_id

    @property
    def is_for_writer(self) -> bool:
        return self.waits_for == BoxWait.REFUSED

    @property
    def skew(self) -> timedelta:
        """How far the clock of the phone was behind ours when it had sent the last of it."""
        return self.arrived_at - self.sent_at if self.arrived_at else timedelta()

    @property
    def clock_is_off(self) -> bool:
        return abs(self.skew) > CLOCK_OFF

    @property
    def happened_at(self) -> datetime:
        """When it was written, by our clock."""
        by_ours = self.written_at + self.skew
        return min(by_ours, self.arrived_at or by_ours)

    @property
    def lay_long(self) -> bool:
        """Between writing and sending too much may have happened to the clock of the phone."""
        return self.sent_at - self.written_at > OLDEST or self.sent_at < self.written_at

    def get_absolute_url(self) -> str:
        return reverse("intake:box", args=[self.pk])

    def describe(self) -> Described:
        return [(_("Written by"), self.phone.person.name), (_("Phone"), self.phone.name)]


class BoxPart(Scoped):
    """A piece of a box, from this byte on: ciphertext, as it came."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="parts")
    at = models.PositiveIntegerField()
    sealed = models.BinaryField()

    deletable = True
    names = ("sealed",)
    access = OwnAndLookedAfter(Perm.PHONE_KEEP, box="box__")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["box", "at"], name="intake_boxpart_once")]
