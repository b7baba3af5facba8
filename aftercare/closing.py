"""What the record must show before a care plan is closed, by reason. Data, and how it is read.

The house: a second pair of eyes closes a plan; these are the least of what it looks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from aftercare.enums import GoalStatus, PlanEnd
from aftercare.models import Placement
from aftercare.schedule import next_assessment, next_review
from core.alike.merging import one_person
from core.refusals import gettext as _
from core.services import Refused
from victims.ages import of_age_on
from victims.htcds import TraffickingStatus
from victims.models import Exploitation, Victim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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
    safe: bool = False  # no record of the person says that there is danger
    of_age: bool = False  # on the day of closing, by whichever record says an age
    found_no_victim: bool = False  # in this case, by that day
    no_place: bool = False  # the person sleeps at no place on record any more


CRITERIA: dict[str, Criteria] = {
    PlanEnd.GOALS_MET: Criteria(goals_ended=True, restored=True, nothing_overdue=True, safe=True),
    PlanEnd.TRANSFERRED: Criteria(receiver=True),
    PlanEnd.RELOCATED: Criteria(receiver=True),
    PlanEnd.DECLINED: Criteria(safe=True),
    PlanEnd.LOST_CONTACT: Criteria(attempts=3),
    PlanEnd.AGED_OUT: Criteria(goals_ended=True, of_age=True),
    PlanEnd.DECEASED: Criteria(no_place=True),
    PlanEnd.NOT_A_VICTIM: Criteria(no_place=True, found_no_victim=True),
    PlanEnd.DUPLICATE: Criteria(no_place=True),
    PlanEnd.OTHER: Criteria(),
}


def require_met(
    plan: CarePlan, why: str, day: date, receiver: Provider | None, tried: Sequence[date]
) -> None:
    """Refuse where the record does not show what this reason needs, or says what it does not."""
    needs = CRITERIA[why]
    for name, check in CHECKS.items():
        if getattr(needs, name):
            check(plan, day)
    if needs.receiver and receiver is None:
        raise Refused(_("Say who continues the work."), "handed_to")
    if receiver and not needs.receiver:
        raise Refused(
            _("Leave this empty: with this reason nobody continues the work."), "handed_to"
        )
    _require_attempts(plan, needs.attempts, day, tried)


def _require_goals_ended(plan: CarePlan, _day: date) -> None:
    if plan.goals.filter(status=GoalStatus.OPEN).exists():
        raise Refused(_("A goal is still open. Say what became of it, or choose another reason."))


def _require_no_place(plan: CarePlan, _day: date) -> None:
    if Placement.objects.filter(involvement=plan.involvement_id, until=None).exists():
        raise Refused(_("A placement is still open. End it first."))


def _require_restored(plan: CarePlan, _day: date) -> None:
    done = plan.assessments.completed().select_related("instrument")
    last = done.order_by("assessed_on", "created_at").last()
    if last is None:
        raise Refused(
            _("The person has not been assessed yet. Assess the person, or choose another reason.")
        )
    if not last.scored().restored:
        words = _(
            "The last assessment does not show the person as restored. Choose another reason."
        )
        raise Refused(words)


def _require_safe(plan: CarePlan, _day: date) -> None:
    of_person = Victim.objects.filter(one_person(plan.involvement.victim))
    if of_person.filter(safety_flag=True).exists():
        words = _(
            "The person is recorded as in danger. Deal with that first and record when it is"
            " over, or choose another reason."
        )
        raise Refused(words, "closed_for")


def _require_of_age(plan: CarePlan, day: date) -> None:
    if not of_age_on(plan.involvement, day):
        words = _(
            "According to the record the person may be under 18 on that day. If that is wrong,"
            " correct the age first."
        )
        raise Refused(words, "closed_for")


def _require_found_no_victim(plan: CarePlan, day: date) -> None:
    exploitations = Exploitation.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__lte=day),
        Q(involvement__victim=plan.involvement.victim.person)
        | Q(involvement__victim__merged_into=plan.involvement.victim.person),
        case=plan.case_id,
        status=TraffickingStatus.NOT,
    )
    if not exploitations.exists():
        words = _(
            "No decision on record says that this person is not a victim. First record the"
            " decision, and who made it."
        )
        raise Refused(words, "closed_for")


def _require_nothing_overdue(plan: CarePlan, day: date) -> None:
    assessed = plan.assessments.completed().values_list("assessed_on", flat=True)
    reviewed = plan.reviews.values_list("reviewed_on", flat=True)
    if next_assessment(plan.opened_on, list(assessed)) < day:
        raise Refused(_("An assessment is overdue. Make it first, or choose another reason."))
    if next_review(plan.opened_on, list(reviewed)) < day:
        raise Refused(_("A review is overdue. Make it first, or choose another reason."))


def _require_attempts(plan: CarePlan, least: int, day: date, tried: Sequence[date]) -> None:
    if tried and not least:
        raise Refused(_("Enter attempts only if contact is lost."), "tried_on")
    if any(attempt < plan.opened_on or attempt > day for attempt in tried):
        raise Refused(_("Each attempt must be within the days of the plan."), "tried_on")
    if len(set(tried)) < least:
        words = _(
            "Enter at least %(n)s days on which you tried to reach the person without success."
        )
        raise Refused(words % {"n": least}, "tried_on")


CHECKS: dict[str, Callable[[CarePlan, date], None]] = {
    "goals_ended": _require_goals_ended,
    "restored": _require_restored,
    "nothing_overdue": _require_nothing_overdue,
    "safe": _require_safe,
    "of_age": _require_of_age,
    "found_no_victim": _require_found_no_victim,
    "no_place": _require_no_place,
}
