"""From the complaint to the court: complaints, proceedings, and the law they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.court_querysets import ComplaintQuerySet
from prosecutions.enums import PoliceReportKind
from prosecutions.models.people import Suspect
from prosecutions.querysets import ProsecutionQuerySet
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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
        help_text=_("A charge rests on a law of its country."),
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
