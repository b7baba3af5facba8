"""What a phone holds of a case for reading without a network.

Why it is so: docs/adr/0089-reading-without-a-network.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, ScopedQuerySet
from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from accounts.models.changes import Described

LASTS = timedelta(hours=72)  # then it is wiped
AGAIN = timedelta(hours=12)  # after so long the phone needs the share of the server again


class ExtractEnd(models.TextChoices):
    """Why a phone may no longer show an extract, though its time is not over."""

    BACK = "back", _("Given back")
    STOPPED = "stopped", _("Ended")  # by somebody else
    GONE = "gone", _("No longer on the phone")
    SEALED = "sealed", _("The case was sealed")
    CASE = "case", _("The case was closed or moved")
    RIGHT = "right", _("The person may no longer read the case")
    PHONE = "phone", _("The phone is lost or no longer used.")
    COPIED = "copied", _("A copy of the phone asked as well")
    OVER = "over", _("Its time was over")


class ExtractQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Those that a phone may still show."""
        return self.filter(ended_at=None, until__gt=Now(), phone__ended_at=None)

    def over(self) -> Self:
        """Those whose time is over and of which nobody has taken note yet."""
        return self.filter(ended_at=None, until__lte=Now())


class Extract(CaseRecord):
    """That a phone of this person holds an extract of a case, why and until when.

    `share`: what the server adds to the key of the extract (base64), until it ends; it hands it to
    nobody but this phone, for the first time at `given_at`. The content was shown at `read_at` and
    is kept on the phone alone. At `told_at` the phone last heard that it may go on for 12 hours; at
    `gone_at` it said that it no longer has it, ended or not.
    """

    plural = "extracts"

    phone = models.ForeignKey("intake.Phone", on_delete=models.PROTECT, related_name="extracts")
    until = models.DateTimeField()
    reason = EncryptedTextField()
    share = EncryptedTextField(null=True)
    read_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(_("Why"), max_length=10, choices=ExtractEnd, blank=True)

    changeable = ("read_at", "given_at", "told_at", "ended_at", "ended_for")
    access = CaseRows(CONTENT, Perm.EXTRACT_KEEP)
    shown_with: ClassVar[tuple[str, ...]] = (
        *CaseRecord.shown_with,
        *("phone__person", "phone__office"),
    )
    objects: ClassVar[Any] = ExtractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intake_extract_ended_for_something",
                condition=Q(ended_at=None, ended_for="")
                | Q(ended_at__isnull=False, ended_for__in=ExtractEnd.values),
            ),
        ]
        indexes = [
            models.Index(fields=["phone", "-until"], name="intake_extract_of_phone"),
            models.Index(fields=["-created_at", "-id"], name="intake_extract_newest"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("intake:phones")

    def describe(self) -> Described:
        return [(_("Person"), self.phone.person.name), (_("Phone"), self.phone.name)]
