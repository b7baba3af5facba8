"""Rescues: one operation on one day, and what was told about it."""

from __future__ import annotations

from django.db import models

from accounts.permissions import Perm
from casework.models.records import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked


@tracked
class Rescue(CaseRecord):
    """One operation. Who was brought out stands in `victims.Involvement`."""

    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()  # the calendar day at the place, for every count by day
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    led_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-occurred_at"], name="casework_rescue_of_case"),
            models.Index(fields=["-occurred_on", "-id"], name="casework_rescue_by_day"),
        ]


class RescueSite(CaseRecord):
    """One of the sites of an operation."""

    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="rescue_sites")
    site = models.ForeignKey("casework.Site", on_delete=models.PROTECT, related_name="+")

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rescue", "site"], name="casework_rescuesite_once"),
        ]


class RescueAgency(CaseRecord):
    """One of the agencies that took part."""

    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="rescue_agencies")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")

    access = CaseRows(CONTENT, Perm.RESCUE_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rescue", "agency"], name="casework_rescueagency_once"),
        ]


class Narrative(CaseRecord):
    """What was told about a rescue: heavy, encrypted, read only on opening."""

    rescue = models.OneToOneField(Rescue, on_delete=models.PROTECT, related_name="narrative")
    text = EncryptedTextField()

    access = CaseRows(IDENTITY, Perm.NARRATIVE_VIEW)
