"""Care plans as they stood on a day: of each survivor the latest closed one, and who is open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce

from aftercare.instruments import Scored, scored
from aftercare.models import Assessment, CarePlan, FollowUp, Instrument
from reports.sets import of_victims, told, within

if TYPE_CHECKING:
    from reports.params import Params

PLACE = "case__jurisdiction"
WHO = Coalesce("involvement__victim__merged_into", "involvement__victim")
SURVIVOR = Coalesce("victim__merged_into", "victim")  # the same, of an involvement itself


@dataclass(frozen=True)
class Looked:
    """One completed assessment, scored."""

    day: date
    instrument: Any
    scored: Scored


@dataclass
class Course:
    """A care plan by the as-of day: `closed` is empty where it was open then."""

    person: Any
    opened: date
    closed: date | None
    reason: str
    looked: list[Looked] = field(default_factory=list)
    calls: list[FollowUp] = field(default_factory=list)

    @property
    def closing(self) -> Looked | None:
        """The last assessment within the dates of the plan."""
        return self.looked[-1] if self.looked else None

    def changes(self) -> dict[str, float]:
        """By domain last minus first, where both were scored by the same questions."""
        if len(self.looked) < 2 or self.looked[0].instrument != self.looked[-1].instrument:
            return {}
        first, last = self.looked[0].scored.domains, self.looked[-1].scored.domains
        return {
            domain: score - before
            for domain, score in last.items()
            if score is not None and (before := first.get(domain)) is not None
        }


def courses(reader: Any, params: Params) -> list[Course]:
    """Every plan opened by the as-of day, with what was recorded of it by then: four queries."""
    day = params.as_of
    plans = of_victims(CarePlan.objects.countable_by(reader), params, "involvement__")
    plans = within(plans, params, PLACE)
    found: dict[Any, Course] = {}
    rows = plans.filter(opened_on__lte=day)
    asked = told(rows, WHO, "pk", "opened_on", "closed_on", "closed_for")
    for who, pk, opened, closed, reason in sorted(asked, key=itemgetter(2, 1)):
        over = closed is not None and closed <= day
        found[pk] = Course(who, opened, closed if over else None, reason if over else "")
    _add_assessments(found, Assessment.objects.countable_by(reader), day)
    calls = FollowUp.objects.countable_by(reader).filter(done_on__lte=day)
    for call in calls.order_by("months"):
        if call.plan_id in found:
            found[call.plan_id].calls.append(call)
    return list(found.values())


def _add_assessments(found: dict[Any, Course], assessments: Any, day: date) -> None:
    used = {one.pk: one for one in Instrument.objects.all()}
    done = assessments.completed().filter(assessed_on__lte=day).order_by("assessed_on", "pk")
    for plan, instrument, on, answers, left_out in done.values_list(
        "plan", "instrument", "assessed_on", "answers", "left_out"
    ):
        course = found.get(plan)
        if course and (course.closed is None or on <= course.closed):
            score = scored(used[instrument], answers, left_out)
            course.looked.append(Looked(on, instrument, score))


def latest_closed(every: list[Course]) -> dict[Any, Course]:
    """Of each person the plan that was closed last."""
    by_person: dict[Any, list[Course]] = defaultdict(list)
    for course in every:
        if course.closed:
            by_person[course.person].append(course)
    return {who: max(some, key=_closing_day) for who, some in by_person.items()}


def _closing_day(course: Course) -> tuple[date, date]:
    return course.closed or date.min, course.opened
