"""Care plans: the page of one, and a page for each verb on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Perm
from aftercare.enums import PlanStatus
from aftercare.models import CarePlan
from aftercare.progress import progress
from aftercare.schedule import next_follow_up
from aftercare.services.plans import (
    read_plan,
)
from casework.enums import CaseStatus
from casework.models.records import ITS_CASE
from core.access import CONTENT
from core.web import Page

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


class PlanPage(Page):
    """One care plan: goals, how the survivor is doing, what is due."""

    model, service = CarePlan, read_plan

    def rows(self) -> Any:
        return super().rows().select_related(*ITS_CASE, "involvement__victim")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = self.target
        parts = read_plan(plan, actor=self.actor)
        context = parts | {
            "plan": plan,
            "case": plan.case,
            "person": plan.involvement,
            "is_open": plan.status == PlanStatus.OPEN,
            "today": plan.case.jurisdiction.today,
            "progress": progress(parts["assessments"]),
            "urls": self._urls(plan, parts),
        }
        return render(request, "aftercare/plan.html", context)

    def _urls(self, plan: CarePlan, parts: dict[str, Any]) -> dict[str, str]:
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
        done = [call.months for call in parts["follow_ups"]]
        asks = plan.follow_up_by and plan.closed_on and next_follow_up(plan.closed_on, done)
        if not asks or not self.actor.has_perm(Perm.PLAN_KEEP):
            return {}
        return {"follow_up": reverse("aftercare:follow-up", args=[plan.pk])}
