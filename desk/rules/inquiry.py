"""Questions about an investigation: leads nobody follows, steps whose day is past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.inquiry_codes import StepStatus
from casework.models import InvestigationStep, Lead
from desk.rules.rule import Rule, after
from desk.rules.terms import LEAD_WITHIN

if TYPE_CHECKING:
    from datetime import date


def waiting(_today: date) -> Any:
    return Lead.objects.waiting()


def overdue(today: date) -> Any:
    """Planned for a day that is past."""
    return InvestigationStep.objects.filter(status=StepStatus.PLANNED, planned_for__lt=today)


RULES = (
    Rule(
        "lead-waiting",
        _("Follow up a lead, or say what became of it"),
        _("See the lead"),
        "#inquiry",
        Perm.INQUIRY_RECORD,
        waiting,
        due=after("received_on", LEAD_WITHIN),
        about=F("code"),
    ),
    Rule(
        "step-overdue",
        _("Record whether a planned step was taken"),
        _("See the step"),
        "#inquiry",
        Perm.INQUIRY_RECORD,
        overdue,
        due=after("planned_for"),
        about=F("code"),
    ),
)
