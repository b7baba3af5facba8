"""Counts by year behind the words “more” and “increase” of the submission."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from casework.enums import Programme
from prosecutions.models import Prosecution
from reports.numbers import Ids
from reports.sets import row_by_row, within
from reports.verdicts import CONVICTED, decisions, natural, person

if TYPE_CHECKING:
    from core.access import ScopedQuerySet
    from reports.submission.sources import Book

SEX = (Programme.CSEC, Programme.SEX_TRAFFICKING)
ACCUSED = "charge__suspect__perpetrator"
Counts = dict[int, int]


def _span(place: str, first: int, last: int) -> dict[str, str]:
    return {
        "from": date(first, 1, 1).isoformat(),
        "to": date(last, 12, 31).isoformat(),
        "jurisdiction": place,
    }


def operations_of_years(book: Book, place: str, first: int, last: int) -> list[Counts]:
    """Raids, sites closed, people brought to safety (of the report by year), prosecutions filed."""
    columns = ("rescues", "sites_closed", "rescued")
    counts: dict[str, Counts] = {name: defaultdict(int) for name in columns}
    for programme in SEX:
        asked = _span(place, first, last) | {"programme": programme.value}
        for row in book.result("operations-by-year", asked).rows:
            for name in columns:
                counts[name][row["year"]] += row[name]
    return [*counts.values(), _prosecutions(book, place, first, last)]


def justice_by_year(book: Book, place: str, first: int, last: int) -> list[Counts]:
    """Prosecutions filed, and persons convicted at first instance."""
    params = book.params("conviction-rate", _span(place, first, last))
    rows = decisions(book.reader, params, "first").filter(
        CONVICTED,
        natural(ACCUSED),
        case__programme__in=SEX,
        **params.period("judgment__decided_on"),
    )
    rows = within(rows, params, "judgment__prosecution__jurisdiction")
    return [
        _prosecutions(book, place, first, last),
        _by_year(rows, "judgment__decided_on", person(ACCUSED)),
    ]


def _prosecutions(book: Book, place: str, first: int, last: int) -> Counts:
    params = book.params("conviction-rate", _span(place, first, last))
    rows = Prosecution.objects.countable_by(book.reader).filter(
        case__programme__in=SEX, **params.period("filed_on")
    )
    return _by_year(within(rows, params, "jurisdiction"), "filed_on", "pk")


def _by_year(rows: ScopedQuerySet, day: str, who: object) -> Counts:
    """Distinct `who` by the year of `day`."""
    years: dict[int, Ids] = defaultdict(Ids)
    for member, when in row_by_row(rows, who, day):
        years[when.year].add(member)
    return {year: len(ids) for year, ids in years.items()}
