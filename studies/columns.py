"""The columns a person fills in of each table, as its verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from places.models import Agency, Jurisdiction

Ahead = Annotated["date", Column(ahead=True)]
Code = Annotated[str, Column(needed=True)]  # although the column has a default
Observers = Annotated[int, Column(least=1, most=20)]
Of100 = Annotated["Decimal", Column(most=100)]
Positive = Annotated[int, Column(least=1)]
Share = Annotated["Decimal", Column(most=1)]


class StudyColumns(TypedDict, total=False):
    title: str
    programme: str
    jurisdiction: Jurisdiction
    method: str
    phase: Code
    is_representative: bool
    minor_below: Annotated[int, Column(least=1, most=99)]
    minor_judged: str
    fieldwork_from: date
    fieldwork_to: date
    published_on: date | None
    source: str


class StratumColumns(TypedDict, total=False):
    kind: str
    jurisdiction: Jurisdiction
    frame: str
    mapped: Positive | None
    hotspots: Positive | None


class VisitColumns(TypedDict, total=False):
    venue: str
    visited_on: date
    establishments: Positive
    counted: int
    minors: int


class VisitChanges(VisitColumns, total=False):
    left_out: str


class ObservationColumns(TypedDict, total=False):
    observer: Observers
    counted: int
    minors: int


class RecaptureColumns(TypedDict, total=False):
    first_on: date
    second_on: date
    first: Positive
    second: Positive
    both: int


class EstimateColumns(TypedDict, total=False):
    figuring: Code
    k: int | None
    n: Positive | None
    share: Share | None
    standard_error: Share | None
    design_effect: Decimal | None
    low: Share | None
    high: Share | None
    source: Code


class StatisticColumns(TypedDict, total=False):
    publisher: str
    series: str
    measure: str
    unit: str
    programme: str
    jurisdiction: Jurisdiction
    parts: Annotated[Sequence[Annotated[str, Column(length=20)]], Column(length=200)]
    parts_number: Annotated[int, Column(least=1, most=10_000)] | None
    year: Annotated[int, Column(least=1900, most=2100)]
    year_to: Annotated[int, Column(least=1900, most=2100)] | None
    value: Decimal | None
    text: str
    quality: str
    source: str


class SurveyColumns(TypedDict, total=False):
    jurisdiction: Jurisdiction
    programme: str
    year: Annotated[int, Column(least=1976, most=2100)]
    status: str
    found: int | None
    source: str


class ProgrammeColumns(TypedDict, total=False):
    programme: str
    jurisdiction: Jurisdiction
    starts_on: date
    ends_on: Ahead | None
    source: str


class TrainingColumns(TypedDict, total=False):
    topic: str
    agency: Agency
    held_on: date
    people: Positive
    hours: Annotated[Decimal, Column(most=1000)]
    score_before: Of100 | None
    score_after: Of100 | None


class EvaluationColumns(TypedDict, total=False):
    title: str
    evaluator: str
    is_external: Annotated[bool, Column(needed=True)]
    programme: str
    jurisdiction: Jurisdiction
    first_year: Annotated[int, Column(least=1990, most=2100)]
    last_year: Annotated[int, Column(least=1990, most=2100)]
    published_on: date | None
    source: str


class FindingColumns(TypedDict, total=False):
    question: str
    k: int | None
    n: Positive | None
    quote: str
