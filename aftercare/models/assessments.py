"""How vulnerable a survivor is, by an instrument, at several moments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import AssessmentStatus
from aftercare.models.plans import CarePlan, PlanRecord
from aftercare.querysets import AssessmentQuerySet
from core.access import CONTENT, CaseRows
from core.history import tracked
from instruments.answers import Scored, scored


@tracked
class Assessment(PlanRecord):
    """The answers of one day. What was only begun or was dropped counts nowhere.

    `answers`: item -> 1 to 4, or null where it does not apply; an item left out is not answered.
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="assessments"
    )
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="assessments")
    instrument = models.ForeignKey(
        "instruments.Instrument",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Questions"),
        help_text=_(
            "If empty: the questions used before for this person, so that scores can be compared."
        ),
    )
    assessed_on = models.DateField(_("Day of the assessment"))
    answers = models.JSONField(default=dict)
    # Codes of the domains that did not apply to the person, being too young on that day.
    left_out = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    status = models.CharField(
        max_length=10, choices=AssessmentStatus, default=AssessmentStatus.BEGUN
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (*PlanRecord.shown_with, "instrument")
    objects: ClassVar[Any] = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                name="aftercare_assessment_one_begun",
                condition=Q(status=AssessmentStatus.BEGUN),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "assessed_on"], name="aftercare_assessment_plan"),
            models.Index(fields=["involvement"], name="aftercare_assessment_person"),
        ]

    def scored(self) -> Scored:
        return scored(self.instrument, self.answers, self.left_out)
