"""Where survivors sleep. No address is kept: only the kind, and the provider if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import MoveReason, PlacementKind
from aftercare.models.providers import Provider
from aftercare.querysets import PlacementQuerySet
from core.access import CONTENT, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked
from victims.models.records import SurvivorRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Placement(SurvivorRecord):
    """The nights from `since` to the day before `until` at one place.

    `victim` is the record of the involvement: nobody sleeps in two places in one night, in
    whatever case and under whatever record. The database refuses it
    (`aftercare_placement_one_a_night`, of a column it keeps by itself: the record that stands for
    the person today).
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="placements"
    )
    victim = models.ForeignKey(
        "victims.Victim", on_delete=models.PROTECT, related_name="placements", editable=False
    )
    kind = models.CharField(_("Where"), max_length=24, choices=PlacementKind)
    provider = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("Provider"),
    )
    since = models.DateField(_("First night"))
    until = models.DateField(_("Left on"), null=True, blank=True)
    planned_until = models.DateField(
        _("Planned to stay until"),
        null=True,
        blank=True,
        help_text=_("The bed may be free again from then. It does not end the placement."),
    )  # as far as anybody can plan it
    ended_for = models.CharField(_("Why left"), max_length=24, choices=MoveReason, blank=True)
    # Why it stands although the provider is full or takes others; why brothers and sisters sleep
    # apart.
    override = EncryptedTextField(
        _("Why it must be this place, against its rules"),
        null=True,
        blank=True,
        help_text=_("Kept encrypted, with your name."),
    )
    overridden_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    apart = EncryptedTextField(
        _("If they must sleep apart: why"), null=True, blank=True, help_text=_("Kept encrypted.")
    )

    part = "care"
    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (*SurvivorRecord.shown_with, "provider")
    objects: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_placement_end_has_its_reason",
                condition=Q(until__isnull=True, ended_for="")
                | Q(until__gt=F("since"), ended_for__in=MoveReason.values),
            ),
            models.CheckConstraint(
                name="aftercare_placement_planned_end_after_its_begin",
                condition=Q(planned_until__isnull=True) | Q(planned_until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="aftercare_placement_known_kind",
                condition=Q(kind__in=PlacementKind.values),
            ),
            models.CheckConstraint(
                name="aftercare_placement_override_has_its_person",
                condition=Q(override__isnull=True, overridden_by__isnull=True)
                | Q(override__isnull=False, overridden_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["involvement", "since"], name="aftercare_placement_person"),
            models.Index(fields=["provider", "since"], name="aftercare_placement_provider"),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        kind = self.get_kind_display()
        return [
            *super().describe(),
            (_("Where"), f"{kind}, {self.provider}" if self.provider else kind),
            (_("Since"), date_format(self.since, "j M Y")),
        ]
