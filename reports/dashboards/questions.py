"""What a dashboard asks of its reports, and the newest answers for a reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import F, Func, JSONField, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Left

from core.days import clock
from reports.base import REPORTS
from reports.choices import period_words
from reports.closed import is_closed, last_year, require_closed
from reports.dashboards.declared import TRUST
from reports.models import Snapshot
from reports.params import CHOICES, Params, parse
from reports.readers import counts_only
from reports.record_sets import Read, kept_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from reports.base import Report
    from reports.dashboards.declared import Dashboard, Panel

FILTERS = ("from", "to", "as_of", "jurisdiction", "programme", "attribution")
MOST_YEARS = 6


@dataclass(frozen=True)
class DashboardQuery:
    """What the address asks for. Without an as-of day the newest figures answer."""

    params: Params
    dated: bool

    def as_json(self) -> dict[str, Any]:
        values = self.params.as_json()
        return {name: values[name] for name in FILTERS}


@dataclass(frozen=True)
class Question:
    """One report with its parameters; of a year, or of the whole period."""

    report: str
    params: Params
    year: int | None = None

    @property
    def of(self) -> Report:
        return REPORTS[self.report].variant(self.params.measure)

    def key(self) -> tuple[str, Params]:
        return self.report, self.params


def asked_of(given: Mapping[str, object], reader: User) -> DashboardQuery:
    """Raises `BadParams`. Whoever only counts asks for all dates or for a period that is over."""
    params = replace(parse(dict(given)), closed=counts_only(reader))
    if params.closed and (params.start or params.end or params.as_of != clock.today()):
        require_closed(REPORTS[TRUST], params, clock.today())
    return DashboardQuery(params, dated=bool(given.get("as_of")))


def narrowed(report: Report, params: Params, options: Mapping[str, str]) -> Params:
    """The parameters this report takes of those asked for, with the options of the panel."""
    taken: dict[str, Any] = {
        name: options.get(name, next(iter(codes))) if name in report.takes else None
        for name, codes in CHOICES.items()
    }
    mine = params.attribution if "attribution" in report.takes else None
    if params.closed and report.counts_survivors and not (params.start or params.end):
        params = last_year(params)
    return replace(params, attribution=mine, **taken)


def other_period(asked: Params, page: Params) -> str:
    """Of which period a figure is, where that is not the one of the page."""
    same = (asked.start, asked.end) == (page.start, page.end)
    return "" if same else period_words(asked.start, asked.end)


def questions_of(panel: Panel, params: Params) -> list[Question]:
    report = REPORTS[panel.report]
    whole = narrowed(report, params, panel.options)
    if not panel.by_year:
        return [Question(panel.report, whole)]
    years = (Question(panel.report, _year(whole, params, year), year) for year in _years(params))
    shut = whole.closed and report.counts_survivors
    return [
        question
        for question in years
        if not shut or is_closed(report, question.params, params.as_of)
    ]


def _years(params: Params) -> range:
    last = params.until.year
    first = last - MOST_YEARS + 1
    return range(max(first, params.start.year) if params.start else first, last + 1)


def _year(whole: Params, params: Params, year: int) -> Params:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return replace(
        whole,
        start=max(first, params.start) if params.start else first,
        end=min(last, params.end) if params.end else last,
    )


def all_questions(dashboard: Dashboard, params: Params) -> list[Question]:
    """Every question once; first what the page begins with."""
    every = [*dashboard.tiles, *dashboard.watches]
    tiles = [Question(t.report, narrowed(REPORTS[t.report], params, {})) for t in every]
    panels = [question for panel in dashboard.panels for question in questions_of(panel, params)]
    trust = Question(TRUST, narrowed(REPORTS[TRUST], params, {}))
    return list({entry.key(): entry for entry in [*tiles, *panels, trust]}.values())


def answers(reader: User, questions: Iterable[Question], *, dated: bool) -> Answers:
    """The newest snapshot of each question, in three queries; without a day, of the latest day.

    Of those behind a snapshot only the cells of countries are read: all that a total needs.
    """
    wanted = {_said(question.report, question.params.as_json()): question for question in questions}
    which = Q(pk__in=[])
    for (report, _text), entry in wanted.items():
        of_day = Q(as_of=entry.params.as_of) if dated else Q(as_of__lte=clock.latest())
        undated = _undated(entry.params.as_json())
        which |= of_day & Q(report=report, report_version=entry.of.version, undated=undated)
    rows = Snapshot.objects.visible_to(reader).annotate(undated=UNDATED).filter(which)
    newest = rows.order_by("report", "undated", "-as_of", "-created_at")
    newest = newest.distinct("report", "undated").values_list("pk", "report", "undated")
    keys = [pk for pk, _report, _undated in newest]
    snapshots: Answers = {}
    tops = Read.of(kept_ids(TOPS, snapshot__in=keys))
    for row in Snapshot.objects.filter(pk__in=keys):
        row.behind = tops.get(row.pk, Read())
        snapshots[wanted[_said(row.report, row.params)].key()] = row
    return snapshots


Answers = dict[tuple[str, Params], Snapshot]
UNDATED: Any = Func(
    F("params"),
    Value("as_of"),
    template="(%(expressions)s)",
    arg_joiner=" - ",
    output_field=JSONField(),
)
# The cells of countries over the programme asked for: what `reports.whole` adds up.
PROGRAMME = Coalesce(
    KeyTextTransform("programme", "snapshot__params"), Value(""), output_field=TextField()
)
TOPS = Q(cell=Concat(Left("cell", 2), Value("|"), PROGRAMME, output_field=TextField()))


def _undated(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "as_of"}


def _said(report: str, values: dict[str, object]) -> tuple[str, bytes]:
    return report, orjson.dumps(_undated(values), option=orjson.OPT_SORT_KEYS)
