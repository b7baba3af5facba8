"""Care plans as they stood on a day, person by person: nobody is held once they are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from aftercare.models import Assessment, CarePlan, FollowUp
from instruments.answers import scored
from instruments.models import Instrument
from reports.sets import FactByRow, row_by_row, within
from reports.survivors import of_victims
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from instruments.answers import Scored
    from reports.params import Params

PLACE = "case__jurisdiction"
WHO = standing("involvement__")
OF_PLAN = standing("plan__involvement__")
SURVIVOR = standing()  # the same, of an involvement itself


class Edition:
    """An instrument that is itself and no other: to compare models row by row takes long."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument


class Looked(NamedTuple):
    """One completed assessment, scored when somebody asks."""

    day: date
    pk: Any
    edition: Edition
    answers: str
    left_out: str

    def scored(self) -> Scored:
        return _scored(self.edition, self.answers, self.left_out)


@lru_cache(maxsize=4096)
def _scored(edition: Edition, answers: str, left_out: str) -> Scored:
    """Of the same answers once: an edition never changes, and the last of a plan is asked twice."""
    return scored(edition.instrument, orjson.loads(answers), orjson.loads(left_out))


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
    looked: list[Looked] = field(default_factory=list)  # of this plan, within its dates
    closing: Looked | None = None  # the last within its dates, in whichever case it was made
    calls: list[Call] = field(default_factory=list)

    def add(self, assessment: Looked, *, own: bool) -> None:
        """An assessment of the person, of this plan or not; they come in the order of their days.

        Of two on one day the plan's own is the closing one.
        """
        if self.closed is not None and self.closed < assessment.day:
            return
        if own:
            self.looked.append(assessment)
        if own or (
            self.opened <= assessment.day
            and (not self.closing or self.closing.day < assessment.day)
        ):
            self.closing = assessment


class Person(NamedTuple):
    """The care of one person in the cases asked for, by the as-of day."""

    courses: list[Course]  # the first opened first
    looked: list[Looked]  # the assessments of all these plans, the first first

    @property
    def is_open(self) -> bool:
        return any(course.closed is None for course in self.courses)

    @property
    def last_closed(self) -> Course | None:
        """Of the plans the one that was closed last."""
        return max(
            (course for course in self.courses if course.closed), key=_closing_day, default=None
        )


def changes(first: Looked, last: Looked) -> dict[str, float]:
    """By domain last minus first, where both were scored by the same questions."""
    if first.pk == last.pk or first.edition is not last.edition:
        return {}
    before = first.scored().domains
    return {
        domain: score - then
        for domain, score in last.scored().domains.items()
        if score is not None and (then := before.get(domain)) is not None
    }


def persons(reader: User, params: Params) -> Iterator[tuple[int, Person]]:
    """Every person with a plan opened by the as-of day, with what was recorded of the plans by
    then. Four queries, walked side by side."""
    day = params.as_of
    plans = of_victims(CarePlan.objects.countable_by(reader), params, "involvement__")
    rows = within(plans, params, PLACE).filter(opened_on__lte=day)
    looked, calls = _assessments(reader, params), _follow_ups(reader, params)
    facts_of_plan = ("opened_on", _text("pk"), "closed_on", "closed_for")
    asked = row_by_row(rows, WHO, *facts_of_plan, in_order=True)
    for who, some in groupby(asked, key=itemgetter(0)):
        courses: dict[Any, Course] = {}
        for _who, opened, pk, closed, reason in sorted(some, key=itemgetter(1, 2)):
            over = closed is not None and closed <= day
            courses[pk] = Course(opened, pk, closed if over else None, reason if over else "")
        here = []
        for plan, *columns in sorted(looked.every(who), key=itemgetter(1, 2)):
            seen = Looked(*columns)
            for course in courses.values():
                course.add(seen, own=plan == course.pk)
            if plan in courses:
                here.append(seen)
        for plan, *facts in sorted(calls.every(who), key=itemgetter(1)):
            if plan in courses:
                courses[plan].calls.append(Call(*facts))
        yield who, Person(list(courses.values()), here)


def _assessments(reader: User, params: Params) -> FactByRow:
    """Of whichever place: the closing assessment of a plan may be one of another case."""
    used = {str(each.pk): Edition(each) for each in Instrument.objects.all()}
    rows = Assessment.objects.countable_by(reader).completed().filter(assessed_on__lte=params.as_of)
    columns = ("assessed_on", _text("pk"), _text("instrument"), "answers", "left_out")
    every = row_by_row(rows, OF_PLAN, _text("plan"), *columns, in_order=True)
    return FactByRow((*row[:4], used[row[4]], *row[5:]) for row in every)


def _follow_ups(reader: User, params: Params) -> FactByRow:
    rows = FollowUp.objects.countable_by(reader).filter(done_on__lte=params.as_of)
    columns = ("months", "contact_lost", "safe", "in_school_or_work", "revictimised")
    return FactByRow(
        row_by_row(within(rows, params, PLACE), OF_PLAN, _text("plan"), *columns, in_order=True)
    )


def _text(key: str) -> Cast:
    """A key as text, which sorts alike: to make a million keys costs more than all the rest."""
    return Cast(key, TextField())


def _closing_day(course: Course) -> tuple[date, date]:
    return course.closed or date.min, course.opened
