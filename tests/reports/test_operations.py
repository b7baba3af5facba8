"""Operations of a period: rescues, sites closed, people brought to safety, suspects arrested."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.models import SameSite
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import field

pytestmark = pytest.mark.django_db
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "as_of": "2026-11-24"}


def figures(reader: Any = None, code: str = "IN-WB-KOL", **given: Any) -> Any:
    report = REPORTS["operations"]
    result = compute(report, reader or Reporter(), parse(YEAR | given, report))
    rows = {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}
    row = rows.get((code, None))
    names = ("rescues", "sites_closed", "opened_again", "rescued", "arrested")
    return tuple(row[name] for name in names) if row else None


@pytest.fixture
def case(office):
    return factories.case(office)


def test_each_fact_moves_its_own_figure(case):
    rescue = factories.rescue(case)
    assert figures() == (1, 0, 0, 0, 0)
    factories.involvement(case, rescue=rescue, outcome="rescued")
    factories.involvement(case, rescue=rescue, outcome="declined")
    assert figures() == (1, 0, 0, 1, 0)
    arrest = factories.arrest(case)
    assert figures() == (1, 0, 0, 1, 0), "an arrest elsewhere is none of the operation"
    arrest.rescue = rescue
    arrest.save()
    assert figures() == (1, 0, 0, 1, 1)
    closing = field.site_closing(case)
    assert figures() == (1, 1, 0, 1, 1)
    closing.reopened_on = date(2026, 5, 1)
    closing.save()
    assert figures() == (1, 1, 1, 1, 1), "that it opened again does not undo that it was closed"


def test_a_year_has_its_own_figures(case):
    factories.rescue(case, occurred_on=date(2025, 3, 1))
    field.site_closing(case, closed_on=date(2025, 12, 31), reopened_on=date(2026, 1, 1))
    assert figures() == (0, 0, 1, 0, 0)
    last = {"from": "2025-01-01", "to": "2025-12-31"}
    assert figures(**last) == (1, 1, 0, 0, 0)
    assert figures(code="IN", **last) == (1, 1, 0, 0, 0)


def test_one_place_known_from_two_cases_is_closed_once(case, office):
    here, there = field.site_closing(case), field.site_closing(factories.case(office))
    assert figures() == (0, 2, 0, 0, 0)
    pair = {"case": case, "site": here.site, "other": there.site}
    field.same_site(**{k: v for k, v in pair.items() if k != "case"})
    field.same_site(site=there.site, other=here.site)
    assert figures() == (0, 1, 0, 0, 0)
    SameSite.objects.update(ended_at="2026-05-01T00:00Z")
    assert figures() == (0, 2, 0, 0, 0)


def test_sealed_cases_and_other_offices_are_left_out(case, case_manager):
    field.site_closing(case)
    field.site_closing(factories.case(case.office, level=4))
    field.site_closing(factories.case(factories.office("manila", "PH-MNL")))
    assert figures(case_manager) == (0, 1, 0, 0, 0)


def test_a_site_closed_twice_in_a_year_is_one_site(case):
    site = factories.site(case)
    field.site_closing(site=site, reopened_on=date(2026, 5, 1))
    field.site_closing(site=site, closed_on=date(2026, 6, 1))
    assert figures() == (0, 1, 1, 0, 0)


def by_year(reader: Any = None, **given: Any) -> Any:
    report = REPORTS["operations-by-year"]
    given = {"as_of": "2026-11-24"} | given
    result = compute(report, reader or Reporter(), parse(given, report))
    names = ("rescues", "sites_closed", "opened_again", "rescued", "arrested")
    return {row["year"]: tuple(row[name] for name in names) for row in result.rows}


def test_each_year_is_a_row(case):
    first = factories.rescue(case, occurred_on=date(2024, 3, 1))
    victim = factories.involvement(case).victim
    for day in (date(2025, 2, 1), date(2025, 11, 1)):
        rescue = factories.rescue(case, occurred_on=day)
        there = factories.case(case.office)
        factories.involvement(there, victim, rescue=rescue, outcome="rescued")
    arrest = factories.arrest(case)
    arrest.rescue = first
    arrest.save()
    field.site_closing(case, closed_on=date(2025, 12, 31), reopened_on=date(2026, 1, 1))
    assert by_year() == {
        2026: (0, 0, 1, 0, 0),
        2025: (2, 1, 0, 1, 0),
        2024: (1, 0, 0, 0, 1),
    }
    assert by_year(year="april") == {
        "2025-26": (1, 1, 1, 1, 0),
        "2024-25": (1, 0, 0, 1, 0),
        "2023-24": (1, 0, 0, 0, 1),
    }
    assert by_year(**{"from": "2025-01-01", "to": "2025-12-31"}) == {2025: (2, 1, 0, 1, 0)}
    assert by_year(attribution="state_only") == by_year() | {2024: (1, 0, 0, 0, 0)}
    assert by_year(jurisdiction="PH") == {}


def test_years_leave_out_sealed_cases_and_other_offices(case, case_manager):
    factories.rescue(case, occurred_on=date(2025, 3, 1))
    factories.rescue(factories.case(case.office, level=4), occurred_on=date(2025, 3, 1))
    manila = factories.case(factories.office("manila", "PH-MNL"))
    factories.rescue(manila, occurred_on=date(2025, 3, 1))
    assert by_year(case_manager) == {2025: (1, 0, 0, 0, 0)}
