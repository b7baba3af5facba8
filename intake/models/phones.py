"""Phones that deliver what was written without a network.

Why it is so: docs/adr/0088-what-a-phone-delivers.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record
from intake.access import OwnAndSupervised

if TYPE_CHECKING:
    from accounts.models.changes import Described

USER_NAME = 8  # signs


class PhoneEnd(models.TextChoices):
    """Why a phone may no longer deliver for its person."""

    STOPPED = "stopped", _("No longer used")
    LOST = "lost", _("Lost or taken")
    LEFT = "left", _("The role ended")


class PhoneQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Phone(Record, Scoped):
    """A phone that delivers for one person, by a key it cannot give away.

    `key`: the public half (ECDSA, P-256, as SubjectPublicKeyInfo); by its SHA-256 the phone says
    which one it is. `asked`: the number of its last request for shares, each higher than the one
    before, so that none can be sent again by somebody else. `word`: what the answer to it brought,
    and the next request must say; or the one before, where an answer was lost. So a copy is found.

    Of ODK Collect `key` is RSA: Collect encrypts for it, and `private` opens that here. It signs
    nothing; it gives a password, of which `digest` is the SHA-256.
    """

    plural = "phones"

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="phones")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Phone"), max_length=60)
    key = models.BinaryField()
    fingerprint = models.BinaryField(unique=True)
    private = EncryptedTextField(null=True)
    digest = models.BinaryField(null=True, unique=True)
    seen_at = models.DateTimeField(null=True)
    asked = models.BigIntegerField(default=0, db_default=0)
    word = models.CharField(max_length=22, blank=True, default="", db_default="")
    word_before = models.CharField(max_length=22, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(_("Why"), max_length=10, choices=PhoneEnd, blank=True)

    changeable = ("seen_at", "asked", "word", "word_before", "ended_at", "ended_for")
    names = ("name", "key", "fingerprint", "private", "digest", "word", "word_before")
    shown_with = ("person", "office")
    access = OwnAndSupervised(Perm.PHONE_KEEP, owner="person", office="office")
    objects = PhoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intake_phone_ended_for_something",
                condition=Q(ended_at=None, ended_for="")
                | Q(ended_at__isnull=False, ended_for__in=PhoneEnd.values),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="intake_phone_of_person"),
            models.Index(fields=["-created_at", "-id"], name="intake_phone_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """As the phone itself writes its fingerprint."""
        return bytes(self.fingerprint).hex()

    @property
    def is_collect(self) -> bool:
        return self.digest is not None

    @property
    def user_name(self) -> str:
        """By which Collect calls itself; it names nobody."""
        return self.mark[:USER_NAME]

    def get_absolute_url(self) -> str:
        return reverse("intake:phones")

    def describe(self) -> Described:
        return [(_("Phone"), self.name), (_("Person"), self.person.name)]
