"""Assessments: begun, answered domain by domain, completed. Only what is complete counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from aftercare.enums import AssessmentStatus
from aftercare.instruments import BEST, WORST, items_of, too_young
from aftercare.models import Assessment, CarePlan, Instrument
from aftercare.services.plans import require_open, reschedule
from aftercare.workflow import assessment_workflow
from casework.services.cases import require_open_case, require_past
from core import audit
from core.contradictions import refuse
from core.services import Refused, amend, service
from victims.ages import oldest_on

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from accounts.models import User
    from aftercare.instruments import Answers


@service(Perm.ASSESSMENT_RECORD)
def begin_assessment(
    plan: CarePlan,
    *,
    assessed_on: date,
    instrument: Instrument | None = None,
    answers: Mapping[str, int | None] | None = None,
    actor: User,
) -> Assessment:
    """Begin to assess a survivor; without another instrument, by the one used for this plan."""
    require_open_case(plan.case, actor)
    plan = require_open(plan, actor)
    require_past(plan.case, assessed_on)
    instrument = instrument or usual_instrument(plan)
    left_out = too_young(instrument, oldest_on(plan.involvement, assessed_on))
    given = _checked(instrument, _items_but(instrument, left_out), answers or {})
    if plan.assessments.filter(status=AssessmentStatus.BEGUN).exists():
        raise Refused(_("An assessment is begun already. Complete it or drop it first."))
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
    domain: str,
    answers: Mapping[str, int | None],
    actor: User,
) -> Assessment:
    """Write down the answers of one domain; what is left out there is not answered.

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
    given = _checked(assessment.instrument, codes, answers)
    kept = {code: score for code, score in assessment.answers.items() if code not in codes}
    answered = amend(assessment, version, answers=kept | given)
    answered.plan = plan
    audit.record("assessment.answered", answered, actor=actor, domain=domain)
    return answered


@service(Perm.ASSESSMENT_RECORD)
def move_assessment(assessment: Assessment, *, step: str, version: int, actor: User) -> Assessment:
    """Complete, drop or take up again an assessment because someone pressed its button."""
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


def _items_but(instrument: Instrument, left_out: Collection[str]) -> set[str]:
    applies = [domain for domain in instrument.domains if domain["code"] not in left_out]
    return {item["code"] for domain in applies for item in domain["items"]}


def _checked(instrument: Instrument, codes: set[str], answers: Mapping[str, int | None]) -> Answers:
    if unknown := sorted(set(answers) - codes):
        words = _("There is no such item here: %(items)s.")
        raise Refused(words % {"items": ", ".join(name[:40] for name in unknown[:5])}, "answers")
    if any(score is not None and not WORST <= score <= BEST for score in answers.values()):
        raise Refused(_("An item is scored from 1 to 4, or does not apply."), "answers")
    return dict(answers)
