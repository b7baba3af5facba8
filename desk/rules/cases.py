"""Questions about cases themselves: after a rescue, and where a second person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import REVIEW_WITHIN, DisclosureStatus, SealStatus
from casework.models import BreakGlass, Disclosure, Rescue, Seal, Task
from core.access import EXISTS
from desk.rules.rule import Rule, Urgency, after
from desk.rules.terms import COMPLAINT_WITHIN
from prosecutions.models import Complaint

if TYPE_CHECKING:
    from datetime import date


def without_complaint(_today: date) -> Any:
    """The first rescue of a case that nobody has complained of to the police, a day later."""
    of_case = Rescue.objects.filter(case=OuterRef("case")).order_by("occurred_at", "pk")
    complaints = Complaint.objects.filter(case=OuterRef("case"))
    return Rescue.objects.filter(
        ~Exists(complaints),
        pk=Subquery(of_case.values("pk")[:1]),
        occurred_at__lte=Now() - COMPLAINT_WITHIN,
    )


def unreviewed(_today: date) -> Any:
    return BreakGlass.objects.unreviewed()


def opening_asked(_today: date) -> Any:
    return Seal.objects.filter(status=SealStatus.ASKED)


def proposed(_today: date) -> Any:
    return Disclosure.objects.in_time().filter(status=DisclosureStatus.PROPOSED)


def left(_today: date) -> Any:
    """Tasks of people who do not read the case any more."""
    return Task.objects.open().filter(Task.objects.left())


RULES = (
    Rule(
        "rescue-without-complaint",
        _("File the complaint after a rescue"),
        _("Record the complaint"),
        "prosecutions:record-complaint",
        Perm.COMPLAINT_RECORD,
        without_complaint,
        due=after("occurred_at", COMPLAINT_WITHIN),
        urgency=Urgency.AT_ONCE,
        of="case",
    ),
    Rule(
        "emergency-unreviewed",
        _("Review an emergency opening"),
        _("Review"),
        "casework:review-emergency",
        Perm.GLASS_REVIEW,
        unreviewed,
        due=after("started_at", REVIEW_WITHIN),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        level=EXISTS,
        second="user",
        may_wait=False,
    ),
    Rule(
        "opening-asked",
        _("Decide whether a sealed case opens again"),
        _("Decide"),
        "#knowing",
        Perm.CASE_UNSEAL,
        opening_asked,
        due=after("asked_at"),
        urgency=Urgency.THIS_WEEK,
        level=EXISTS,
        second="asked_by",
        may_wait=False,
    ),
    Rule(
        "disclosure-proposed",
        _("Decide on a disclosure, as the second person"),
        _("Decide"),
        "casework:confirm-disclosure",
        Perm.DISCLOSURE_CONFIRM,
        proposed,
        due=after("created_at"),
        urgency=Urgency.THIS_WEEK,
        second="proposed_by",
        may_wait=False,
    ),
    Rule(
        "task-left-behind",
        _("Give a task of someone who left to somebody else"),
        _("Give it to somebody"),
        "casework:assign-task",
        Perm.CASE_ASSIGN,
        left,
        due=None,
        ahead=None,
    ),
)
