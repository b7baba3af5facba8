"""Care plans: opened with a survivor, looked at again, closed for a reason, and followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.closing import require_met
from aftercare.contradictions import BEFORE_CLOSING, BEFORE_PLAN, FORMER_LASTS, TARGET_EARLY
from aftercare.enums import AssessmentStatus, GoalStatus, PlanEnd, PlanStatus
from aftercare.models import CarePlan, FollowUp, Goal, PlanReview
from aftercare.schedule import follow_up_of, next_assessment, next_follow_up, next_review
from casework.enums import Answer
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, Stale, amend, service
from core.verbs.arguments import Column
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from aftercare.models import Provider


@service(Perm.PLAN_KEEP, label=gettext_lazy("Open a care plan"), begins=True)
def open_plan(involvement: Involvement, *, opened_on: date, actor: User) -> CarePlan:
    """Open a plan. An assessment is due within thirty days, a review every three months."""
    require_open_case(involvement.case, actor)
    require_past(involvement.case, opened_on)
    Involvement.objects.select_for_update().get(pk=involvement.pk)
    earlier = CarePlan.objects.filter(involvement=involvement)
    if earlier.open().exists():
        raise Refused(_("This person already has an open plan."))
    if earlier.filter(closed_on__gt=opened_on).exists():
        raise Refused(FORMER_LASTS)
    plan = CarePlan(
        case=involvement.case, involvement=involvement, opened_on=opened_on, opened_by=actor
    )
    plan.assess_by = next_assessment(opened_on, [])
    plan.review_by = next_review(opened_on, [])
    plan.save(force_insert=True)
    audit.record("plan.opened", plan, actor=actor)
    return plan


@service(Perm.PLAN_KEEP, label=gettext_lazy("Add a goal"))
def set_goal(
    plan: CarePlan,
    *,
    domain: str,
    text: Annotated[str, Column(length=1000)],
    target_on: Annotated[date, Column(ahead=True)],
    actor: User,
) -> Goal:
    """Record one goal that the survivor wants to reach, and by when."""
    require_open_case(plan.case, actor)
    plan = require_open(plan, actor)
    if not text.strip():
        raise Refused(_("Enter the goal."))
    if target_on < plan.opened_on:
        raise Refused(TARGET_EARLY)
    goal = Goal.objects.create(
        case=plan.case, plan=plan, domain=domain, text=text.strip(), target_on=target_on
    )
    audit.record("goal.set", goal, actor=actor, domain=domain)
    return goal


@service(Perm.PLAN_KEEP, label=gettext_lazy("What became of a goal"))
def end_goal(goal: Goal, *, version: int, status: str, ended_on: date, actor: User) -> Goal:
    """Record what became of a goal, or open it again. Raises `Stale`."""
    plan = require_open(goal.plan, actor)
    require_past(plan.case, ended_on)
    if ended_on < plan.opened_on:
        raise Refused(BEFORE_PLAN)
    day = None if status == GoalStatus.OPEN else ended_on
    ended = amend(goal, version, status=status, ended_on=day)
    audit.record("goal.ended", ended, actor=actor, how=status)
    return ended


@service(Perm.PLAN_KEEP, label=gettext_lazy("Record a review"))
def review_plan(plan: CarePlan, *, reviewed_on: date, result: str, actor: User) -> PlanReview:
    """Record that you reviewed the plan together with the survivor."""
    plan = require_open(plan, actor)
    require_past(plan.case, reviewed_on)
    if reviewed_on < plan.opened_on:
        raise Refused(BEFORE_PLAN)
    if PlanReview.objects.filter(plan=plan, reviewed_on=reviewed_on).exists():
        raise Refused(_("A review of that day is already recorded."))
    review = PlanReview.objects.create(
        case=plan.case, plan=plan, reviewed_on=reviewed_on, result=result
    )
    reschedule(plan)
    audit.record("plan.reviewed", review, actor=actor, result=result)
    return review


@service(Perm.PLAN_CLOSE, label=gettext_lazy("Close a care plan"))
def close_plan(
    plan: CarePlan,
    *,
    version: int,
    closed_on: date,
    closed_for: str,
    handed_to: Provider | None = None,
    tried_on: Sequence[date] = (),
    actor: User,
) -> CarePlan:
    """Close a plan, as a second person who sees that the survivor is safe and cared for. Raises
    `Stale`.
    """
    seen, plan = plan, require_open(plan, actor)
    if plan.version != version:
        raise Stale(plan)
    _require_closable(plan, closed_on, actor)
    require_met(plan, closed_for, closed_on, handed_to, tried_on)
    closed = amend(
        seen,
        version,
        status=PlanStatus.CLOSED,
        closed_on=closed_on,
        closed_for=closed_for,
        closed_by=actor,
        handed_to=handed_to,
        tried_on=sorted({day.isoformat() for day in tried_on}),
    )
    reschedule(closed)
    audit.record("plan.closed", closed, actor=actor, why=closed_for)
    return closed


def _require_closable(plan: CarePlan, day: date, actor: User) -> None:
    """For whatever reason: by somebody else, and after all that was recorded."""
    require_past(plan.case, day)
    if day < plan.opened_on:
        raise Refused(BEFORE_PLAN)
    if plan.opened_by_id == actor.pk:
        words = _("You opened this plan, so another case manager must close it.")
        raise Refused(words)
    if plan.assessments.filter(status=AssessmentStatus.BEGUN).exists():
        raise Refused(_("An assessment is in progress. Complete or drop it first."))
    last = _last_day(plan)
    if last and day < last:
        raise Refused(_("Something in the plan is recorded for a later day."))


def _last_day(plan: CarePlan) -> date | None:
    done = plan.assessments.filter(status=AssessmentStatus.COMPLETED)
    days = [
        *done.values_list("assessed_on", flat=True),
        *plan.reviews.values_list("reviewed_on", flat=True),
    ]
    return max(days, default=None)


@service(Perm.PLAN_KEEP, label=gettext_lazy("Record a follow-up"))
def follow_up(
    plan: CarePlan,
    *,
    done_on: date,
    contact_lost: bool = False,
    safe: str = Answer.UNKNOWN,
    in_school_or_work: str = Answer.UNKNOWN,
    revictimised: str = Answer.UNKNOWN,
    actor: User,
) -> FollowUp:
    """Record how the survivor is three, six and twelve months after the plan was closed."""
    plan = _locked(plan, actor)
    require_past(plan.case, done_on)
    if plan.closed_on is None or plan.closed_for not in PlanEnd.FOLLOWED:
        raise Refused(
            _("Follow-ups are recorded only after a plan was closed and if the person is alive.")
        )
    if done_on < plan.closed_on:
        raise Refused(BEFORE_CLOSING)
    months = follow_up_of(plan.closed_on, _followed(plan), done_on)
    if months is None:
        raise Refused(_("All three follow-ups of this plan are recorded."))
    if contact_lost and {safe, in_school_or_work, revictimised} != {Answer.UNKNOWN}:
        raise Refused(_("If contact is lost, answer “not known”."))
    call = FollowUp.objects.create(
        case=plan.case,
        plan=plan,
        months=months,
        done_on=done_on,
        contact_lost=contact_lost,
        safe=safe,
        in_school_or_work=in_school_or_work,
        revictimised=revictimised,
    )
    reschedule(plan)
    audit.record("plan.followed_up", call, actor=actor, months=months)
    return call


def reschedule(plan: CarePlan) -> None:
    """Work out anew by which days something is due, from what is recorded."""
    plan.assess_by = plan.review_by = plan.follow_up_by = None
    if plan.closed_on is None:
        done = plan.assessments.filter(status=AssessmentStatus.COMPLETED)
        plan.assess_by = next_assessment(
            plan.opened_on, list(done.values_list("assessed_on", flat=True))
        )
        plan.review_by = next_review(
            plan.opened_on, list(plan.reviews.values_list("reviewed_on", flat=True))
        )
    elif plan.closed_for in PlanEnd.FOLLOWED:
        due = next_follow_up(plan.closed_on, _followed(plan))
        plan.follow_up_by = due[1] if due else None
    plan.updated_at = timezone.now()
    plan.save(update_fields=["assess_by", "review_by", "follow_up_by", "updated_at"])


def _followed(plan: CarePlan) -> list[int]:
    return list(plan.follow_ups.values_list("months", flat=True))


def _locked(plan: CarePlan, actor: User) -> CarePlan:
    """The plan as it stands now; nobody else changes it at the same moment."""
    require_content(plan.case, actor)
    case = plan.case
    current: CarePlan = CarePlan.objects.select_for_update().get(pk=plan.pk)
    current.case = case
    return current


def require_open(plan: CarePlan, actor: User) -> CarePlan:
    """The same of a plan that is still worked on; else words."""
    current = _locked(plan, actor)
    if current.status != PlanStatus.OPEN:
        raise Refused(_("This plan is closed. Open a new one for this person."))
    return current


@service(Perm.REFERRAL_VIEW)
def read_plan(plan: CarePlan, *, actor: User) -> dict[str, Any]:
    """A care plan with its goals, reviews, assessments and follow-ups. Looking leaves a mark."""
    rows = Goal.objects.visible_to(actor).filter(plan=plan)
    goals = list(rows.order_by("status", "target_on", "pk"))
    done = plan.assessments.completed().select_related("instrument")
    context = {
        "goals": goals,
        "reviews": list(plan.reviews.order_by("-reviewed_on")),
        "assessments": list(done.order_by("assessed_on", "created_at")),
        "begun": plan.assessments.filter(status=AssessmentStatus.BEGUN).first(),
        "follow_ups": list(plan.follow_ups.order_by("months")),
    }
    seen = [plan.case_id, plan.involvement.victim_id, *(goal.pk for goal in goals)]
    audit.read("plan.read", plan, actor=actor, shown=seen)
    return context
