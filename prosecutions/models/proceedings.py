"""From the complaint to the court: complaints, proceedings, and the law they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows, Reference, Scoped
from core.history import tracked
from core.models import Record
from prosecutions.court_querysets import ComplaintQuerySet
from prosecutions.enums import PoliceReportKind
from prosecutions.limitation import FROM_MEMORY
from prosecutions.models.people import Suspect
from prosecutions.querysets import ProsecutionQuerySet, ProvisionQuerySet
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise


class Provision(Record, Scoped):
    """A provision of a statute, as it stood from one day to another.

    Loaded from `prosecutions/data/provisions.json`; `verified` false means: from memory, to be
    checked before use. Years are of imprisonment; no maximum with `life_possible` means life.
    """

    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    statute = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40)
    offence = models.CharField(max_length=200)
    min_years = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    max_years = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    life_possible = models.BooleanField(default=False)
    fine = models.CharField(max_length=200, blank=True)
    iccs = models.CharField(max_length=10, blank=True)
    verified = models.BooleanField(default=False)
    in_force_from = models.DateField(null=True)  # unknown: as far back as anyone remembers
    in_force_to = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    access = Reference()
    named_with = ("jurisdiction",)
    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ("statute", "number", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "statute", "number", "in_force_from"],
                name="prosecutions_provision_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="prosecutions_provision_dates_in_order",
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statute} {self.number}: {self.offence}"

    @property
    def in_words(self) -> str:
        words = f"{self.statute} {self.number}"
        return words if self.verified else f"{words} ({FROM_MEMORY})"

    @property
    def is_generic(self) -> bool:
        """It stands for several sections at once, or has no imprisonment of its own."""
        none = self.min_years is None and self.max_years is None and not self.life_possible
        return none or "/" in self.number or "," in self.number

    def in_force_on(self, day: date) -> bool:
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_to is None or day <= self.in_force_to)


@tracked
class Complaint(CaseRecord):
    """A complaint to the police (in India the FIR), against suspects of the case."""

    number = models.CharField(_("Number"), max_length=60)
    filed_on = models.DateField(_("Date"))
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Police unit"),
    )
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+", verbose_name=_("Place")
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    named_with = ("case__jurisdiction",)
    part, shown_with = "court", (*ITS_CASE, "jurisdiction")
    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()

    def __str__(self) -> str:
        return self.number

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Complaint"), self.number), (_("Filed"), date_format(self.filed_on, "j M Y"))]


@tracked
class PoliceReport(CaseRecord):
    """How the police disposed of a complaint on a day, or took it up again."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("What the police decided"), max_length=16, choices=PoliceReportKind)
    reported_on = models.DateField(_("Date"))

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part, shown_with = "court", (*ITS_CASE, "complaint")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_policereport_known",
                condition=Q(kind__in=PoliceReportKind.values),
            ),
            models.UniqueConstraint(
                fields=["complaint", "kind", "reported_on"], name="prosecutions_policereport_once"
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        decided = (self.get_kind_display(), date_format(self.reported_on, "j M Y"))
        return [*self.complaint.describe(), decided]


@tracked
class ComplaintSuspect(CaseRecord):
    """One of those a complaint is against.

    `sent_up`: the charge sheet by which the police brought this person before a court; without one
    they left the person out, or have not reported yet.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="accused")
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="complaints")
    sent_up = models.ForeignKey(
        PoliceReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="sends_up"
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "suspect"], name="prosecutions_complaintsuspect_once"
            ),
        ]


@tracked
class Prosecution(CaseRecord):
    """A proceeding before a court of a jurisdiction. One case may have several, anywhere."""

    complaint = models.ForeignKey(
        Complaint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="prosecutions",
        verbose_name=_("Rests on complaint"),
    )
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Place of the court"),
        help_text=_("Choose a law of the court’s country."),
    )
    court = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Court"),
    )
    docket = models.CharField(_("Docket number"), max_length=60, blank=True)
    filed_on = models.DateField(_("Filed on"))

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    named_with = ("case", "jurisdiction")
    part, shown_with = "court", (*ITS_CASE, "jurisdiction", "court__jurisdiction")
    objects: ClassVar[Any] = ProsecutionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["jurisdiction"], name="prosecutions_prosecution_place")]

    def __str__(self) -> str:
        return self.docket or f"{self.filed_on}"

    @property
    def proceeding(self) -> Prosecution:
        """As rows of a proceeding say which it is."""
        return self

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [
            (_("Court"), self.court.name if self.court else str(self.jurisdiction)),
            (_("Docket number"), self.docket or _("none")),
            (_("Filed"), date_format(self.filed_on, "j M Y")),
        ]


class ProceedingRecord(CaseRecord):
    """A row of a proceeding, which is named with it. `proceeding_by`: the way there."""

    proceeding_by: ClassVar[str] = "prosecution"
    part = "court"
    shown_with: ClassVar[tuple[str, ...]] = (
        *ITS_CASE,
        "prosecution__jurisdiction",
        "prosecution__court__jurisdiction",
    )

    class Meta:
        abstract = True

    @property
    def proceeding(self) -> Prosecution:
        row: Any = self
        for name in self.proceeding_by.split("__"):
            row = getattr(row, name)
        return row

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return self.proceeding.describe()


@tracked
class StageReached(ProceedingRecord):
    """The day a proceeding reached a stage of its country (`prosecutions/data/stages.json`)."""

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=20)
    reached_on = models.DateField(_("Reached on"))

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prosecution", "stage", "reached_on"],
                name="prosecutions_stagereached_once",
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        words = StageTable.of(self.proceeding).words_of(self.stage)
        reached = (_("Reached"), date_format(self.reached_on, "j M Y"))
        return [*super().describe(), (_("Stage"), words), reached]
