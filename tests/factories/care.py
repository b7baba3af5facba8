"""Rows of placements, plans and assessments, beside those of the main file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from aftercare.models import (
    Assessment,
    CarePlan,
    FollowUp,
    Goal,
    Placement,
    PlanReview,
    ProgressNote,
    SessionNote,
)
from aftercare.schedule import next_assessment, next_follow_up, next_review
from instruments.models import Instrument
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case

OPENED = date(2026, 3, 12)


def placement(case: Case | None = None, **fields: Any) -> Placement:
    """Open since the day after the rescue, at a shelter."""
    person = fields.pop("involvement", None) or factories.involvement(case)
    values = {"kind": "shelter", "since": OPENED, "provider": fields.pop("provider", None)}
    values |= {"override": "Invented reason", "overridden_by": factories.user()}
    return Placement.objects.create(
        case=person.case, involvement=person, victim=person.victim, **(values | fields)
    )


def care_plan(case: Case | None = None, **fields: Any) -> CarePlan:
    person = fields.pop("involvement", None) or factories.involvement(case)
    opened = fields.setdefault("opened_on", OPENED)
    values = {"assess_by": next_assessment(opened, []), "review_by": next_review(opened, [])}
    return CarePlan.objects.create(case=person.case, involvement=person, **(values | fields))


def closed_plan(case: Case | None = None, **fields: Any) -> CarePlan:
    closed = fields.setdefault("closed_on", date(2026, 6, 1))
    due = next_follow_up(closed, [])
    values = {
        "status": "closed",
        "closed_for": "goals_met",
        "closed_by": factories.user(),
        "assess_by": None,
        "review_by": None,
        "follow_up_by": due and due[1],
    }
    return care_plan(case, **(values | fields))


def goal(case: Case | None = None, **fields: Any) -> Goal:
    plan = fields.pop("plan", None) or care_plan(case)
    values = {"domain": "safety", "text": "Invented goal", "target_on": date(2026, 9, 1)}
    return Goal.objects.create(case=plan.case, plan=plan, **(values | fields))


def plan_review(case: Case | None = None, **fields: Any) -> PlanReview:
    plan = fields.pop("plan", None) or care_plan(case)
    values = {"reviewed_on": date(2026, 6, 1), "result": "goes_on"}
    return PlanReview.objects.create(case=plan.case, plan=plan, **(values | fields))


def follow_up(case: Case | None = None, **fields: Any) -> FollowUp:
    plan = fields.pop("plan", None) or closed_plan(case)
    values = {"months": 3, "done_on": date(2026, 9, 1), "safe": "yes"}
    return FollowUp.objects.create(case=plan.case, plan=plan, **(values | fields))


def instrument(**fields: Any) -> Instrument:
    """The one that ships, or another one."""
    if not fields:
        return Instrument.objects.get(code="neutral", edition=1)
    domains = [{"code": "safety", "label": "Safety", "items": [{"code": "a", "label": "A"}]}]
    rule = {"least": 3.0, "no_item_at_one_in": ["safety"]}
    values = {"code": "invented", "edition": 1, "name": "Invented questions"}
    return Instrument.objects.create(
        **(values | {"domains": domains, "restored": rule, "is_offered": False} | fields)
    )


def assessment(case: Case | None = None, **fields: Any) -> Assessment:
    """Completed, every item of the shipped instrument at 3."""
    plan = fields.pop("plan", None) or care_plan(case)
    used = fields.pop("instrument", None) or instrument()
    values = {"assessed_on": date(2026, 4, 1), "status": "completed", "answers": all_at(3, used)}
    return Assessment.objects.create(
        case=plan.case,
        plan=plan,
        involvement=plan.involvement,
        instrument=used,
        **(values | fields),
    )


def all_at(score: int | None, used: Instrument | None = None) -> dict[str, int | None]:
    used = used or instrument()
    return {item["code"]: score for domain in used.domains for item in domain["items"]}


def progress_note(case: Case | None = None, **fields: Any) -> ProgressNote:
    referral = fields.pop("referral", None) or factories.referral(case)
    values = {"text": "Invented progress", "written_by": fields.pop("by", None) or factories.user()}
    return ProgressNote.objects.create(case=referral.case, referral=referral, **values)


def session_note(case: Case | None = None, text: str = "Invented words") -> SessionNote:
    service = factories.service_record(case, session="alone", minutes=45)
    return SessionNote.objects.create(case=service.case, service=service, text=text)


FACTORIES: dict[Any, Any] = {
    Placement: placement,
    CarePlan: care_plan,
    Goal: goal,
    PlanReview: plan_review,
    FollowUp: follow_up,
    Instrument: instrument,
    Assessment: assessment,
    ProgressNote: progress_note,
    SessionNote: session_note,
}
