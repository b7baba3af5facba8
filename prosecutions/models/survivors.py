"""Survivors before police and courts: how they take part, what protects them, what accuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    Companion,
    DeclineReason,
    Measure,
    MeasureAnswer,
    TakingPart,
)
from prosecutions.models.proceedings import Prosecution
from victims.models.records import SurvivorRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Participation(SurvivorRecord):
    """One step of a survivor in the matter against the suspects; the latest says how it stands.

    `travelled_from`: the country or place the survivor came from to take part.
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="participations"
    )
    prosecution = models.ForeignKey(
        Prosecution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name=_("Proceeding"),
        help_text=_("Needed for testimony."),
    )
    kind = models.CharField(max_length=12, choices=TakingPart)
    happened_on = models.DateField(_("Day"))
    declined_for = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    accompanied_by = models.CharField(
        _("Who went along"), max_length=16, choices=Companion, blank=True
    )
    travelled_from = models.ForeignKey(
        "places.Jurisdiction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Came from another country"),
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part = "taking-part"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_participation_reason_is_of_declining",
                condition=(Q(kind=TakingPart.DECLINED) & ~Q(declined_for=""))
                | (~Q(kind=TakingPart.DECLINED) & Q(declined_for="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["involvement", "happened_on"], name="prosecutions_participation_day"
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        took = (self.get_kind_display(), date_format(self.happened_on, "j M Y"))
        return [*super().describe(), took]


@tracked
class ProtectiveMeasure(SurvivorRecord):
    """Protection asked of a court or the police for a survivor, and the answer."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="measures"
    )
    prosecution = models.ForeignKey(
        Prosecution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        verbose_name=_("Proceeding"),
        help_text=_("Leave it empty if the police were asked."),
    )
    kind = models.CharField(_("What is asked for"), max_length=18, choices=Measure)
    asked_on = models.DateField(_("Asked on"))
    answer = models.CharField(_("The answer"), max_length=8, choices=MeasureAnswer, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part = "taking-part"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_measure_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("asked_on"))),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        words = f"{self.get_kind_display()}, {date_format(self.asked_on, 'j M Y')}"
        return [*super().describe(), (_("Asked for"), words)]


@tracked
class Accusation(SurvivorRecord):
    """That a survivor is accused of an offence herself. Until it ends, everyone on the case is
    warned: victims are not to be punished for what they were made to do (Directive 2011/36/EU,
    article 8; Palermo principles of UNODC)."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="accusations"
    )
    offence = models.CharField(_("Accused of"), max_length=14, choices=Accused)
    accused_on = models.DateField(_("Since"))
    ended = models.CharField(_("How it ended"), max_length=10, choices=AccusedEnd, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part = "taking-part"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_accusation_end_has_its_day",
                condition=Q(ended="", ended_on__isnull=True)
                | (~Q(ended="") & Q(ended_on__gte=F("accused_on"))),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        words = f"{self.get_offence_display()}, {date_format(self.accused_on, 'j M Y')}"
        return [*super().describe(), (_("Accused of"), words)]
