"""Journeys of survivors: home, or to a court abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import Perm
from aftercare.codes import CancelReason, JourneyPurpose, JourneyStatus, Wish
from aftercare.models.ledger import LedgerRecord
from casework.models import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Repatriation(LedgerRecord):
    """One journey from one place to another, as planned and as made. Who goes along stands apart.

    `receiver`, `provider`: who receives the survivor there.
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="repatriations"
    )
    purpose = models.CharField(
        _("What for"), max_length=8, choices=JourneyPurpose, default=JourneyPurpose.HOME
    )
    wish = models.CharField(_("What the survivor wishes"), max_length=10, choices=Wish)
    origin = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("place", "From"),
    )
    destination = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("place", "To"),
    )
    planned_for = models.DateField(_("Day of the journey"))
    receiver = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Received by an authority"),
    )
    provider = models.ForeignKey(
        "aftercare.Provider",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Received by a provider"),
    )
    status = models.CharField(max_length=10, choices=JourneyStatus, default=JourneyStatus.PLANNED)
    travelled_on = models.DateField(null=True, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_for = models.CharField(max_length=10, choices=CancelReason, blank=True)

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (*LedgerRecord.shown_with, "origin", "destination")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_repatriation_goes_somewhere",
                condition=~Q(origin=F("destination")),
            ),
            models.CheckConstraint(
                name="aftercare_repatriation_days_of_its_state",
                condition=Q(status="planned", travelled_on__isnull=True, arrived_on__isnull=True)
                | Q(status="travelled", travelled_on__isnull=False, arrived_on__isnull=True)
                | Q(status="arrived", arrived_on__gte=F("travelled_on"))
                | Q(status="cancelled", arrived_on__isnull=True),
            ),
            models.CheckConstraint(
                name="aftercare_repatriation_cancelled_for_a_reason",
                condition=(Q(status="cancelled", cancelled_on__isnull=False) & ~Q(cancelled_for=""))
                | (~Q(status="cancelled") & Q(cancelled_on__isnull=True, cancelled_for="")),
            ),
            models.CheckConstraint(
                name="aftercare_repatriation_not_against_the_wish",
                condition=~Q(wish="refuses") | Q(status__in=("planned", "cancelled")),
            ),
        ]
        indexes = [models.Index(fields=["planned_for", "id"], name="aftercare_repatriation_day")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        day = date_format(self.planned_for, "j M Y")
        way = f"{self.origin} → {self.destination}"
        return [*super().describe(), (_("Journey"), f"{way}, {day}")]


class Escort(CaseRecord):
    """Who goes along on a journey, encrypted. A later one follows an earlier one; the last
    counts."""

    repatriation = models.ForeignKey(Repatriation, on_delete=models.PROTECT, related_name="escorts")
    text = EncryptedTextField()

    append_only = True
    access = CaseRows(IDENTITY, Perm.CARE_PRIVATE_VIEW)

    class Meta:
        indexes = [models.Index(fields=["repatriation"], name="aftercare_escort_of")]
