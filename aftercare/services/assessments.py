"""Assessments: begun, answered domain by domain, completed. Only what is complete counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.enums import AssessmentStatus
from aftercare.models import Assessment, CarePlan
from aftercare.services.plans import require_open, reschedule
from aftercare.workflow import assessment_workflow
from casework.services.cases import require_open_case, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from instruments.answers import applying, checked_answers, items_of, too_young
from instruments.models import Instrument
from victims.ages import oldest_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.models import User


@service(Perm.ASSESSMENT_RECORD, label=gettext_lazy("Assess a survivor"))
def begin_assessment(
    plan: CarePlan,
    *,
    assessed_on: date,
    instrument: Instrument | None = None,
    answers: Mapping[str, int | None] | None = None,
    actor: User,
) -> Assessment:
    """Begin an assessment, question by question, one page for each part of life; 1 is the
    worst. It has the questions used before in this plan unless others are chosen."""
    require_open_case(plan.case, actor)
    plan = require_open(plan, actor)
    require_past(plan.case, assessed_on)
    instrument = instrument or usual_instrument(plan)
    left_out = too_young(instrument, oldest_on(plan.involvement, assessed_on))
    applies = applying(instrument, left_out)
    items = {item["code"] for domain in applies for item in domain["items"]}
    given = checked_answers(items, answers or {})
    if plan.assessments.filter(status=AssessmentStatus.BEGUN).exists():
        raise Refused(_("Another assessment is in progress. Complete or drop it first."))
    begun = Assessment(
        case=plan.case,
        involvement_id=plan.involvement_id,
        plan=plan,
        instrument=instrument,
        assessed_on=assessed_on,
        answers=given,
        left_out=left_out,
    )
    begun.save(force_insert=True)
    refuse(begun)
    audit.record("assessment.begun", begun, actor=actor)
    return begun


@service(Perm.ASSESSMENT_RECORD)
def answer_domain(
    assessment: Assessment,
    *,
    version: int,
    domain: Annotated[str, Column(length=40)],
    answers: Mapping[str, int | None],
    actor: User,
) -> Assessment:
    """Record the answers of one domain; items left out are not answered.

    Raises `Stale`.
    """
    plan = require_open(assessment.plan, actor)
    if assessment.status != AssessmentStatus.BEGUN:
        raise Refused(_("This assessment is completed or dropped. Take it up again first."))
    codes = {item["code"] for item in items_of(assessment.instrument, domain)}
    if not codes:
        raise Refused(_("There is no such domain in this assessment."))
    if domain in assessment.left_out:
        raise Refused(_("This part does not apply: the person is too young for it."))
    given = checked_answers(codes, answers)
    kept = {code: score for code, score in assessment.answers.items() if code not in codes}
    answered = amend(assessment, version, answers=kept | given)
    answered.plan = plan
    audit.record("assessment.answered", answered, actor=actor, domain=domain)
    return answered


@service(Perm.ASSESSMENT_RECORD)
def move_assessment(assessment: Assessment, *, step: str, version: int, actor: User) -> Assessment:
    """Complete or drop an assessment, or take it up again."""
    if step == "take_up":
        require_open_case(assessment.case, actor)
    plan = require_open(assessment.plan, actor)
    moved: Assessment = assessment_workflow.move(assessment, step, actor=actor, version=version)
    reschedule(plan)
    return moved


def usual_instrument(plan: CarePlan) -> Instrument:
    """The one the plan was assessed by before, so that the scores compare; else one on offer."""
    before = plan.assessments.completed().select_related("instrument").order_by("-assessed_on")
    if last := before.first():
        return last.instrument
    offered = Instrument.objects.filter(is_offered=True).order_by("created_at")
    first: Instrument | None = offered.first()
    if first is None:
        raise Refused(_("There is no set of questions yet. Ask your administrator to add one."))
    return first
