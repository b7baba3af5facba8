"""Counts of the submission that no report of the catalogue gives."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.enums import Answer, Programme
from casework.models import OnlineIncident
from prosecutions.models import Network
from reports.numbers import Ids
from reports.sets import numbers, row_by_row

if TYPE_CHECKING:
    from reports.submission.sources import Book

TWO_YEARS = timedelta(days=731)


def networks_in_two_years(book: Book) -> tuple[Ids, None]:
    """The most networks first identified within any two years up to the as-of day."""
    rows = Network.objects.countable_by(book.reader).filter(identified_on__lte=book.as_of)
    pairs = sorted((day, pk) for pk, day in row_by_row(rows, "pk", "identified_on"))
    days = [day for day, _pk in pairs]
    windows = ((bisect_left(days, day), bisect_left(days, day + TWO_YEARS)) for day in days)
    first, end = max(windows, key=lambda window: window[1] - window[0], default=(0, 0))
    return Ids(pk for _day, pk in pairs[first:end]), None


def defined(book: Book) -> tuple[Ids, Ids]:
    """The cases with an incident of all three elements, of those with an incident on record."""
    rows = OnlineIncident.objects.countable_by(book.reader).filter(
        case__programme=Programme.OSEC, began_on__lte=book.as_of
    )
    every = rows.filter(
        for_publication=Answer.YES, third_party_absent=Answer.YES, for_compensation=Answer.YES
    )
    return numbers(every, "case"), numbers(rows, "case")
