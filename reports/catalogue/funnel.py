"""Attrition: how far persons get from being identified to a conviction that is final."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.base import COUNT, SHARE, Column, rate
from reports.measures import Figure, Measure, Measures
from reports.numbers import Ids, union
from reports.stages import FIRST, WORDS, Walk, identified, reached, suspected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from reports.params import Params


class AttritionFunnel(Measures):
    """A cohort of persons through the stages, or what happened in a period."""

    slug = "attrition-funnel"
    version = 3
    title = _("Attrition funnel")
    unit = _("persons")
    people = "prosecutions.Perpetrator"
    takes = ("basis", "attribution")
    chart = "funnel"
    definition = _(
        "Cohort: the persons first identified in the period in cases of the place, and how far "
        "they came by the as-of day. Identified is the first day on record: that on which we "
        "learned of the person, complaint, arrest, charge sheet or charge. Each stage is a subset "
        "of the one before: whoever skips a stage (summoned without an arrest, pleaded before a "
        "trial) leaves there and is shown, with the count. Charge sheet: whom the police send up "
        "by it, not all whom the complaint names; also a charge filed in court. Trial: a framed "
        "charge was not decided before the trial began, on the day recorded; where none is, on "
        "that of a verdict at trial. Judgment: a verdict; judgment, conviction and sentence are of "
        "first instance; prison is months or life, not suspended; final is a conviction that "
        "stands and against which no appeal is open. Asked for one attribution, arrests and "
        "judgments of others do not count. Period: whoever had any event of the stage in the "
        "period; later stages may hold more persons than earlier ones. Natural persons, by place "
        "of the case. Interval: Wilson, 95 %."
    )
    measures = {
        "reached": Measure(_("Reached, of the stage before")),
        "events": Measure(_("With an event in the period"), kind=COUNT),
    }
    keys = (Column("stage", _("Stage"), words=WORDS),)
    lead = "stage"
    columns = (
        Column("k", _("Persons")),
        Column("n", _("Stage before")),
        Column("value", _("Of the stage before")),
        Column("low", _("Interval from")),
        Column("high", _("Interval to")),
        Column("overall", _("Of those identified"), kind=SHARE, of="identified"),
        Column("left", _("Left here")),
        Column("skipped", _("Of these, went on without it")),
    )
    headline = "reached|convicted"
    headline_columns = ("overall", "identified")

    def figures(self, reader: User, params: Params) -> Iterator[Figure]:
        if params.basis == "period":
            yield from _events(Walk(reader, params))
        else:
            yield from _cohort(Walk(reader, params))


def _cohort(walk: Walk) -> Iterator[Figure]:
    every = reached(walk)
    ever = {stage: one.ever for stage, one in every.items()}
    first = here = identified(walk, every)
    stages = list(ever)
    yield Figure("reached", here, own={"stage": FIRST}, beside=_left(Ids(), 1.0, first, Ids()))
    for place, stage in enumerate(stages):
        before, here = here, here & ever[stage]
        later = union(ever[code] for code in stages[place + 1 :])
        gone = before - here
        of = rate(len(here), len(before))
        yield Figure(
            "reached",
            here,
            before,
            value=of["rate"],
            low=of["low"],
            high=of["high"],
            own={"stage": stage},
            beside=_left(gone, len(here) / len(first) if first else None, first, gone & later),
        )


def _left(gone: Ids, overall: float | None, first: Ids, skipped: Ids) -> dict[str, Any]:
    return {"overall": overall, "identified": len(first), "left": gone, "skipped": skipped}


def _events(walk: Walk) -> Iterator[Figure]:
    events = {FIRST: suspected(walk)}
    events |= {stage: one.here for stage, one in reached(walk).items()}
    for stage, here in events.items():
        yield Figure("events", here, value=len(here), own={"stage": stage})
