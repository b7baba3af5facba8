"""Questions about an investigation: leads nobody follows, steps whose day is past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.inquiry_codes import StepResult, StepStatus
from casework.models import InvestigationStep, Lead
from desk.rules.rule import Rule, Urgency, after
from desk.rules.terms import LEAD_WITHIN, RESULT_KNOWN_WITHIN, STEP_ASKED_AFTER

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from casework.querysets import LeadQuerySet


def open_leads(_today: date) -> LeadQuerySet:
    return Lead.objects.waiting()


def planned(_today: date) -> QuerySet[InvestigationStep]:
    return InvestigationStep.objects.filter(status=StepStatus.PLANNED)


def pending(_today: date) -> QuerySet[InvestigationStep]:
    """Taken, and what it brought was not known then."""
    return InvestigationStep.objects.filter(status=StepStatus.DONE, result=StepResult.PENDING)


RULES = (
    Rule(
        "lead-waiting",
        _("Follow up a lead, or say what became of it"),
        _("See the lead"),
        "#inquiry",
        Perm.INQUIRY_RECORD,
        open_leads,
        due=after("received_on"),
        term=LEAD_WITHIN,
        about=F("code"),
    ),
    Rule(
        "step-overdue",
        _("Record whether a planned step was taken"),
        _("See the step"),
        "#inquiry",
        Perm.INQUIRY_RECORD,
        planned,
        due=after("planned_for"),
        ahead=STEP_ASKED_AFTER,
        about=F("code"),
    ),
    Rule(
        "result-pending",
        _("Ask what a step of the investigation brought"),
        _("Tell the result"),
        "casework:tell-result",
        Perm.INQUIRY_RECORD,
        pending,
        due=after("done_on"),
        term=RESULT_KNOWN_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("code"),
    ),
)
