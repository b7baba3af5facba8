"""Rescues: one operation on one day, and what was told about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models.records import ITS_CASE, CaseRecord
from casework.querysets import OfRescueQuerySet
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Rescue(CaseRecord):
    """One operation. Who was brought out stands in `victims.Involvement`."""

    occurred_at = models.DateTimeField(_("When it happened"), help_text=_("Local time."))
    occurred_on = models.DateField()  # the calendar day at the place, for every count by day
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+", verbose_name=_("Place")
    )
    led_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Who made this version of the record; the first is of whoever logged it.
    amended_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)
    named_with = ("case",)
    shown_with = (*ITS_CASE, "jurisdiction")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-occurred_at"], name="casework_rescue_of_case"),
            models.Index(fields=["-occurred_on", "-id"], name="casework_rescue_by_day"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("desk:rescue", args=[self.pk])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        when = date_format(self.jurisdiction.clock(self.occurred_at), "j M Y, H:i")
        return [(_("Rescue"), f"{when}, {self.jurisdiction}")]


@tracked
class RescueSite(CaseRecord):
    """One of the sites of an operation, until it is taken off the record."""

    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="rescue_sites")
    site = models.ForeignKey("casework.Site", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)
    objects: ClassVar[Any] = OfRescueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rescue", "site"],
                name="casework_rescuesite_once",
                condition=Q(removed_at__isnull=True),
            ),
        ]


@tracked
class RescueAgency(CaseRecord):
    """One of the agencies that took part; one of them led, where it was not us."""

    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="rescue_agencies")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    led = models.BooleanField(default=False, db_default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)
    objects: ClassVar[Any] = OfRescueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rescue", "agency"],
                name="casework_rescueagency_once",
                condition=Q(removed_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["rescue"],
                name="casework_rescueagency_one_led",
                condition=Q(led=True, removed_at__isnull=True),
            ),
        ]


class Narrative(CaseRecord):
    """What was told about a rescue: heavy, encrypted, read only on opening.

    Nothing is written over: whoever knows more adds a part.
    """

    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="narratives")
    told_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = EncryptedTextField(
        _("What is to be added"), help_text=_("The earlier text stays as it is.")
    )

    access = CaseRows(IDENTITY, Perm.NARRATIVE_VIEW)

    def get_absolute_url(self) -> str:
        return self.rescue.get_absolute_url()
