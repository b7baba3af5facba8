"""The words “increase” of the submission, each from the counts of its own country."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.readers import Reporter
from reports.submission.entries import ENTRIES
from reports.submission.sources import Book
from tests import factories
from tests.reports.courtroom import day

pytestmark = pytest.mark.django_db


def happened(office, place, year, many):
    """So often in a year: a rescue of one person, its site closed, a prosecution filed."""
    on = day(f"{year}-03-01")
    where = factories.place(place)
    for _one in range(many):
        case = factories.case(office, programme="csec", jurisdiction=where, opened_on=on)
        rescue = factories.rescue(case, jurisdiction=where, occurred_on=on)
        type(rescue).objects.filter(pk=rescue.pk).update(
            occurred_at=datetime(year, 3, 1, 12, tzinfo=UTC)
        )
        factories.involvement(case, rescue=rescue, outcome="rescued")
        site = factories.site(case, jurisdiction=where)
        factories.field.site_closing(case, site=site, closed_on=on)
        factories.prosecution(case, jurisdiction=where, filed_on=on)


def read(statement):
    (source,) = ENTRIES[statement].sources
    return source.read(Book(Reporter(), day("2026-11-24"))).value


def test_the_evaluation_of_2015_is_read_of_cambodia(office):
    for year, many in ((2013, 3), (2014, 2), (2015, 1)):
        happened(office, "PH-MNL", year, many)
    assert read("S35") is None
    for year, many in ((2013, 1), (2014, 2), (2015, 3)):
        happened(office, "KH", year, many)
    assert read("S35") == "increase"


def test_what_falls_in_cambodia_does_not_rise_by_the_philippines(office):
    for year, many in ((2013, 1), (2014, 2), (2015, 3)):
        happened(office, "PH-MNL", year, many)
        happened(office, "KH", year, 4 - many)
    assert read("S35") == "no increase"
