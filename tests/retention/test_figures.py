"""Figures of past years go on counting what was erased, and stored ones stay as they were."""

from __future__ import annotations

from datetime import date

import pytest

from reports.base import REPORTS
from reports.params import parse
from tests import factories
from tests.factories import retention as kept
from tests.retention.test_erasing import erase

pytestmark = pytest.mark.django_db
WHOLE = {"from": "2010-01-01", "to": "2010-12-31", "jurisdiction": "IN"}


@pytest.fixture
def reader(office):
    return factories.user("programme_manager", factories.office("global"))


@pytest.fixture
def case(tmp_path, settings):
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.ledger")
    case = kept.closed_case()
    rescue = factories.rescue(case, occurred_on=date(2010, 5, 4))
    person = factories.involvement(case, rescue=rescue, outcome="rescued")
    factories.service_record(case, involvement=person, provided_on=date(2010, 6, 1))
    suspect = factories.suspect(case)
    factories.arrest(suspect=suspect, rescue=rescue, arrested_on=date(2010, 5, 4))
    return case


def figures(slug, reader, **asked):
    params = parse(WHOLE | asked, REPORTS[slug])
    rows = REPORTS[slug].compute(reader, params).rows
    return {row["programme"]: row for row in rows if row["jurisdiction"]["code"] == "IN"}


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("survivors-served", ("k", "n")),
        ("rescues-and-victims", ("rescues", "rescued", "minors", "declined", "arrested")),
    ],
)
def test_a_year_counts_the_same_before_and_after(case, reader, slug, names):
    before = figures(slug, reader)["csec"]
    erase(case)
    after = figures(slug, reader)["csec"]
    assert [after[name] for name in names] == [before[name] for name in names]
    assert before[names[0]] == 1


def test_a_part_of_a_year_does_not_guess(case, reader):
    erase(case)
    assert figures("survivors-served", reader, to="2010-11-30") == {}


def test_whoever_counts_one_office_of_the_country_does_not_count_it(case):
    factories.office("delhi", "IN-DL")
    reader = factories.user("programme_manager", case.office)
    erase(case)
    assert figures("survivors-served", reader) == {}
