"""How a figure of the submission is read out of the reports: cells, persons of several, trends."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import linear_regression
from typing import TYPE_CHECKING, Any, Protocol

from reports.base import REPORTS
from reports.params import Params, parse
from reports.together import part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from accounts.models import User
    from reports.base import Result
    from reports.sets import Ids

ENDS = ("low", "high")


@dataclass(frozen=True)
class SourceAnswer:
    """What the records say. `value` is None where they say nothing."""

    value: Any = None
    k: Any = None
    n: Any = None
    low: float | None = None
    high: float | None = None


class Source(Protocol):
    def read(self, book: Book) -> SourceAnswer: ...


class Book:
    """The reports behind the submission, each computed once, for one reader and one as-of day."""

    def __init__(self, reader: User, as_of: date) -> None:
        self.reader, self.as_of = reader, as_of
        self.results: dict[tuple[str, tuple[Any, ...]], Result] = {}

    def params(self, slug: str, asked: Mapping[str, object]) -> Params:
        """As a person would ask, of this day."""
        return parse({"as_of": self.as_of.isoformat(), **asked}, REPORTS[slug])

    def result(self, slug: str, asked: Mapping[str, object]) -> Result:
        key = (slug, tuple(sorted(asked.items())))
        if key not in self.results:
            params = self.params(slug, asked)
            report = REPORTS[slug].variant(params.measure)
            known = part(slug, params)
            self.results[key] = known or report.compute(self.reader, params)
        return self.results[key]

    def row(self, slug: str, asked: Mapping[str, object], key: str) -> dict[str, Any] | None:
        """The row of a report that stands under this key; None where the report has none."""
        report = REPORTS[slug].variant(self.params(slug, asked).measure)
        rows = self.result(slug, asked).rows
        return next((row for row in rows if report.row_key(row) == key), None)

    def ids(self, slug: str, asked: Mapping[str, object], cells: Cells, of: str) -> Ids:
        return self.result(slug, asked).behind.of(of, cells)


@dataclass(frozen=True)
class Cells:
    """Cells of a report by place: these places, or every country; each of these programmes."""

    places: tuple[str, ...]
    programmes: tuple[str, ...]

    def __contains__(self, key: object) -> bool:
        place, _bar, programme = str(key).partition("|")
        return programme in self.programmes and (
            place in self.places or (not self.places and "-" not in place)
        )


def cells(*programmes: str, of: tuple[str, ...] = ()) -> Cells:
    return Cells(of, programmes)


@dataclass(frozen=True)
class Persons:
    """Distinct persons (or cases) behind a count in any of these cells: one in two counts once."""

    report: str
    cells: Cells
    of: str = "k"
    asked: Mapping[str, Any] = field(default_factory=dict)

    def ids(self, book: Book) -> Ids:
        return book.ids(self.report, self.asked, self.cells, self.of)

    def read(self, book: Book) -> SourceAnswer:
        ids = self.ids(book)
        return SourceAnswer(len(ids) or None, ids)


@dataclass(frozen=True)
class Both:
    """Distinct persons who are in the one count and in the other."""

    one: Persons
    other: Persons

    def read(self, book: Book) -> SourceAnswer:
        ids = self.one.ids(book) & self.other.ids(book)
        return SourceAnswer(len(ids) or None, ids, self.one.ids(book))


@dataclass(frozen=True)
class Standing:
    """Persons convicted at first instance, without those whose every conviction was reversed."""

    cells: Cells

    def read(self, book: Book) -> SourceAnswer:
        def persons(**asked: str) -> Ids:
            return Persons("conviction-rate", self.cells, asked=asked).ids(book)

        ids = persons() - (persons(measure="reversal") - persons(instance="final"))
        return SourceAnswer(len(ids) or None, ids)


@dataclass(frozen=True)
class Cell:
    """One column of one row, with the counts it is made of. `share`: with its interval.

    `times` turns the unit of the report into that of the text, as months into years.
    """

    report: str
    key: str
    column: str = "value"
    asked: Mapping[str, Any] = field(default_factory=dict)
    times: float = 1
    share: bool = False

    def read(self, book: Book) -> SourceAnswer:
        row = book.row(self.report, self.asked, self.key)
        value = row[self.column] if row else None
        kept = book.result(self.report, self.asked).behind.get(self.key)
        if row is None or value is None or not (value or any(kept.values())):
            return SourceAnswer()
        if not isinstance(value, str):
            value = value * self.times
        k, n = (kept[of] if of in kept else row.get(of) for of in ("k", "n"))
        low, high = (row.get(end) if self.share else None for end in ENDS)
        if self.column in kept:  # a count that is neither k nor n
            k, n = kept[self.column], None
        return SourceAnswer(value, k, n, low, high)


@dataclass(frozen=True)
class More:
    """Whether each figure of the first is greater than that of the second: “more” or “not more”."""

    pairs: tuple[tuple[Cell, Cell], ...]

    def read(self, book: Book) -> SourceAnswer:
        read = [(side.read(book), other.read(book)) for side, other in self.pairs]
        if any(answer.value is None for pair in read for answer in pair):
            return SourceAnswer()
        more = all(side.value > other.value for side, other in read)
        first = read[0][0]
        return SourceAnswer("more" if more else "not more", first.k, first.n)


@dataclass(frozen=True)
class Rising:
    """Whether counts by year rise: the slope of the least-squares line through the years.

    A year without a row counts as none; a span before the first record would show a rise that is
    only the beginning of the records, so the line begins with the first year that has any.
    """

    series: Callable[[Book, str, int, int], list[dict[int, int]]]
    place: str
    first: int
    last: int

    def read(self, book: Book) -> SourceAnswer:
        last = min(self.last, book.as_of.year)
        series = self.series(book, self.place, self.first, last) if last > self.first else []
        slopes = [slope(counts, last) for counts in series]
        if not slopes or None in slopes:
            return SourceAnswer()
        return SourceAnswer(
            "increase" if all(rise and rise > 0 for rise in slopes) else "no increase"
        )


def slope(counts: Mapping[int, int], last: int) -> float | None:
    """Per year; None where fewer than three years are on record."""
    known = [year for year, count in counts.items() if count]
    years = list(range(min(known), last + 1)) if known else []
    if len(years) < 3:
        return None
    return linear_regression(years, [counts.get(year, 0) for year in years]).slope


@dataclass(frozen=True)
class Counted:
    """A count that no report gives, with the ids behind it."""

    count: Callable[[Book], tuple[Ids, Ids | None]]

    def read(self, book: Book) -> SourceAnswer:
        k, n = self.count(book)
        return SourceAnswer(len(k) if k or n else None, k, n)
