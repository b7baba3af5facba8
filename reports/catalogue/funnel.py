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
        "they came by the as-of day. A person is identified on the first day on record: the day we "
        "learned of them, or that of a complaint, arrest, charge sheet or charge. Each stage is "
        "part of the stage before. A person who skips a stage, for example summoned without an "
        "arrest or pleaded before a trial, leaves the funnel there; the number who skipped it is "
        "shown. Charge sheet: the persons the police send up by it, not everybody named in the "
        "complaint; a charge filed in court counts too. Trial: a framed charge was still undecided "
        "when the trial began, on the day recorded, or else on the day of a verdict at trial. "
        "Judgment: a verdict. Judgment, conviction and sentence are of first instance. Prison: "
        "months or life, not suspended. Final: a conviction in force against which no appeal is "
        "open. If you ask for one attribution, arrests and judgments of others do not count. "
        "Period: persons with any event of the stage in the period, so later stages may have more "
        "persons than earlier ones. Natural persons only, by place of the case. Interval: Wilson, "
        "95 %."
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
    ever = {stage: persons.ever for stage, persons in every.items()}
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
    events |= {stage: persons.here for stage, persons in reached(walk).items()}
    for stage, here in events.items():
        yield Figure("events", here, value=len(here), own={"stage": stage})
