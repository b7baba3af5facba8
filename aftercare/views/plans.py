"""Care plans: the page of one, and a page for each verb on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.enums import PlanStatus
from aftercare.forms.plans import (
    ClosePlanForm,
    EndGoalForm,
    FollowUpForm,
    GoalForm,
    OpenPlanForm,
    ReviewForm,
)
from aftercare.models import CarePlan, Goal
from aftercare.progress import progress
from aftercare.schedule import next_follow_up
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    read_plan,
    review_plan,
    set_goal,
)
from aftercare.views.telling import Tells
from casework.enums import CaseStatus
from casework.views import ITS_CASE, RecordVerb, VersionedVerb
from core.access import CONTENT
from core.web import OncePage, RowPage
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

VERBS = {  # the name of the page, who, and whether the plan must be open for it
    "goal": ("aftercare:set-goal", Perm.PLAN_KEEP),
    "review": ("aftercare:review-plan", Perm.PLAN_KEEP),
    "assess": ("aftercare:begin-assessment", Perm.ASSESSMENT_RECORD),
    "close": ("aftercare:close-plan", Perm.PLAN_CLOSE),
}
BEGINS = ("goal", "assess")


class PlanPage(RowPage):
    """One care plan: goals, how the survivor is doing, what is due."""

    model, service = CarePlan, read_plan

    def rows(self) -> Any:
        return super().rows().select_related(*ITS_CASE, "involvement__victim")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = self.target
        shown = read_plan(plan, actor=self.actor)
        context = shown | {
            "plan": plan,
            "case": plan.case,
            "person": plan.involvement,
            "is_open": plan.status == PlanStatus.OPEN,
            "today": plan.case.jurisdiction.today,
            "progress": progress(shown["assessments"]),
            "urls": self._urls(plan, shown),
        }
        return render(request, "aftercare/plan.html", context)

    def _urls(self, plan: CarePlan, shown: dict[str, Any]) -> dict[str, str]:
        """What this reader may do with the plan as it stands."""
        if not self.actor.scope.reaches(plan.case, CONTENT):
            return {}
        if plan.status == PlanStatus.OPEN:
            over = plan.case.status == CaseStatus.CLOSED  # nothing new is begun in the case
            return {
                name: reverse(page, args=[plan.pk])
                for name, (page, perm) in VERBS.items()
                if self.actor.has_perm(perm)
                and not (over and name in BEGINS)
                and (name != "close" or plan.opened_by_id != self.actor.pk)
            }
        done = [call.months for call in shown["follow_ups"]]
        asks = plan.follow_up_by and plan.closed_on and next_follow_up(plan.closed_on, done)
        if not asks or not self.actor.has_perm(Perm.PLAN_KEEP):
            return {}
        return {"follow_up": reverse("aftercare:follow-up", args=[plan.pk])}


class OpenPlan(OncePage, RecordVerb):
    model, service, form_class, part = Involvement, open_plan, OpenPlanForm, "care"
    beside = (*ITS_CASE, "victim")
    title = gettext_lazy("Open a care plan")
    intro = gettext_lazy("An assessment is due within thirty days, a review every three months.")
    submit_label = gettext_lazy("Open the plan")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Survivor"), f"{self.target.code}, {self.target.victim.in_words}")]

    def act(self, form: Any) -> str:
        return open_plan(self.target, actor=self.actor, **form.cleaned_data).get_absolute_url()


class OfPlan(RecordVerb):
    """A verb on a plan, whose page is where it leads back to."""

    model: Any = CarePlan
    beside: tuple[str, ...] = (*ITS_CASE, "involvement__victim")

    @property
    def plan(self) -> CarePlan:
        plan: CarePlan = self.target
        return plan

    def about(self) -> list[tuple[Any, Any]]:
        person = self.plan.involvement
        since = date_format(self.plan.opened_on, "j M Y")
        return [
            (_("Survivor"), f"{person.code}, {person.victim.in_words}"),
            (_("Care plan of"), since),
        ]

    def after(self) -> str:
        return self.plan.get_absolute_url()


class SetGoal(OncePage, OfPlan):
    service, form_class = set_goal, GoalForm
    title = gettext_lazy("Add a goal")
    intro = gettext_lazy("What the survivor wants to reach, one thing at a time.")
    submit_label = gettext_lazy("Add the goal")


class ReviewPlan(OncePage, OfPlan):
    service, form_class = review_plan, ReviewForm
    title = gettext_lazy("Record a review")
    intro = gettext_lazy("That you looked at the plan again, together with the survivor.")
    submit_label = gettext_lazy("Save the review")


class RecordFollowUp(OncePage, OfPlan):
    service, form_class = follow_up, FollowUpForm
    title = gettext_lazy("Record a follow-up")
    intro = gettext_lazy("How the survivor is, three, six and twelve months after the plan.")
    submit_label = gettext_lazy("Save the follow-up")


class ClosePlan(Tells, VersionedVerb, OfPlan):
    service, form_class = close_plan, ClosePlanForm
    title = gettext_lazy("Close a care plan")
    intro = gettext_lazy("As the second pair of eyes: is the person safe, and cared for?")
    submit_label = gettext_lazy("Close the plan")


class EndGoal(VersionedVerb, OfPlan):
    model, service, form_class = Goal, end_goal, EndGoalForm
    beside = (*ITS_CASE, "plan__involvement__victim")
    title = gettext_lazy("What became of a goal")
    submit_label = gettext_lazy("Save")

    @property
    def plan(self) -> CarePlan:
        plan: CarePlan = self.target.plan
        plan.case = self.target.case
        return plan

    def about(self) -> list[tuple[Any, Any]]:
        goal = self.target
        return [*super().about(), (goal.get_domain_display(), goal.text)]

    def get_initial(self) -> dict[str, Any]:
        return {"status": self.target.status}
