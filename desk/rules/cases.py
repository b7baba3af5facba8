"""Questions about cases themselves: after a rescue, and where a second person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case as Either
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.permissions import Perm
from casework.enums import REVIEW_WITHIN, DisclosureStatus, SealStatus
from casework.models import Assignment, BreakGlass, Case, Disclosure, Rescue, Seal, Task, Transfer
from casework.querysets import AT_WORK
from core.access import EXISTS
from desk.rules.fixed import HARM_TO_SURVIVOR, LAW, SECOND_PERSON
from desk.rules.rule import Rule, Urgency, day_of
from desk.rules.terms import COMPLAINT_WITHIN, TAKEN_OVER_WITHIN, TASK_LATE_AFTER
from prosecutions.models import Complaint

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from casework.querysets import DisclosureQuerySet, GlassQuerySet, SealQuerySet, TaskQuerySet
    from core.access import ScopedQuerySet


def without_complaint(_today: date) -> QuerySet[Rescue]:
    """The first rescue of a case that nobody has complained of to the police."""
    of_case = Rescue.objects.filter(case=OuterRef("case")).order_by("occurred_at", "pk")
    complaints = Complaint.objects.filter(case=OuterRef("case"))
    return Rescue.objects.filter(~Exists(complaints), pk=Subquery(of_case.values("pk")[:1]))


def unreviewed(_today: date) -> GlassQuerySet:
    return BreakGlass.objects.unreviewed()


def opening_asked(_today: date) -> SealQuerySet:
    return Seal.objects.filter(status=SealStatus.ASKED)


def proposed(_today: date) -> DisclosureQuerySet:
    return Disclosure.objects.in_time().filter(status=DisclosureStatus.PROPOSED)


def left(_today: date) -> TaskQuerySet:
    """Tasks of people who do not read the case any more."""
    return Task.objects.open().filter(Task.objects.left())


def late(_today: date) -> TaskQuerySet:
    """Tasks of colleagues who still read the case."""
    return Task.objects.open().filter(~Task.objects.left(), assignee__isnull=False)


def without_anybody(_today: date) -> ScopedQuerySet:
    """Cases on whose team nobody stays, with the moment `alone_at` when the last goes or went who
    is at work, and `left_at`, when the last was taken off it. Without either nobody ever was."""
    assigned = Membership.objects.filter(
        user__is_active=True, role__in=AT_WORK, user__assignments__case=OuterRef("pk")
    ).annotate(until=Least("ended_at", "user__assignments__ended_at"))
    stays = assigned.filter(until__isnull=True)
    goes = assigned.order_by("-until").values("until")[:1]
    ended = Assignment.objects.filter(case=OuterRef("pk"), ended_at__isnull=False)
    last = ended.order_by("-ended_at").values("ended_at")[:1]
    return Case.objects.filter(~Exists(stays)).annotate(
        alone_at=Subquery(goes), left_at=Subquery(last)
    )


def offered(_today: date) -> ScopedQuerySet:
    """Offers that wait; at once those to a person who cannot answer any more."""
    gone = When(Transfer.objects.lost(), then=F("asked_at"))
    late = ExpressionWrapper(F("asked_at") + TAKEN_OVER_WITHIN, DateTimeField())
    return Transfer.objects.waiting().annotate(answer_by=Either(gone, default=late))


RULES = (
    Rule(
        "rescue-without-complaint",
        _("File the complaint after a rescue"),
        _("Record the complaint"),
        "prosecutions:record-complaint",
        Perm.COMPLAINT_RECORD,
        without_complaint,
        due=day_of("occurred_at"),
        term=COMPLAINT_WITHIN,
        at=F("occurred_at"),
        urgency=Urgency.AT_ONCE,
        of="case",
        fixed=LAW,
    ),
    Rule(
        "emergency-unreviewed",
        _("Review an emergency opening"),
        _("Review"),
        "casework:review-emergency",
        Perm.GLASS_REVIEW,
        unreviewed,
        due=day_of("started_at"),
        term=REVIEW_WITHIN,
        ahead=None,
        urgency=Urgency.AT_ONCE,
        level=EXISTS,
        second="user",
        may_wait=False,
        after_closing=True,
        live="few, and read at another level",
        fixed=SECOND_PERSON,
    ),
    Rule(
        "opening-asked",
        _("Decide whether a sealed case opens again"),
        _("Decide"),
        "#knowing",
        Perm.CASE_UNSEAL,
        opening_asked,
        due=day_of("asked_at"),
        urgency=Urgency.THIS_WEEK,
        level=EXISTS,
        second="asked_by",
        may_wait=False,
        after_closing=True,
        live="few, and read at another level",
        fixed=SECOND_PERSON,
    ),
    Rule(
        "disclosure-proposed",
        _("Decide on a disclosure, as the second person"),
        _("Decide"),
        "casework:confirm-disclosure",
        Perm.DISCLOSURE_CONFIRM,
        proposed,
        due=day_of("created_at"),
        urgency=Urgency.THIS_WEEK,
        second="proposed_by",
        may_wait=False,
        after_closing=True,
        live="ends by the clock",
        fixed=SECOND_PERSON,
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
        live="teams change by the clock",
    ),
    Rule(
        "task-overdue",
        _("Ask a colleague about a task that is late, or give it to somebody else"),
        _("Give it to somebody"),
        "casework:assign-task",
        Perm.CASE_ASSIGN,
        late,
        due=None,
        ahead=TASK_LATE_AFTER,
        urgency=Urgency.THIS_WEEK,
        second="assignee",  # who has it is asked anyway
        live="teams change by the clock",
    ),
    Rule(
        "case-without-anybody",
        _("Put somebody on a case that nobody works on"),
        _("Assign"),
        "casework:assign",
        Perm.CASE_ASSIGN,
        without_anybody,
        due=Coalesce(day_of("alone_at"), day_of("left_at"), F("opened_on")),
        ahead=None,  # the day of each case would be looked for, and it is past in any case
        at=F("alone_at"),
        urgency=Urgency.AT_ONCE,
        may_wait=False,
        fixed=HARM_TO_SURVIVOR,
    ),
    Rule(
        "transfer-unanswered",
        _("Ask who is to take a case over, or withdraw the offer"),
        _("See the offer"),
        "#handing-over",
        Perm.CASE_TRANSFER,
        offered,
        due=day_of("answer_by"),
        urgency=Urgency.THIS_WEEK,
        live="teams change by the clock",
    ),
)
