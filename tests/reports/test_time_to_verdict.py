"""From filing to decision and from rescue to verdict, with what is pending as not over yet."""

from __future__ import annotations

import pytest

from casework.models import Case
from core import context
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import kept
from tests.reports.courtroom import arrested, charged, day, decided, organisation, rows

pytestmark = pytest.mark.django_db
SLUG = "time-to-verdict"


@pytest.fixture
def case(office):
    return factories.case(office)


def figures(reader=None, **given):
    return {
        (row["clock"], row["measure"], row["years"]): row for row in rows(SLUG, reader, **given)
    }


def kn(clock, reader=None, **given):
    """How many came to a decision, of how many followed."""
    row = figures(reader, **given)[clock, "median", None]
    return row["k"], row["n"]


def filed(case, on="2026-01-01", how="", ended="", **fields):
    charge = charged(factories.suspect(case), on, offence_on=day("2020-01-01"), **fields)
    if how:
        decided(charge, how, ended)
    return charge


def test_the_median_counts_what_is_pending(case):
    filed(case, "2026-01-01", "acquitted", "2026-01-11")
    filed(case, "2026-01-01", "convicted_plea", "2026-01-31")
    filed(case, "2026-11-14")
    filed(case, "2026-01-01")
    found = figures(as_of="2026-11-24")
    row = found["proceeding", "median", None]
    assert (row["k"], row["n"]) == (2, 4)
    # 10 days: 1 of 4 at risk; the one filed on 14 November leaves at 10; 30 days: 1 of 2.
    first, second = row["curve"]
    assert first == pytest.approx([10, 0.75, 0.3257, 1], abs=1e-4)
    assert second == pytest.approx([30, 0.375, 0, 0.9364], abs=1e-4)
    assert row["value"] == 30
    assert found["proceeding", "decided_median", None]["value"] == 20
    assert found["proceeding", "decided_p90", None]["value"] == pytest.approx(28)
    assert found["proceeding", "pending", None]["value"] == 2
    assert found["proceeding", "still_open", 1]["value"] is None  # nothing was followed so long


def test_still_open_after_years(case):
    filed(case, "2022-01-01")
    filed(case, "2022-01-01", "convicted_trial", "2023-06-01")
    found = figures()
    shares = [found["proceeding", "still_open", year]["value"] for year in (1, 2, 3)]
    assert shares == [1, 0.5, 0.5]
    assert found["proceeding", "still_open", 1]["low"] is None  # no decision by then
    assert found["proceeding", "still_open", 2]["high"] == 1


def test_a_proceeding_is_over_with_the_last_of_its_charges(case):
    one = filed(case, "2026-01-01", "acquitted", "2026-02-01")
    two = charged(factories.suspect(case), "2026-01-01", prosecution=one.prosecution)
    assert kn("proceeding") == (0, 1)
    decided(two, "convicted_trial", "2026-03-02")
    assert figures()["proceeding", "median", None]["value"] == 60
    assert kn("proceeding", as_of="2026-03-01") == (0, 1)


@pytest.mark.parametrize("how", ["archived", "transferred", "provisional", "stayed"])
def test_what_left_the_court_are_followed_up_to_that_day(case, how):
    filed(case, "2026-01-01", how, "2026-01-11")
    filed(case, "2026-01-01", "acquitted", "2026-01-21")
    row = figures()["proceeding", "median", None]
    assert (row["k"], row["n"]) == (1, 2)
    assert row["curve"] == [[20, 0, 0, 0]]


def test_from_the_first_rescue_to_the_first_verdict_of_any_court(office, case):
    factories.rescue(case, occurred_on=day("03-10"))
    factories.rescue(case, occurred_on=day("03-20"))
    decided(charged(factories.suspect(case), at="PH-MNL"), "acquitted", "04-09")
    decided(charged(organisation(factories.suspect(case))), "convicted_trial", "06-01")
    factories.case(office)  # no rescue: not followed
    row = figures()["case", "median", None]
    assert (row["k"], row["n"], row["value"]) == (1, 1, 30)
    assert kn("case", jurisdiction="PH") == (0, 0)
    assert kn("case", from_="2026-03-11") == (0, 0)
    assert kn("case", to="2026-03-10", as_of="2026-04-08") == (0, 1)


def test_a_case_is_followed_to_its_closing(office, case):
    factories.rescue(case, occurred_on=day("03-10"))
    Case.objects.filter(pk=case.pk).update(status="closed", closed_on=day("03-20"))
    waiting = factories.case(office)
    factories.rescue(waiting, occurred_on=day("03-10"))
    decided(charged(factories.suspect(waiting)), "acquitted", "04-09")
    row = figures()["case", "median", None]
    assert (row["k"], row["n"]) == (1, 2)
    assert row["curve"] == [[30, 0, 0, 0]]


def test_other_endings_are_no_verdict(case):
    factories.rescue(case, occurred_on=day("03-10"))
    filed(case, "04-01", "withdrawn", "05-01")
    assert kn("case") == (0, 1)
    assert kn("proceeding") == (1, 1)


def test_attribution_is_of_a_judgment_or_before_one_of_an_arrest(case):
    factories.rescue(case, occurred_on=day("03-10"))
    decided(charged(factories.suspect(case)), "acquitted", attribution="own")
    decided(charged(factories.suspect(case)), "acquitted", attribution="external")
    waiting = factories.suspect(case)
    arrested(waiting, "03-10", "own")
    charged(waiting)
    charged(factories.suspect(case))
    assert kn("proceeding") == (2, 4)
    assert kn("proceeding", attribution="own") == (1, 2)
    assert kn("proceeding", attribution="state_only") == kn("case", attribution="state_only")
    assert kn("case", attribution="own") == (1, 1)


def test_sealed_cases_and_other_offices_are_not_in_it(office, case_manager):
    for hidden in (factories.case(office, level=4), factories.case(factories.office("manila"))):
        factories.rescue(hidden)
        filed(hidden, "2026-03-01", "acquitted", "2026-09-01")
    context.refresh(case_manager)
    assert kn("proceeding", case_manager) == kn("case", case_manager) == (0, 0)


def test_ids_stand_behind_each_figure(case):
    factories.rescue(case)
    charge = filed(case, "2026-03-01", "acquitted", "2026-09-01")
    report = REPORTS[SLUG]
    behind = kept.told(compute(report, Reporter(), parse({}, report)).behind)
    assert behind["median|proceeding|"]["k"] == [str(charge.prosecution_id)]
    assert behind["median|case|"]["n"] == [str(case.pk)]
    assert report.counted("median|case|", "n") == "casework.Case"


@pytest.mark.nightly
def test_queries_do_not_grow(case, django_assert_max_num_queries):
    for _number in range(5):
        filed(case, "2026-03-01", "acquitted", "2026-09-01")
    with django_assert_max_num_queries(16):
        compute(REPORTS[SLUG], Reporter(), parse({}, REPORTS[SLUG]))
