"""From the complaint to the court: complaints, proceedings, and the law they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, Reference, Scoped
from core.history import tracked
from core.models import Record
from prosecutions.enums import Direction, PoliceReportKind, RequestAnswer, RequestKind
from prosecutions.models.people import Suspect
from prosecutions.querysets import ProsecutionQuerySet, ProvisionQuerySet
from prosecutions.waiting import ComplaintQuerySet, RequestQuerySet

if TYPE_CHECKING:
    from datetime import date


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
    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()

    def __str__(self) -> str:
        return self.number


@tracked
class PoliceReport(CaseRecord):
    """How the police disposed of a complaint on a day, or took it up again."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("What the police decided"), max_length=16, choices=PoliceReportKind)
    reported_on = models.DateField(_("Date"))

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)

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
    objects: ClassVar[Any] = ProsecutionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["jurisdiction"], name="prosecutions_prosecution_place")]

    def __str__(self) -> str:
        return self.docket or f"{self.filed_on}"


@tracked
class StageReached(CaseRecord):
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


@tracked
class AssistanceRequest(CaseRecord):
    """What was asked of police, a laboratory, a court or others, here or abroad, and the answer.

    Abroad is where `jurisdiction` lies in another country than the case. Unanswered, or
    answered in part, a request of ours stands in the docket under “waiting on others”.
    """

    direction = models.CharField(
        _("Who asked"), max_length=4, choices=Direction, default=Direction.TO
    )
    kind = models.CharField(_("What for"), max_length=12, choices=RequestKind)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Where the others are"),
        help_text=_("Another country than that of the case makes it a request abroad."),
    )
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Police unit, laboratory, court or other office"),
    )
    prosecution = models.ForeignKey(
        Prosecution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Proceeding"),
    )
    # The step of the investigation that it takes, and the abuse online that it is about.
    step = models.ForeignKey(
        "casework.InvestigationStep",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Step of the investigation"),
    )
    incident = models.ForeignKey(
        "casework.OnlineIncident",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("Abuse online"),
    )
    asked_on = models.DateField(_("Asked on"))
    reminders = models.PositiveSmallIntegerField(_("How often reminded"), default=0)
    reminded_on = models.DateField(_("Day of the reminder"), null=True, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    answer = models.CharField(_("The answer"), max_length=10, choices=RequestAnswer, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_request_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("asked_on"))),
            ),
            models.CheckConstraint(
                name="prosecutions_request_reminders_have_their_day",
                condition=Q(reminders=0, reminded_on__isnull=True)
                | Q(reminders__gt=0, reminded_on__gte=F("asked_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_on"], name="prosecutions_request_waiting", condition=Q(answer="")
            ),
        ]
