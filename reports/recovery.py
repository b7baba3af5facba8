"""Care plans as they stood on a day, person by person: nobody is held once they are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db.models.functions import Coalesce

from aftercare.instruments import scored
from aftercare.models import Assessment, CarePlan, FollowUp, Instrument
from reports.sets import Beside, of_victims, told, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aftercare.instruments import Scored
    from reports.params import Params

PLACE = "case__jurisdiction"
WHO = Coalesce("involvement__victim__merged_into", "involvement__victim")
OF_PLAN = Coalesce("plan__involvement__victim__merged_into", "plan__involvement__victim")
SURVIVOR = Coalesce("victim__merged_into", "victim")  # the same, of an involvement itself


class Looked(NamedTuple):
    """One completed assessment, scored when somebody asks."""

    day: date
    pk: Any
    instrument: Instrument
    answers: str
    left_out: str

    def scored(self) -> Scored:
        return scored(self.instrument, orjson.loads(self.answers), orjson.loads(self.left_out))


class Call(NamedTuple):
    """One follow-up."""

    months: int
    contact_lost: bool
    safe: str
    in_school_or_work: str
    revictimised: str


@dataclass
class Course:
    """A care plan by the as-of day: `closed` is empty where it was open then."""

    opened: date
    pk: Any
    closed: date | None
    reason: str
    looked: list[Looked] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    @property
    def closing(self) -> Looked | None:
        """The last assessment within the dates of the plan."""
        return self.looked[-1] if self.looked else None

    def changes(self, closing: Scored) -> dict[str, float]:
        """By domain last minus first, where both were scored by the same questions."""
        if len(self.looked) < 2 or self.looked[0].instrument != self.looked[-1].instrument:
            return {}
        first = self.looked[0].scored().domains
        return {
            domain: score - before
            for domain, score in closing.domains.items()
            if score is not None and (before := first.get(domain)) is not None
        }


def courses(reader: Any, params: Params) -> Iterator[tuple[int, list[Course]]]:
    """Every person with a plan opened by the as-of day: the plans, the first opened first, with
    what was recorded of them by then. Four queries, walked side by side."""
    day = params.as_of
    plans = of_victims(CarePlan.objects.countable_by(reader), params, "involvement__")
    rows = within(plans, params, PLACE).filter(opened_on__lte=day)
    columns = ("opened_on", "pk", "closed_on", "closed_for")
    looked, calls = _assessments(reader, params), _follow_ups(reader, params)
    asked = told(rows, WHO, *columns, in_order=True)
    for who, some in groupby(asked, key=itemgetter(0)):
        found: dict[Any, Course] = {}
        for _who, opened, pk, closed, reason in sorted(some, key=itemgetter(1, 2)):
            over = closed is not None and closed <= day
            found[pk] = Course(opened, pk, closed if over else None, reason if over else "")
        for plan, *one in sorted(looked.every(who), key=itemgetter(1, 2)):
            course = found.get(plan)
            if course and (course.closed is None or one[0] <= course.closed):
                course.looked.append(Looked(*one))
        for plan, *one in sorted(calls.every(who), key=itemgetter(1)):
            if plan in found:
                found[plan].calls.append(Call(*one))
        yield who, list(found.values())


def _assessments(reader: Any, params: Params) -> Beside:
    used = {one.pk: one for one in Instrument.objects.all()}
    rows = Assessment.objects.countable_by(reader).completed().filter(assessed_on__lte=params.as_of)
    columns = ("plan", "assessed_on", "pk", "instrument", "answers", "left_out")
    every = told(within(rows, params, PLACE), OF_PLAN, *columns, in_order=True)
    return Beside((*row[:4], used[row[4]], *row[5:]) for row in every)


def _follow_ups(reader: Any, params: Params) -> Beside:
    rows = FollowUp.objects.countable_by(reader).filter(done_on__lte=params.as_of)
    columns = ("months", "contact_lost", "safe", "in_school_or_work", "revictimised")
    return Beside(told(within(rows, params, PLACE), OF_PLAN, "plan", *columns, in_order=True))


def latest_closed(every: list[Course]) -> Course | None:
    """Of the plans of a person the one that was closed last."""
    return max((one for one in every if one.closed), key=_closing_day, default=None)


def _closing_day(course: Course) -> tuple[date, date]:
    return course.closed or date.min, course.opened
