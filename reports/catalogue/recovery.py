"""How survivors recover: assessed, restored, followed up; and all of it beside justice."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from aftercare.enums import CareDomain, PlanEnd
from aftercare.schedule import FOLLOWED_UP_AFTER, months_after, next_assessment
from casework.enums import Answer
from reports import beside_justice
from reports.base import COUNT, NUMBER, SHARE, Column
from reports.beside_justice import Outcome
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids
from reports.recovery import changes, persons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from reports.params import Params
    from reports.recovery import Course, Person

SOON = timedelta(days=30)
NEVER = "never"  # assessed
CHANGES = ("change", "change_open")  # of those without an open plan, of those with one
AFTERWARDS = ("safe", "school_or_work", "revictimised")


def _of(label: StrOrPromise, kind: str = SHARE) -> Measure:
    return Measure(label, kind=kind, survivors=True)


class Recovery(Measures):
    """Restored at closing, change of each part of life, what is due, how people are afterwards."""

    slug = "aftercare-outcomes"
    version = 7
    title = _("How survivors recover")
    unit = _("persons")
    people = "victims.Victim"
    definition = _(
        "Survivors in cases of the place and programme, without persons found not to be victims in "
        "that case. A person counts once, by the latest plan closed by the as-of day, if that plan "
        "was closed in the period. Closing assessment: the last one completed within the dates of "
        "the plan, in any case. Restored: by the rule of its questions; for the neutral questions, "
        "every part of life at 3.0 or above and no item of safety at 1. A part of life is scored "
        "if at least half of the items that apply are answered. If one part is not scored, the "
        "person cannot be scored and is left out of the share. Change, for persons assessed in the "
        "period: their last assessment in it less their first ever, in all plans of the place and "
        "programme, for each part of life that the same questions scored both times; persons with "
        "an open plan on the as-of day and persons without one are shown separately. Due on the "
        "as-of day, for persons with an open plan: an assessment 30 days after opening, then at 6, "
        "12, 24 … months. A late assessment meets only the due day that has passed; an early one "
        "meets the next due day if it is nearer to it. An assessment due on the as-of day is not "
        "overdue. Afterwards: the answer at the last follow-up, of those who gave one. Exploited "
        "or abused again: reported at any follow-up, after any plan. Beside justice: each outcome "
        "by whether the person testified, and by whether somebody was convicted in a case of "
        "theirs, both by the as-of day and at first instance. Not known: members of that group who "
        "are left out of the share. “Without a conviction” includes undecided charges, which also "
        "have a line of their own. These are two facts side by side, not cause and effect. "
        "Compensation: survivors who received any payment of a sentence by the as-of day, of those "
        "for whom a sentence in force on that day orders a sum by name. Interval: Wilson, 95 %."
    )
    measures = {
        "assessed": _of(_("Survivors assessed in the period"), COUNT),
        "closed": _of(_("Plans closed, persons"), COUNT),
        "restored": _of(_("Restored at closing")),
        "not_scorable": _of(_("Closing assessment not scorable"), COUNT),
        "not_assessed": _of(_("Closed without an assessment"), COUNT),
        "change": _of(_("Mean change, first to last, no plan open"), NUMBER),
        "change_open": _of(_("Mean change, first to last, plan open"), NUMBER),
        "assessment_due": _of(_("Assessment due within 30 days")),
        "assessment_overdue": _of(_("Assessment overdue")),
        "followed_up": _of(_("Followed up, of those due")),
        "lost": _of(_("Contact lost at the last follow-up")),
        "safe": _of(_("Safe at the last follow-up")),
        "school_or_work": _of(_("In school or at work at the last follow-up")),
        "revictimised": _of(_("Exploited or abused again")),
    } | beside_justice.MEASURES
    columns = (*Measures.columns, Column("pending", _("Not known yet"), survivors=True))
    keys = (Column("domain", _("Part of life"), words=dict(CareDomain.choices)),)
    headline = "restored|"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        figures = Figures(params)
        for who, person in persons(reader, params):
            figures.add(who, person)
        yield _count("assessed", figures.assessed)
        yield _count("closed", figures.closed)
        yield from _at_closing(figures.restored)
        for measure in CHANGES:
            yield from _changes(measure, figures.changes[measure], figures.changed[measure])
        yield share("assessment_due", figures.soon - figures.overdue, figures.open)
        yield share("assessment_overdue", figures.overdue, figures.open)
        yield share("followed_up", figures.due & figures.called, figures.due)
        yield share("lost", figures.lost, figures.called)
        for measure, outcome in figures.outcomes.items():
            if measure != "restored":
                yield share(measure, outcome.true, outcome.known)
        yield from beside_justice.figures(figures.outcomes, figures.closed, reader, params)
        yield beside_justice.compensated(reader, params)


def _count(measure: str, people: Ids) -> Figure:
    return Figure(measure, k=people, value=len(people))


class Figures:
    """Who is in which figure, put together person by person."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self.assessed, self.closed, self.open = Ids(), Ids(), Ids()
        self.restored: dict[Any, Ids] = {True: Ids(), False: Ids(), None: Ids(), NEVER: Ids()}
        self.changes: dict[str, dict[str, Counter[float]]] = {
            measure: defaultdict(Counter) for measure in CHANGES
        }
        self.changed: dict[str, dict[str, Ids]] = {measure: defaultdict(Ids) for measure in CHANGES}
        self.overdue, self.soon = Ids(), Ids()
        self.due, self.called, self.lost = Ids(), Ids(), Ids()
        self._said = {name: Outcome(Ids(), Ids()) for name in AFTERWARDS}

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """What is known of whom, by measure."""
        scorable = self.restored[True] | self.restored[False]
        return self._said | {"restored": Outcome(self.restored[True], scorable)}

    def add(self, who: int, person: Person) -> None:
        """Count one person."""
        every = person.courses
        if any(
            _in_period(assessment.day, self._params)
            for course in every
            for assessment in course.looked
        ):
            self.assessed.add(who)
        self._add_change(who, person)
        for course in every:
            if course.closed is None:
                self._add_open(who, course)
        last = person.last_closed
        if last and last.closed and _in_period(last.closed, self._params):
            self.closed.add(who)
            self._add_closing(who, last)
            if last.reason in PlanEnd.FOLLOWED:
                self._add_followed(who, last, last.closed)
                # Exploited again is not undone by a later answer: said at any follow-up.
                words = {call.revictimised for course in every for call in course.calls}
                self._say("revictimised", who, Answer.YES in words, words - {Answer.UNKNOWN})

    def _add_open(self, who: int, course: Course) -> None:
        day = self._params.as_of
        self.open.add(who)
        due = next_assessment(course.opened, [assessment.day for assessment in course.looked])
        if due < day:
            self.overdue.add(who)
        elif due <= day + SOON:
            self.soon.add(who)

    def _add_closing(self, who: int, course: Course) -> None:
        closing = course.closing.scored() if course.closing else None
        self.restored[closing.restored if closing else NEVER].add(who)

    def _add_change(self, who: int, person: Person) -> None:
        inside = [
            assessment for assessment in person.looked if _in_period(assessment.day, self._params)
        ]
        if inside:
            measure = CHANGES[person.is_open]
            for domain, change in changes(person.looked[0], inside[-1]).items():
                self.changes[measure][domain][change] += 1
                self.changed[measure][domain].add(who)

    def _add_followed(self, who: int, course: Course, closed: date) -> None:
        if months_after(closed, FOLLOWED_UP_AFTER[0]) <= self._params.as_of:
            self.due.add(who)
        if course.calls:
            last = course.calls[-1]
            self.called.add(who)
            if last.contact_lost:
                self.lost.add(who)
            for name, word in (("safe", last.safe), ("school_or_work", last.in_school_or_work)):
                self._say(name, who, word == Answer.YES, word != Answer.UNKNOWN)

    def _say(self, name: str, who: int, true: object, known: object) -> None:
        if known:
            self._said[name].known.add(who)
        if true:
            self._said[name].true.add(who)


def _in_period(day: date, params: Params) -> bool:
    return (params.start is None or params.start <= day) and day <= params.until


def _at_closing(outcomes: dict[object, Ids]) -> Iterator[Figure]:
    yield share("restored", outcomes[True], outcomes[True] | outcomes[False])
    yield _count("not_scorable", outcomes[None])
    yield _count("not_assessed", outcomes[NEVER])


def _changes(
    measure: str, by_domain: dict[str, Counter[float]], people: dict[str, Ids]
) -> Iterator[Figure]:
    """Of each part of life the mean over those scored twice, in the order it is asked."""
    for domain in sorted(by_domain, key=_order):
        mean = fmean(by_domain[domain].elements())
        yield Figure(measure, n=people[domain], value=mean, own={"domain": domain})


def _order(domain: str) -> tuple[int, str]:
    known = CareDomain.values
    return (known.index(domain) if domain in known else len(known), domain)
