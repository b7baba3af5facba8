"""How long justice takes, with what is still pending counted as not over yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Rescue
from prosecutions.enums import Disposition
from prosecutions.models import Arrest, ChargeDecision, Judgment, Prosecution
from reports.base import COUNT, DAYS, Column
from reports.dispositions import dockets
from reports.measures import Figure, Measure, Measures
from reports.numbers import Ids
from reports.sets import FactByRow, numbers, row_by_row, within
from reports.statistics import Step, kaplan_meier, median_time, quantile, step_at
from reports.verdicts import VERDICT, ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from accounts.models import User
    from prosecutions.querysets import DecisionQuerySet
    from reports.params import Params

YEAR = 365.25
YEARS = (1, 2, 3)
MOST_STEPS = 80  # of a curve as it is kept
CENSORED = Disposition.LEFT
PROCEEDING, CASE = "proceeding", "case"


class Span(NamedTuple):
    """How long one proceeding or case took, or has been waiting."""

    pk: int
    days: int
    over: bool


class Spans:
    """All of them: who they are, and how many took how long."""

    def __init__(self, every: Iterable[Span]) -> None:
        self.everyone, self.decided = Ids(), Ids()
        self.times = Counter[tuple[int, bool]]()
        for span in every:
            self.everyone.add(span.pk)
            if span.over:
                self.decided.add(span.pk)
            self.times[span.days, span.over] += 1

    @property
    def longest(self) -> int | None:
        return max((days for days, _over in self.times), default=None)

    @property
    def of_decided(self) -> Counter[int]:
        return Counter({days: many for (days, over), many in self.times.items() if over})


class TimeToVerdict(Measures):
    """Filing to decision for each proceeding, rescue to first verdict for each case."""

    slug = "time-to-verdict"
    title = _("Time to a verdict")
    unit = _("proceedings, cases")
    people = "prosecutions.Prosecution"
    takes = ("attribution",)
    chart = "survival"
    definition = _(
        "Proceedings filed in the period, by place of the court: the time from filing to the last "
        "decision at first instance, once every charge is decided. Archived, stayed, provisionally "
        "dismissed and transferred proceedings are followed up to that day, without a decision. "
        "Cases with their first rescue in the period, by place of the case: the time from that "
        "rescue to the first verdict at first instance of any court, followed up to the closing of "
        "the case. Pending ones are followed up to the as-of day. Median and share still open: "
        "Kaplan–Meier, with Greenwood’s interval, 95 %; the median is the first day by which at "
        "most half are open. Other quantiles: decided ones only, by linear interpolation; they "
        "leave out those that take longest. If you ask for one attribution: that of a judgment, or "
        "before one that of an arrest."
    )
    measures = {
        "median": Measure(_("Median, with what is pending"), kind=DAYS),
        "still_open": Measure(_("Still open")),
        "decided_median": Measure(_("Median of the decided"), kind=DAYS),
        "decided_quartile_1": Measure(_("First quartile of the decided"), kind=DAYS),
        "decided_quartile_3": Measure(_("Third quartile of the decided"), kind=DAYS),
        "decided_p90": Measure(_("90 % of the decided took at most"), kind=DAYS),
        "pending": Measure(_("Pending, or left without a decision"), kind=COUNT),
    }
    keys = (
        Column(
            "clock",
            _("From when"),
            words={
                PROCEEDING: _("Filing to decision, per proceeding"),
                CASE: _("Rescue to first verdict, per case"),
            },
        ),
        Column("years", _("After years")),
    )
    columns = (
        Column("value", _("Value")),
        Column("low", _("Interval from")),
        Column("high", _("Interval to")),
        Column("k", _("Counted")),
        Column("n", _("Followed")),
    )
    headline = f"median|{PROCEEDING}|"

    def figures(self, reader: User, params: Params) -> Iterator[Figure]:
        yield from _clock(PROCEEDING, Spans(proceedings(reader, params)))
        yield from _clock(CASE, Spans(cases(reader, params)))

    def counted(self, cell: str, of: str) -> str:
        return "casework.Case" if f"|{CASE}|" in cell else self.people


def proceedings(reader: User, params: Params) -> Iterator[Span]:
    """Every proceeding filed in the period, with the days from filing to its decision."""
    of = Q(prosecution=OuterRef("pk"))
    judged = Judgment.objects.filter(of, instance="first", decided_on__lte=params.as_of).filter(
        Exists(ChargeDecision.objects.decided_by(params.as_of).filter(judgment=OuterRef("pk")))
    )
    rows = within(Prosecution.objects.countable_by(reader), params, "jurisdiction")
    rows = rows.filter(**params.period("filed_on"))
    if params.attribution:
        arrested = Arrest.objects.filter(
            suspect__charges__prosecution=OuterRef("pk"), **_arrests(params)
        )
        mine = judged.filter(**params.attributed("attribution"))
        rows = rows.filter(Exists(mine) | (~Exists(judged) & Exists(arrested)))
    asked = numbers(rows)
    for _where, docket in dockets(reader, replace(params, attribution=())):
        if docket.pk in asked:
            over = docket.ended_on is not None and docket.ending not in CENSORED
            days = ((docket.ended_on or params.as_of) - docket.filed_on).days
            yield Span(docket.pk, days, over)


def cases(reader: User, params: Params) -> Iterator[Span]:
    """Every case first rescued in in the period, with the days to its first verdict."""
    rows = within(Case.objects.countable_by(reader), params, "jurisdiction", "programme")
    of_court = _verdicts(reader, params)
    rescued = _firsts(Rescue.objects.countable_by(reader), "occurred_on", params)
    verdicts = _firsts(of_court, "judgment__decided_on", params)
    arrests = Arrest.objects.countable_by(reader).filter(**_arrests(params))
    wanted, arrested = Ids(), Ids()
    if params.attribution:
        wanted, arrested = numbers(of_court.filter(ours(params)), "case"), numbers(arrests, "case")
    for pk, closed_on in row_by_row(rows, "pk", "closed_on", in_order=True):
        begun, verdict = rescued.of(pk), verdicts.of(pk)
        if begun is None or begun > params.until or (params.start and begun < params.start):
            continue
        if params.attribution and pk not in wanted and (verdict or pk not in arrested):
            continue
        left = min(closed_on or params.as_of, params.as_of)
        over = verdict is not None and verdict >= begun
        ended = verdict if over else max(left, begun)
        yield Span(pk, (ended - begun).days, over)


def _arrests(params: Params) -> dict[str, object]:
    return {"arrested_on__lte": params.as_of} | params.attributed("attribution")


def _verdicts(reader: User, params: Params) -> DecisionQuerySet:
    rows = ChargeDecision.objects.countable_by(reader).decided_by(params.as_of)
    return rows.first_instance().filter(VERDICT)


def _firsts(rows: QuerySet[Rescue], day: str, params: Params) -> FactByRow:
    """The first such day of every case, by the as-of day."""
    known = rows.filter(**{f"{day}__lte": params.as_of}).order_by()
    first = known.values("case").annotate(first=Min(day))
    return FactByRow(row_by_row(first, "case", "first", in_order=True))


def _clock(clock: str, spans: Spans) -> Iterator[Figure]:
    own = {"clock": clock}
    everyone, decided = spans.everyone, spans.decided
    steps = kaplan_meier(spans.times)
    low, high = _interval(steps)
    yield Figure(
        "median",
        decided,
        everyone,
        value=median_time(steps),
        low=low,
        high=high,
        own=own,
        beside={"curve": _curve(steps), "followed": spans.longest},
    )
    for years in YEARS:
        yield _open_after(years, spans, steps, own)
    times = spans.of_decided
    for measure, q in QUANTILES.items():
        yield Figure(measure, decided, decided, value=quantile(times, q), own=own)
    pending = everyone - decided
    yield Figure("pending", pending, everyone, value=len(pending), own=own)


QUANTILES = {
    "decided_median": 0.5,
    "decided_quartile_1": 0.25,
    "decided_quartile_3": 0.75,
    "decided_p90": 0.9,
}


def _interval(steps: list[Step]) -> tuple[float | None, float | None]:
    """Of the median: where the two ends of the curve's interval come down to a half."""
    low = median_time([step._replace(share=step.low) for step in steps])
    high = median_time([step._replace(share=step.high) for step in steps])
    return (low, high) if high is not None else (None, None)


def _open_after(years: int, spans: Spans, steps: list[Step], own: dict[str, str]) -> Figure:
    """The share still open; unknown beyond the day up to which anything was followed."""
    day = years * YEAR
    followed = spans.longest is not None and spans.longest >= day
    step = step_at(steps, day)
    known = followed or (step is not None and step.share == 0)
    value = (step.share if step else 1.0) if known else None
    return Figure(
        "still_open",
        n=spans.everyone,
        value=value,
        low=step.low if step and known else None,
        high=step.high if step and known else None,
        own=own | {"years": years},
    )


def _curve(steps: list[Step]) -> list[list[float]]:
    """The steps as [day, share, low, high]; of many, evenly spaced ones."""
    if len(steps) > MOST_STEPS:
        last = steps[-1].time
        days = (last * part / MOST_STEPS for part in range(1, MOST_STEPS + 1))
        steps = [step for step in (step_at(steps, day) for day in days) if step]
    return [[s.time, round(s.share, 4), round(s.low, 4), round(s.high, 4)] for s in steps]
