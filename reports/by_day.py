"""Sets of ids told apart by a day: one statement for the periods of all questions asked together.

A figure of each year reads the same rows year by year. Here the statement tells the rows apart by
spans, the stretches of time between the bounds of all these periods, and a period is some of the
spans. Whoever is in two of them counts once, since they are sets.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, F, Func, IntegerField, Value

from reports.numbers import Ids, union, unpacked
from reports.sets import conditions, grouped, lists_of
from reports.together import companions

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Q
    from django.db.models.expressions import Combinable

    from core.access import ScopedQuerySet
    from reports.params import Params

BySpan = dict[str, list[tuple[int, Ids]]]  # by name


def sets_by_day(
    rows: ScopedQuerySet, who: str | Combinable, day: str, params: Params, /, **which: Q
) -> ByDay:
    """As `sets_of` of `reports/sets.py`, by a day of the rows."""
    spans = Spans(params)
    persons = rows.order_by().values_list(spans.of(day), who).annotate(**conditions(which))
    columns, by = ["span", "row_id", *which], "span, number >> 16"
    sets: BySpan = {name: [] for name in which}
    for span, _part, *group in grouped(persons, columns, by, lists_of(which)):
        for name, packed in zip(which, group, strict=True):
            if packed and span is not None:
                sets[name].append((span, unpacked(packed)))
    return ByDay(spans, sets)


def in_any_period(params: Params, day: str) -> dict[str, date]:
    """The filter that keeps rows dated from the first to the last day of all periods together."""
    every = companions(params)
    starts = [asked.start for asked in every if asked.start]
    bounds = {f"{day}__lte": max(asked.until for asked in every)}
    return bounds | ({f"{day}__gte": min(starts)} if len(starts) == len(every) else {})


class Spans:
    """The stretches of time between the bounds of all periods, by number."""

    def __init__(self, params: Params) -> None:
        ends = {last for asked in companions(params) for last in (asked.until, asked.as_of)}
        starts = {asked.start for asked in companions(params) if asked.start}
        self._first_days = sorted(starts | {last + timedelta(days=1) for last in ends})

    def of(self, day: str) -> Func:
        """The number of the span a day lies in; none of no day."""
        days = Value(self._first_days, output_field=ArrayField(DateField()))
        return Func(F(day), days, function="width_bucket", output_field=IntegerField())

    def within(self, start: date | None, last: date) -> range:
        first = bisect_right(self._first_days, start) if start else 0
        return range(first, bisect_right(self._first_days, last) + 1)


class ByDay:
    """Sets of ids, span by span."""

    def __init__(self, spans: Spans, sets: BySpan) -> None:
        self._spans, self._sets = spans, sets

    def whole(self, params: Params) -> dict[str, Ids]:
        """By the name of the set: whom the period of these parameters holds."""
        spans = self._spans.within(params.start, params.until)
        return {name: self._of(spans, name) for name in self._sets}

    def by(self, day: date, name: str) -> Ids:
        """All that was by a day, in one of the sets."""
        return self._of(self._spans.within(None, day), name)

    def _of(self, spans: range, name: str) -> Ids:
        return union(ids for span, ids in self._sets[name] if span in spans)
