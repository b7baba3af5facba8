"""Attrition: how far persons get from being identified to a conviction that is final."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.base import COUNT, SHARE, Column, rate
from reports.measures import Figure, Measure, Measures
from reports.stages import WORDS, days_by_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.params import Params
    from reports.sets import Ids


class AttritionFunnel(Measures):
    """A cohort of persons through the stages, or what happened in a period."""

    slug = "attrition-funnel"
    version = 2
    title = _("Attrition funnel")
    unit = _("persons")
    people = "prosecutions.Perpetrator"
    takes = ("basis", "attribution")
    chart = "funnel"
    definition = _(
        "Cohort: the persons first identified in the period in cases of the place, and how far "
        "they came by the as-of day. Identified is the first day on record: entered, complaint, "
        "arrest, charge sheet or charge. Each stage is a subset of the one before: whoever skips "
        "a stage (summoned without an arrest, pleaded before a trial) leaves there and is shown, "
        "with the count. Charge sheet: also a charge filed in court. Trial: a framed charge was "
        "not decided before the trial began; a verdict at trial says that it did. Judgment: a "
        "verdict; judgment, conviction and sentence are of first instance; prison is months or "
        "life, not suspended; final is a conviction that stands and against which no appeal is "
        "open. Asked for one attribution, arrests and judgments of others do not count. Period: "
        "whoever had any event of the stage in the period; later stages may hold more persons "
        "than earlier ones. Natural persons, by place of the case. Interval: Wilson, 95 %."
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

    def figures(self, reader: Any, params: Params) -> Iterator[Figure]:
        days = days_by_person(reader, params)
        if params.basis == "period":
            yield from _events(days, params)
        else:
            yield from _cohort(days, params)


def _cohort(days: dict[str, dict[Any, list[Any]]], params: Params) -> Iterator[Figure]:
    ever = {stage: set(persons) for stage, persons in days.items()}
    here = {who for who, on in days["identified"].items() if _in_period(min(on), params)}
    stages = list(ever)
    first = here
    yield Figure("reached", here, own={"stage": stages[0]}, beside=_left(set(), 1.0, first, set()))
    for place, stage in enumerate(stages[1:], start=1):
        before, here = here, here & ever[stage]
        later: Ids = set().union(*(ever[code] for code in stages[place + 1 :]))
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


def _events(days: dict[str, dict[Any, list[Any]]], params: Params) -> Iterator[Figure]:
    for stage, persons in days.items():
        here = {who for who, on in persons.items() if any(_in_period(day, params) for day in on)}
        yield Figure("events", here, value=len(here), own={"stage": stage})


def _in_period(day: Any, params: Params) -> bool:
    return (params.start is None or params.start <= day) and day <= params.until
