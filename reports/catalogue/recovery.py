"""How survivors recover: assessed, restored, followed up; and all of it beside justice."""

from __future__ import annotations

from collections import defaultdict
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
from reports.recovery import Course, courses, latest_closed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aftercare.models import FollowUp
    from reports.params import Params

SOON = timedelta(days=30)


def _of(label: Any, kind: str = SHARE) -> Measure:
    return Measure(label, kind=kind, survivors=True)


class Recovery(Measures):
    """Restored at closing, change of each part of life, what is due, how people are afterwards."""

    slug = "aftercare-outcomes"
    version = 5
    title = _("How survivors recover")
    unit = _("persons")
    people = "victims.Victim"
    definition = _(
        "Survivors in cases of the place and programme, without whoever was found not to be a "
        "victim in that case; a person counts once, by the latest plan "
        "closed by the as-of day, if it was closed in the period. Closing assessment: the last "
        "completed one within the dates of the plan. Restored: by the rule of its questions, for "
        "the neutral ones every part of life at 3.0 or above and no item of safety at 1. A part "
        "of life counts with at least half of the items that apply answered; where one is "
        "missing the person is not scorable and outside the share. Change: last minus first, "
        "where both were scored by the same questions. Due on the as-of day, of persons with an "
        "open plan: an assessment 30 days after opening, then at 6, 12, 24 … months; a late one "
        "meets only the due day that has come, an early one the next if it is nearer to it; due "
        "that day is not overdue. Afterwards: the answer at the last follow-up, of those who gave "
        "one; exploited or abused again: said at any follow-up, after any plan. Beside justice: "
        "each outcome by whether the person testified and whether somebody was convicted in a "
        "case of theirs, both by the as-of day, first instance; not known: of that group, those "
        "outside the share; without a conviction includes charges that are undecided, counted in "
        "a line of their own; two facts side by side, not cause and effect. Interval: Wilson, 95 %."
    )
    measures = {
        "assessed": _of(_("Survivors assessed in the period"), COUNT),
        "closed": _of(_("Plans closed, persons"), COUNT),
        "restored": _of(_("Restored at closing")),
        "not_scorable": _of(_("Closing assessment not scorable"), COUNT),
        "not_assessed": _of(_("Closed without an assessment"), COUNT),
        "change": _of(_("Mean change, first to last"), NUMBER),
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

    def figures(self, reader: Any, params: Params) -> Iterable[Figure]:
        every = courses(reader, params)
        closed = {
            who: course
            for who, course in latest_closed(every).items()
            if course.closed and _in_period(course.closed, params)
        }
        yield _count("assessed", _assessed(every, params))
        yield _count("closed", Ids(closed))
        restored = yield from _at_closing(closed)
        yield from _changes(closed)
        yield from _due(every, params)
        outcomes = yield from _afterwards(closed, every, params)
        outcomes["restored"] = restored
        yield from beside_justice.figures(outcomes, Ids(closed), reader, params)


def _count(measure: str, people: Ids) -> Figure:
    return Figure(measure, k=people, value=len(people))


def _in_period(day: Any, params: Params) -> bool:
    return (params.start is None or params.start <= day) and day <= params.until


def _assessed(every: list[Course], params: Params) -> Ids:
    return Ids(c.person for c in every if any(_in_period(one.day, params) for one in c.looked))


def _at_closing(closed: dict[Any, Course]) -> Any:
    """Yields the figures; returns who is restored, and of whom it can be said."""
    found: dict[Any, Ids] = defaultdict(Ids)
    for who, course in closed.items():
        found[course.closing.scored.restored if course.closing else "never"].add(who)
    scorable = found[True] | found[False]
    yield share("restored", found[True], scorable)
    yield _count("not_scorable", found[None])
    yield _count("not_assessed", found["never"])
    return Outcome(found[True], scorable)


def _changes(closed: dict[Any, Course]) -> Iterator[Figure]:
    """Of each part of life the mean over those scored twice, in the order it is asked."""
    by_domain: dict[str, dict[Any, float]] = defaultdict(dict)
    for who, course in closed.items():
        for domain, change in course.changes().items():
            by_domain[domain][who] = change
    for domain in sorted(by_domain, key=_order):
        values = by_domain[domain]
        mean = fmean(values.values())
        yield Figure("change", n=Ids(values), value=mean, own={"domain": domain})


def _order(domain: str) -> tuple[int, str]:
    known = CareDomain.values
    return (known.index(domain) if domain in known else len(known), domain)


def _due(every: list[Course], params: Params) -> Iterator[Figure]:
    day = params.as_of
    people, overdue, soon = Ids(), Ids(), Ids()
    for course in every:
        if course.closed is None:
            people.add(course.person)
            due = next_assessment(course.opened, [one.day for one in course.looked])
            if due < day:
                overdue.add(course.person)
            elif due <= day + SOON:
                soon.add(course.person)
    yield share("assessment_due", soon - overdue, people)
    yield share("assessment_overdue", overdue, people)


def _afterwards(closed: dict[Any, Course], every: list[Course], params: Params) -> Any:
    """Yields the figures; returns what was answered, by measure."""
    followed = {w: c for w, c in closed.items() if c.reason in PlanEnd.FOLLOWED}
    last: dict[Any, FollowUp] = {w: c.calls[-1] for w, c in followed.items() if c.calls}
    first = FOLLOWED_UP_AFTER[0]
    due = Ids(
        w for w, c in followed.items() if c.closed and months_after(c.closed, first) <= params.as_of
    )
    yield share("followed_up", due & Ids(last), due)
    yield share("lost", Ids(w for w, call in last.items() if call.contact_lost), Ids(last))
    asked: dict[str, Callable[[FollowUp], str]] = {
        "safe": lambda call: call.safe,
        "school_or_work": lambda call: call.in_school_or_work,
    }
    outcomes = {}
    for measure, answer in asked.items():
        said = {w: answer(call) for w, call in last.items() if answer(call) != Answer.UNKNOWN}
        one = Outcome(Ids(w for w, word in said.items() if word == Answer.YES), Ids(said))
        outcomes[measure] = one
        yield share(measure, one.true, one.known)
    again = outcomes["revictimised"] = _again(Ids(followed), every)
    yield share("revictimised", again.true, again.known)
    return outcomes


def _again(people: Ids, every: list[Course]) -> Outcome:
    """Exploited again is not undone by a later answer: of these persons, said at any follow-up."""
    said: dict[Any, set[str]] = defaultdict(set)
    for course in every:
        if course.person in people:
            said[course.person] |= {call.revictimised for call in course.calls}
    known = Ids(who for who, words in said.items() if words - {Answer.UNKNOWN})
    return Outcome(Ids(who for who, words in said.items() if Answer.YES in words), known)
