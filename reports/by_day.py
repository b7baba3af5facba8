"""Sets of ids told apart by a day: one statement for the periods of all questions asked together.

A figure of each year reads the same rows year by year. Here the statement tells the rows apart by
spans, the stretches of time between the bounds of all these periods, and a period is some of the
spans. Whoever is in two of them counts once, since they are sets.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, F, Func, IntegerField, Value

from reports.numbers import Ids, union, unpacked
from reports.sets import PROGRAMME, conditions, grouped, lists_of
from reports.together import companions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import Q
    from django.db.models.expressions import Combinable

    from core.access import ScopedQuerySet
    from reports.params import Params

BySpan = dict[str, dict[Any, list[tuple[int, Ids]]]]  # by name and cell, each span of it


def gather_by_day(
    rows: ScopedQuerySet, place: str, who: str | Combinable, day: str, params: Params, /, **which: Q
) -> ByDay:
    """As `gather` of `reports/sets.py`, by a day of the rows."""
    spans = Spans(params)
    persons = rows.order_by().values_list(place, PROGRAMME, spans.of(day), who)
    return _by_day(spans, persons, ["leaf", "programme", "span"], ("leaf", "programme"), which)


def sets_by_day(
    rows: ScopedQuerySet, who: str | Combinable, day: str, params: Params, /, **which: Q
) -> ByDay:
    """As `sets_of`, by a day of the rows; a cell is a part of the numbers."""
    spans = Spans(params)
    persons = rows.order_by().values_list(spans.of(day), who)
    return _by_day(spans, persons, ["span"], ("number >> 16",), which)


def _by_day(
    spans: Spans, rows: Any, first: list[str], cell: tuple[str, ...], which: Mapping[str, Q]
) -> ByDay:
    columns, by = [*first, "row_id", *which], ", ".join(["span", *cell])
    sets: BySpan = {name: {} for name in which}
    for span, *group in grouped(rows.annotate(**conditions(which)), columns, by, lists_of(which)):
        key = tuple(group[: len(cell)])
        for name, packed in zip(which, group[len(cell) :], strict=True):
            if packed and span is not None:
                sets[name].setdefault(key, []).append((span, unpacked(packed)))
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
    """Sets of ids, each cell of them span by span."""

    def __init__(self, spans: Spans, sets: BySpan) -> None:
        self._spans, self._sets = spans, sets

    def within(self, params: Params) -> dict[str, dict[Any, Ids]]:
        """By the name of the set and by cell: whom the period of these parameters holds."""
        return self._of(self._spans.within(params.start, params.until), self._sets)

    def by(self, day: date, name: str) -> dict[Any, Ids]:
        """The same of all that was by a day, in one of the sets."""
        return self._of(self._spans.within(None, day), [name])[name]

    def whole(self, params: Params) -> dict[str, Ids]:
        """The same of a period, of all cells together."""
        cells = self.within(params)
        return {name: union(some.values()) for name, some in cells.items()}

    def _of(self, spans: range, names: Iterable[str]) -> dict[str, dict[Any, Ids]]:
        sets: dict[str, dict[Any, Ids]] = {}
        for name in names:
            cells = sets[name] = {}
            for cell, every in self._sets[name].items():
                some = [ids for span, ids in every if span in spans]
                if some:
                    cells[cell] = some[0] if len(some) == 1 else union(some)
        return sets
