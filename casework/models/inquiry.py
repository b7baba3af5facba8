"""Where a case comes from and how it is looked into: leads, steps, abuse online.

What a lead or a step says in words, and who told it, lies in a table of its own level under the
id of its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import Answer
from casework.inquiry_codes import (
    LeadEnd,
    LeadSource,
    Media,
    PaidBy,
    Platform,
    Reliability,
    StepKind,
    StepResult,
    StepStatus,
)
from casework.models.records import ITS_CASE, CaseRecord
from casework.querysets import LeadQuerySet
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ELEMENTS = ("for_publication", "third_party_absent", "for_compensation")


def _codes(**lists: Any) -> Q:
    """Each column holds one of its codes."""
    held = Q()
    for name, choices in lists.items():
        held &= Q(**{f"{name}__in": choices.values})
    return held


def _place(label: StrOrPromise) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "places.Jurisdiction", verbose_name=label, on_delete=models.PROTECT, related_name="+"
    )


def _element(words: StrOrPromise) -> models.CharField[object, object]:
    return models.CharField(words, max_length=10, choices=Answer, default=Answer.UNKNOWN)


@tracked
class Lead(CaseRecord):
    """Something heard that may be a case, or more about one. L-1, L-2 … within the case."""

    code = models.CharField(max_length=20)
    source = models.CharField(_("Where it comes from"), max_length=20, choices=LeadSource)
    reliability = models.CharField(
        _("How reliable the source is"),
        max_length=20,
        choices=Reliability,
        default=Reliability.UNKNOWN,
    )
    jurisdiction = _place(_("Place"))
    received_on = models.DateField(_("Received on"))
    ended = models.CharField(_("What became of it"), max_length=20, choices=LeadEnd, blank=True)
    ended_on = models.DateField(_("Day"), null=True, blank=True)
    passed_to = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Passed on to"),
        help_text=_("If it was passed on."),
    )

    access = CaseRows(CONTENT, Perm.INQUIRY_VIEW)
    part, shown_with = "inquiry", (*ITS_CASE, "jurisdiction")
    objects: ClassVar[Any] = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="casework_lead_code_once"),
            models.CheckConstraint(
                name="casework_lead_known_codes",
                condition=_codes(source=LeadSource, reliability=Reliability)
                & Q(ended__in=["", *LeadEnd.values]),
            ),
            models.CheckConstraint(
                name="casework_lead_end_has_its_day",
                condition=Q(ended="", ended_on__isnull=True)
                | (~Q(ended="") & Q(ended_on__gte=F("received_on"))),
            ),
            models.CheckConstraint(
                name="casework_lead_passed_to_somebody",
                condition=(Q(ended=LeadEnd.PASSED_ON) & Q(passed_to__isnull=False))
                | (~Q(ended=LeadEnd.PASSED_ON) & Q(passed_to__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="casework_lead_by_day"),
            models.Index(fields=["received_on"], name="casework_lead_open", condition=Q(ended="")),
        ]

    def __str__(self) -> str:
        return self.code

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        day = date_format(self.received_on, "j M Y")
        return [(_("Lead"), f"{self.code}, {self.get_source_display()}, {day}")]


class LeadWords(CaseRecord):
    """What was told, by whom, about which place. Encrypted; read only on opening."""

    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="words")
    text = EncryptedTextField()
    informant = EncryptedTextField(null=True)
    exact_place = EncryptedTextField(null=True)

    access = CaseRows(IDENTITY, Perm.INQUIRY_READ)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_leadwords_under_its_lead", condition=Q(id=F("lead"))
            ),
        ]


@tracked
class InvestigationStep(CaseRecord):
    """Something done to find out, or planned. I-1, I-2 … within the case."""

    code = models.CharField(max_length=20)
    kind = models.CharField(_("What is done"), max_length=20, choices=StepKind)
    lead = models.ForeignKey(
        Lead,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("Follows up the lead"),
    )
    planned_for = models.DateField(_("Planned for"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=StepStatus)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    result = models.CharField(_("What it brought"), max_length=20, choices=StepResult, blank=True)

    access = CaseRows(CONTENT, Perm.INQUIRY_VIEW)
    part = "inquiry"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], name="casework_investigationstep_code_once"
            ),
            models.CheckConstraint(
                name="casework_investigationstep_known_codes",
                condition=_codes(kind=StepKind, status=StepStatus),
            ),
            models.CheckConstraint(
                name="casework_investigationstep_done_has_day_and_result",
                condition=Q(
                    status=StepStatus.DONE, done_on__isnull=False, result__in=StepResult.values
                )
                | (
                    ~Q(status=StepStatus.DONE)
                    & Q(done_on__isnull=True, result="", planned_for__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["planned_for"],
                name="casework_step_planned",
                condition=Q(status="planned"),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def describe(self) -> list[tuple[Any, Any]]:
        described = [(_("Step"), f"{self.code}, {self.get_kind_display()}")]
        if self.planned_for:
            described.append((_("Planned for"), date_format(self.planned_for, "j M Y")))
        return described


class StepWords(CaseRecord):
    """What was seen, heard and found. Encrypted; read only on opening."""

    step = models.OneToOneField(InvestigationStep, on_delete=models.PROTECT, related_name="words")
    text = EncryptedTextField()

    access = CaseRows(IDENTITY, Perm.INQUIRY_READ)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_stepwords_under_its_step", condition=Q(id=F("step"))
            ),
        ]


@tracked
class OnlineIncident(CaseRecord):
    """Abuse of a child for somebody who watches or buys online. O-1, O-2 … within the case.

    Which survivors it concerns stands in `victims.IncidentSurvivor`; what was asked of police
    abroad in `prosecutions.AssistanceRequest`. No material is ever stored.
    """

    code = models.CharField(max_length=20)
    media = models.CharField(_("What was shown"), max_length=10, choices=Media)
    platform = models.CharField(
        _("Website or app"), max_length=20, choices=Platform, default=Platform.UNKNOWN
    )
    began_on = models.DateField(_("First day"))
    ended_on = models.DateField(_("Last day"), null=True, blank=True)
    customer_country = models.CharField(
        _("Country of the customer"), max_length=2, blank=True
    )  # ISO 3166-1
    amount = models.DecimalField(
        _("Amount paid"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("Currency"), max_length=3, blank=True, help_text=_("Three letters, such as USD.")
    )  # ISO 4217
    paid_by = models.CharField(_("How it was paid"), max_length=20, choices=PaidBy, blank=True)
    # The elements of the definition: all three, and it is online sexual exploitation of children.
    for_publication = _element(_("Produced to be shown online"))
    third_party_absent = _element(_("Whoever watched was not there in person"))
    for_compensation = _element(_("Done for money or other compensation"))

    access = CaseRows(CONTENT, Perm.INQUIRY_VIEW)
    part = "online"
    named_with = ("case",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], name="casework_onlineincident_code_once"
            ),
            models.CheckConstraint(
                name="casework_onlineincident_known_codes",
                condition=_codes(media=Media, platform=Platform)
                & _codes(**dict.fromkeys(ELEMENTS, Answer))
                & Q(paid_by__in=["", *PaidBy.values]),
            ),
            models.CheckConstraint(
                name="casework_onlineincident_days_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
            models.CheckConstraint(
                name="casework_onlineincident_amount_with_currency",
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__gt=0) & Q(currency__regex="^[A-Z]{3}$")),
            ),
            models.CheckConstraint(
                name="casework_onlineincident_customer_country",
                condition=Q(customer_country__regex="^([A-Z]{2})?$"),
            ),
        ]
        indexes = [
            models.Index(fields=["-began_on", "-id"], name="casework_incident_by_day"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def meets_definition(self) -> str:
        """Yes when all three elements are there, no when one is certainly not."""
        answers = {getattr(self, element) for element in ELEMENTS}
        if answers == {Answer.YES}:
            return Answer.YES
        return Answer.NO if Answer.NO in answers else Answer.UNKNOWN

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Abuse online"), f"{self.code}, {self.get_media_display()}")]
