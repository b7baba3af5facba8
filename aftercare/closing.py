"""What the record must show before a care plan is closed, by reason. Data, and how it is read.

The house: a second pair of eyes closes a plan; these are the least of what it looks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aftercare.enums import GoalStatus, PlanEnd
from aftercare.instruments import score_of
from aftercare.models import Placement
from aftercare.schedule import next_assessment, next_review
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from aftercare.models import CarePlan, Provider


@dataclass(frozen=True)
class Criteria:
    """What one reason needs."""

    goals_ended: bool = False
    restored: bool = False  # by the rule of its questions, at the last assessment
    nothing_overdue: bool = False  # reviews and assessments were made by the day of closing
    receiver: bool = False  # somebody who goes on with the work
    attempts: int = 0  # days on which it was tried in vain to reach the person
    no_place: bool = False  # the person sleeps at no place on record any more


CRITERIA: dict[str, Criteria] = {
    PlanEnd.GOALS_MET: Criteria(goals_ended=True, restored=True, nothing_overdue=True),
    PlanEnd.TRANSFERRED: Criteria(receiver=True),
    PlanEnd.RELOCATED: Criteria(receiver=True),
    PlanEnd.DECLINED: Criteria(),
    PlanEnd.LOST_CONTACT: Criteria(attempts=3),
    PlanEnd.AGED_OUT: Criteria(goals_ended=True),
    PlanEnd.DECEASED: Criteria(no_place=True),
    PlanEnd.NOT_A_VICTIM: Criteria(no_place=True),
    PlanEnd.DUPLICATE: Criteria(no_place=True),
    PlanEnd.OTHER: Criteria(),
}


def require_met(
    plan: CarePlan, why: str, day: date, receiver: Provider | None, tried: Sequence[date]
) -> None:
    """Refuse where the record does not show what this reason needs, or says what it does not."""
    needs = CRITERIA[why]
    if needs.goals_ended and plan.goals.filter(status=GoalStatus.OPEN).exists():
        raise Refused(_("A goal is still open. Say what became of it, or choose another reason."))
    if needs.restored:
        _require_restored(plan)
    if needs.nothing_overdue:
        _require_nothing_overdue(plan, day)
    if needs.no_place and Placement.objects.filter(involvement=plan.involvement_id, until=None):
        raise Refused(_("A placement is still open. End it first."))
    if needs.receiver and receiver is None:
        raise Refused(_("Say who goes on with the work."), "handed_to")
    if receiver and not needs.receiver:
        raise Refused(_("Nobody goes on with the work where it ends for this reason."), "handed_to")
    _require_attempts(plan, needs.attempts, day, tried)


def _require_restored(plan: CarePlan) -> None:
    done = plan.assessments.completed().select_related("instrument")
    last = done.order_by("assessed_on", "created_at").last()
    if last is None:
        raise Refused(_("Nobody assessed the person yet. Assess, or choose another reason."))
    if not score_of(last).restored:
        words = _("By the last assessment the person is not restored. Choose another reason.")
        raise Refused(words)


def _require_nothing_overdue(plan: CarePlan, day: date) -> None:
    assessed = plan.assessments.completed().values_list("assessed_on", flat=True)
    reviewed = plan.reviews.values_list("reviewed_on", flat=True)
    if next_assessment(plan.opened_on, list(assessed)) < day:
        raise Refused(_("An assessment is overdue. Make it first, or choose another reason."))
    if next_review(plan.opened_on, list(reviewed)) < day:
        raise Refused(_("A review is overdue. Make it first, or choose another reason."))


def _require_attempts(plan: CarePlan, least: int, day: date, tried: Sequence[date]) -> None:
    if tried and not least:
        raise Refused(_("Attempts are asked for where contact is lost."), "tried_on")
    if any(one < plan.opened_on or one > day for one in tried):
        raise Refused(_("Each attempt lies within the days of the plan."), "tried_on")
    if len(set(tried)) < least:
        words = _("Name at least %(n)s days on which you tried in vain to reach the person.")
        raise Refused(words % {"n": least}, "tried_on")
