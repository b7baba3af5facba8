"""What courts decided: charges, judgments, appeals, sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.enums import Appellant, Attribution, Disposition, Instance, Lifted, Plea
from prosecutions.models.laws import Provision
from prosecutions.models.people import Suspect
from prosecutions.models.proceedings import ProceedingRecord, Prosecution
from prosecutions.querysets import AppealQuerySet, ChargeQuerySet, DecisionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Charge(ProceedingRecord):
    """One allegation against one suspect.

    `provision` is what it was filed under and stays; `final_provision` is what it became, as with
    a plea to a lesser offence. Its disposition stands in the decisions, first instance and appeal
    apart. `framed_on`: the day the court took the charge on (charges framed, arraigned).
    """

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="charges")
    suspect = models.ForeignKey(
        Suspect, on_delete=models.PROTECT, related_name="charges", verbose_name=_("Suspect")
    )
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Provision"),
        help_text=_("It must have been in force on the day of the offence."),
    )
    offence_on = models.DateField(_("Day of the offence"))
    filed_on = models.DateField(_("Filed on"))
    framed_on = models.DateField(_("Framed, or arraigned, on"), null=True, blank=True)
    plea = models.CharField(_("Answer"), max_length=10, choices=Plea, blank=True)
    pleaded_on = models.DateField(_("Answered on"), null=True, blank=True)
    final_provision = models.ForeignKey(
        Provision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("New provision"),
    )
    amended_on = models.DateField(_("Changed on"), null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    shown_with = (*ProceedingRecord.shown_with, "suspect", "provision", "final_provision")
    objects: ClassVar[Any] = ChargeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_charge_plea_has_its_day",
                condition=Q(plea="", pleaded_on__isnull=True)
                | (~Q(plea="") & Q(pleaded_on__gte=F("filed_on"))),
            ),
            models.CheckConstraint(
                name="prosecutions_charge_amendment_has_its_day",
                condition=Q(final_provision__isnull=True, amended_on__isnull=True)
                | (Q(final_provision__isnull=False) & Q(amended_on__gte=F("filed_on"))),
            ),
            models.CheckConstraint(
                name="prosecutions_charge_framed_after_filing",
                condition=Q(framed_on__isnull=True) | Q(framed_on__gte=F("filed_on")),
            ),
            models.UniqueConstraint(
                fields=["prosecution", "suspect", "provision", "offence_on"],
                name="prosecutions_charge_once",
            ),
            models.CheckConstraint(
                name="prosecutions_charge_filed_after_offence",
                condition=Q(filed_on__gte=F("offence_on")),
            ),
        ]
        indexes = [models.Index(fields=["suspect"], name="prosecutions_charge_suspect")]

    @property
    def law(self) -> str:
        """“RA9208 4 → RA9208 4-A”: what it was filed under and what it became."""
        laws = [self.provision, self.final_provision]
        if self.final_provision_id == self.provision_id:
            laws = laws[:1]
        return " → ".join(law.in_words for law in laws if law)

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [
            *super().describe(),
            (_("Suspect"), self.suspect.code),
            (_("Charge"), self.law),
            (_("Day of the offence"), date_format(self.offence_on, "j M Y")),
        ]


@tracked
class ChargeVictim(CaseRecord):
    """A survivor of the case whom a charge names."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="victims")
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="charges"
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charge", "involvement"], name="prosecutions_chargevictim_once"
            ),
        ]


@tracked
class Appeal(ProceedingRecord):
    """An appeal against the decisions of a judgment. Withdrawn, it is no appeal.

    `suspect`: the defendant whose charges it is about; without one, all of the judgment.
    """

    judgment = models.ForeignKey(
        "prosecutions.Judgment", on_delete=models.PROTECT, related_name="appeals"
    )
    suspect = models.ForeignKey(
        Suspect,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appeals",
        verbose_name=_("About which defendant"),
        help_text=_("If empty: about every defendant of this judgment."),
    )
    appellant = models.CharField(
        _("Who appeals"), max_length=12, choices=Appellant, blank=True, db_default=""
    )
    filed_on = models.DateField(_("Filed on"))
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    named_with, proceeding_by = ("judgment",), "judgment__prosecution"
    shown_with = (
        *ITS_CASE,
        "suspect",
        "judgment__prosecution__jurisdiction",
        "judgment__prosecution__court__jurisdiction",
    )
    objects: ClassVar[Any] = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_appeal_withdrawn_after_filing",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("filed_on")),
            ),
            models.CheckConstraint(
                name="prosecutions_appeal_appellant_known",
                condition=Q(appellant__in=["", *Appellant.values]),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        whom = self.suspect.code if self.suspect else say("all defendants")
        return [
            *self.judgment.describe(),
            (_("Appeal"), date_format(self.filed_on, "j M Y")),
            (_("Who appeals"), self.get_appellant_display() or say("not recorded")),
            (_("About"), whom),
        ]


@tracked
class Judgment(ProceedingRecord):
    """What a court decided on a day, charge by charge (`ChargeDecision`)."""

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="judgments")
    instance = models.CharField(max_length=8, choices=Instance, default=Instance.FIRST)
    appeal = models.OneToOneField(
        Appeal, null=True, blank=True, on_delete=models.PROTECT, related_name="outcome"
    )
    decided_on = models.DateField(_("Decided on"))
    attribution = models.CharField(_("Whose work led to it"), max_length=12, choices=Attribution)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    named_with = ("case",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_judgment_appeal_names_it",
                # One entered in error lets go of its appeal, which waits again.
                condition=Q(instance=Instance.FIRST, appeal__isnull=True)
                | Q(instance=Instance.APPEAL),
            ),
        ]
        indexes = [models.Index(fields=["decided_on"], name="prosecutions_judgment_day")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [*super().describe(), (_("Judgment"), date_format(self.decided_on, "j M Y"))]


@tracked
class ChargeDecision(CaseRecord):
    """How one charge ended in one judgment; `local_term` keeps the court's own word.

    It stands from the day of the judgment until it is lifted: a charge taken up again, a new trial
    ordered. An order of a new trial decides nothing itself and is lifted on its own day, and so is
    what was entered in error: it never stood.
    """

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="decisions")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="decisions")
    disposition = models.CharField(max_length=16, choices=Disposition)
    local_term = models.CharField(max_length=80, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_for = models.CharField(max_length=8, choices=Lifted, blank=True, db_default="")

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "charge"], name="prosecutions_chargedecision_once"
            ),
            models.CheckConstraint(
                name="prosecutions_chargedecision_known",
                condition=Q(disposition__in=Disposition.values),
            ),
            models.CheckConstraint(
                name="prosecutions_chargedecision_lifted_for_a_reason",
                condition=Q(lifted_on__isnull=True, lifted_for="")
                | Q(lifted_on__isnull=False, lifted_for__in=Lifted.values),
            ),
            models.CheckConstraint(
                name="prosecutions_chargedecision_remand_decides_nothing",
                condition=~Q(disposition=Disposition.REMANDED) | Q(lifted_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["charge"], name="prosecutions_decision_charge")]
