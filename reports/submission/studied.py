"""Figures of the submission read out of studies, figures of others, surveys and programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Max, Min, Sum, Value, When

from casework.enums import Programme
from reports.submission.sources import SourceAnswer
from studies.comparing import interval_of, share_of
from studies.enums import Figuring, Kind, SurveyStatus
from studies.models import (
    DistrictSurvey,
    Estimate,
    ExternalStatistic,
    Finding,
    ProgrammePlace,
    Stratum,
    Study,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.submission.sources import Book

ENDED = "study__fieldwork_to__lte"


@dataclass(frozen=True)
class Mapped:
    """Hotspots, establishments visited, or people counted in a stratum of a place."""

    place: str
    kind: str
    what: str

    def read(self, book: Book) -> SourceAnswer:
        if self.what == "hotspots":
            rows = Stratum.objects.countable_by(book.reader).filter(
                jurisdiction__code=self.place, kind=self.kind, **{ENDED: book.as_of}
            )
            return SourceAnswer(rows.aggregate(sum=Sum("hotspots"))["sum"])
        visits = Visit.objects.countable_by(book.reader).filter(
            stratum__jurisdiction__code=self.place,
            stratum__kind=self.kind,
            left_out="",
            visited_on__lte=book.as_of,
        )
        if self.what == "establishments":  # of a venue visited twice, once
            venues = visits.order_by().values("stratum", "venue").annotate(seen=Max(self.what))
            return SourceAnswer(venues.aggregate(sum=Sum("seen"))["sum"])
        return SourceAnswer(visits.aggregate(sum=Sum(self.what))["sum"])


@dataclass(frozen=True)
class Studied:
    """The share of minors of a stratum as published here; calibrated, where there is one."""

    place: str
    kind: str
    of: str = "share"

    def read(self, book: Book) -> SourceAnswer:
        calibrated = Case(
            When(figuring=Figuring.CALIBRATED, then=Value(0)),
            default=1,
            output_field=IntegerField(),
        )
        rows = Estimate.objects.countable_by(book.reader).filter(
            published_on__isnull=False,
            stratum__jurisdiction__code=self.place,
            stratum__kind=self.kind,
            stratum__study__fieldwork_to__lte=book.as_of,
        )
        row = rows.order_by(calibrated, "-created_at", "pk").first()
        if row is None:
            return SourceAnswer()
        if self.of != "share":
            return SourceAnswer(getattr(row, self.of), row.k, row.n)
        low, high = interval_of(row) or (None, None)
        return SourceAnswer(share_of(row), row.k, row.n, low, high)


@dataclass(frozen=True)
class Published:
    """A figure of others, or of how many parts of the place it is. Never ours, never added up."""

    publisher: str  # what its name begins with
    measure: Kind
    programme: Programme
    place: str
    of: str = "value"

    def read(self, book: Book) -> SourceAnswer:
        rows = ExternalStatistic.objects.countable_by(book.reader).filter(
            publisher__startswith=self.publisher,
            measure=self.measure,
            programme=self.programme,
            jurisdiction__code=self.place,
            year__lte=book.as_of.year,
        )
        row = rows.order_by("-year", "-pk").first()
        value = getattr(row, self.of) if row else None
        return SourceAnswer(value if value is None or isinstance(value, int) else _number(value))


def _number(value: Any) -> float | int:
    """A whole number where it is one."""
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True)
class Since:
    """The year in which the first programme of a place began."""

    place: str

    def read(self, book: Book) -> SourceAnswer:
        rows = ProgrammePlace.objects.countable_by(book.reader).filter(
            jurisdiction__code=self.place, starts_on__lte=book.as_of
        )
        first = rows.aggregate(first=Min("starts_on"))["first"]
        return SourceAnswer(first.year if first else None)


@dataclass(frozen=True)
class Reduced:
    """The least or the greatest reduction of the pairs of a country that may be compared."""

    place: str
    pick: Callable[..., Any]

    def read(self, book: Book) -> SourceAnswer:
        rows = book.result("baseline-endline", {"jurisdiction": self.place}).rows
        lines = [r for r in rows if r["measure"] == "reduction" and r["value"] is not None]
        if not lines:
            return SourceAnswer()
        row = self.pick(lines, key=lambda line: line["value"])
        return SourceAnswer(row["value"], row["k"], row["n"], row["low"], row["high"])


@dataclass(frozen=True)
class PublishedIn:
    """The year in which the first study of a place was published."""

    place: str

    def read(self, book: Book) -> SourceAnswer:
        rows = Study.objects.countable_by(book.reader).filter(
            jurisdiction__code=self.place, published_on__lte=book.as_of
        )
        first = rows.aggregate(first=Min("published_on"))["first"]
        return SourceAnswer(first.year if first else None)


@dataclass(frozen=True)
class Surveyed:
    """States in which the survey that law asks for was done, of those with an entry."""

    place: str

    def read(self, book: Book) -> SourceAnswer:
        rows = DistrictSurvey.objects.countable_by(book.reader).filter(
            programme=Programme.BONDED_LABOUR,
            jurisdiction__ancestor_links__ancestor__code=self.place,
            year__lte=book.as_of.year,
        )
        states = rows.values("jurisdiction").distinct()
        done = states.filter(status=SurveyStatus.DONE).count()
        every = states.count()
        return SourceAnswer(done if every else None, done, every)


@dataclass(frozen=True)
class Evaluated:
    """The share of an evaluation's first finding; none where it does not say of how many."""

    place: str

    def read(self, book: Book) -> SourceAnswer:
        rows = Finding.objects.countable_by(book.reader).filter(
            evaluation__jurisdiction__code=self.place,
            evaluation__last_year__lte=book.as_of.year,
        )
        row = rows.order_by("created_at", "pk").first()
        if row is None or row.k is None or not row.n:
            return SourceAnswer()
        return SourceAnswer(row.k / row.n, row.k, row.n)
