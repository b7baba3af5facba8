"""The conviction rate counts what its definition says, wherever the tree is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core import context
from prosecutions.models import Perpetrator
from prosecutions.services.perpetrators import merge_perpetrators
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories

pytestmark = pytest.mark.django_db


def figures(reader: Any = None, **given: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    result = compute(REPORTS["conviction-rate"], reader or Reporter(), parse(given))
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def kn(row: dict[str, Any]) -> tuple[int, int]:
    return row["k"], row["n"]


def test_a_verdict_more_moves_the_right_cells_only(office):
    case = factories.case(office)
    factories.decision(case)
    factories.decision(case, disposition="acquitted")
    before = figures()
    assert (
        kn(before["IN-WB", "csec"]) == kn(before["IN", "csec"]) == kn(before["IN", None]) == (1, 2)
    )
    elsewhere = factories.prosecution(case, jurisdiction=factories.place("IN-MH"))
    factories.decision(charge=factories.charge(prosecution=elsewhere))
    after = figures()
    assert after["IN-WB", "csec"] == before["IN-WB", "csec"]
    assert kn(after["IN-MH", "csec"]) == (1, 1)
    assert kn(after["IN", None]) == (2, 3)


def test_a_person_counts_once_whatever_the_number_of_charges(office):
    case = factories.case(office)
    suspect = factories.suspect(case)
    for disposition in ("acquitted", "convicted_plea", "convicted_trial"):
        charge = factories.charge(case, suspect=suspect)
        factories.decision(charge=charge, disposition=disposition)
    assert kn(figures()["IN-WB", None]) == (1, 1)


def test_merging_two_records_of_one_person_lowers_counts_by_exactly_one(office):
    case = factories.case(office)
    one, two = factories.decision(case), factories.decision(case)
    assert kn(figures()["IN-WB", None]) == (2, 2)
    officer = factories.user("data_officer", factories.office("global"))
    persons = [Perpetrator.objects.get(suspicions=d.charge.suspect) for d in (one, two)]
    merge_perpetrators(persons[0], other=persons[1], actor=officer)
    assert kn(figures()["IN-WB", None]) == (1, 1)


def test_a_reversal_leaves_final_and_not_first(office):
    first = factories.decision(factories.case(office))
    appeal = factories.appeal(judgment=first.judgment, filed_on=date(2026, 9, 10))
    assert kn(figures(instance="first")["IN-WB", None]) == (1, 1)
    assert ("IN-WB", None) not in figures(instance="final")  # open: in neither k nor n
    reversal = factories.judgment(
        prosecution=first.judgment.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=date(2026, 10, 1),
    )
    factories.decision(charge=first.charge, judgment=reversal, disposition="acquitted")
    assert kn(figures(instance="first")["IN-WB", None]) == (1, 1)
    assert kn(figures(instance="final")["IN-WB", None]) == (0, 1)


def test_the_appeal_of_one_defendant_keeps_nothing_open_for_the_others(office):
    first = factories.decision(factories.case(office))
    charge = factories.charge(prosecution=first.judgment.prosecution)
    factories.decision(charge=charge, judgment=first.judgment)
    filed = {"judgment": first.judgment, "filed_on": date(2026, 9, 10)}
    appeal = factories.appeal(suspect=first.charge.suspect, **filed)
    assert kn(figures(instance="final")["IN-WB", None]) == (1, 1)
    appeal.suspect = None
    appeal.save()
    assert ("IN-WB", None) not in figures(instance="final"), "of both"


@pytest.mark.parametrize(("why", "end"), [("retrial", "convicted_trial"), ("error", "acquitted")])
def test_a_decision_that_was_lifted_counts_until_that_day(office, why, end):
    first = factories.decision(factories.case(office), disposition=end)
    day = date(2026, 10, 1)
    type(first).objects.update(lifted_on=day, lifted_for=why)
    for instance in ("first", "final"):
        n = kn(figures(instance=instance, as_of="2026-09-30")["IN-WB", None])[1]
        assert n == 1, "as it stood then"
        row = figures(instance=instance)["IN-WB", None]
        assert (*kn(row), row["pending"]) == (0, 0, 1), "the charge is open again"


def test_one_conviction_is_enough_even_with_charges_open(office):
    suspect = factories.suspect(factories.case(office))
    factories.decision(charge=factories.charge(suspect.case, suspect=suspect))
    factories.charge(suspect.case, suspect=suspect)
    row = figures()["IN-WB", None]
    assert (*kn(row), row["pending"]) == (1, 1, 0)


def test_merged_across_countries_a_person_counts_in_both_and_is_pending_in_one(office):
    here = factories.suspect(factories.case(office))
    there = factories.suspect(factories.case(office))
    manila = factories.prosecution(there.case, jurisdiction=factories.place("PH-MNL"))
    factories.decision(charge=factories.charge(here.case, suspect=here))
    factories.charge(prosecution=manila, suspect=there)
    Perpetrator.objects.filter(pk=there.perpetrator_id).update(merged_into=here.perpetrator)
    rows = figures()
    assert (rows["IN", None]["pending"], *kn(rows["IN", None])) == (0, 1, 1)
    assert (rows["PH", None]["pending"], *kn(rows["PH", None])) == (1, 0, 0)
    result = compute(REPORTS["conviction-rate"], Reporter(), parse({}))
    assert result.behind["IN|"]["k"] == result.behind["PH|"]["pending"]


def test_the_final_outcome_as_of_a_past_day(office):
    first = factories.decision(factories.case(office))
    appeal = factories.appeal(judgment=first.judgment, filed_on=date(2026, 9, 10))
    reversal = factories.judgment(
        prosecution=first.judgment.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=date(2026, 10, 1),
    )
    factories.decision(charge=first.charge, judgment=reversal, disposition="acquitted")
    assert kn(figures(instance="final", as_of="2026-09-09")["IN-WB", None]) == (1, 1)
    assert ("IN-WB", None) not in figures(instance="final", as_of="2026-09-30")
    assert kn(figures(instance="final", as_of="2026-10-01")["IN-WB", None]) == (0, 1)
    assert ("IN-WB", None) not in figures(instance="final", to="2026-09-30")


def test_a_withdrawn_appeal_is_no_appeal(office):
    first = factories.decision(factories.case(office))
    factories.appeal(
        judgment=first.judgment, filed_on=date(2026, 9, 10), withdrawn_on=date(2026, 9, 20)
    )
    assert kn(figures(instance="final")["IN-WB", None]) == (1, 1)
    assert ("IN-WB", None) not in figures(instance="final", as_of="2026-09-15")


def test_pending_has_an_open_charge_and_no_verdict(office):
    case = factories.case(office)
    factories.charge(case)
    judged = factories.suspect(case)
    factories.decision(charge=factories.charge(case, suspect=judged))
    factories.charge(case, suspect=judged)
    row = figures()["IN-WB", None]
    assert (row["pending"], *kn(row)) == (1, 1, 1)


@pytest.mark.parametrize("left", ["archived", "stayed", "provisional", "transferred"])
def test_what_came_to_no_ending_is_pending(office, left):
    factories.decision(factories.case(office), disposition=left)
    row = figures()["IN-WB", None]
    assert (row["pending"], *kn(row)) == (1, 0, 0)


def test_transferred_it_is_pending_until_somebody_is_charged_there(office):
    handed = factories.decision(factories.case(office), disposition="transferred")
    there = factories.prosecution(
        handed.case, jurisdiction=factories.place("IN-MH"), filed_on=date(2026, 10, 1)
    )
    factories.charge(prosecution=there, suspect=handed.charge.suspect)
    rows = figures()
    assert ("IN-WB", None) not in rows
    assert (rows["IN-MH", None]["pending"], rows["IN", None]["pending"]) == (1, 1)
    assert figures(as_of="2026-09-30")["IN-WB", None]["pending"] == 1


def test_other_endings_stand_apart(office):
    case = factories.case(office)
    for ending in ("discharged", "dismissed", "withdrawn", "abated"):
        factories.decision(case, disposition=ending)
    row = figures()["IN-WB", None]
    assert kn(row) == (0, 0)
    assert row["rate"] is row["low"] is None
    assert [row[e] for e in ("discharged", "dismissed", "withdrawn", "abated")] == [1, 1, 1, 1]


def test_period_and_as_of_include_their_days(office):
    case = factories.case(office)
    factories.decision(case, decided_on=date(2026, 9, 1))
    assert kn(figures(**{"from": "2026-09-01", "to": "2026-09-01"})["IN-WB", None]) == (1, 1)
    assert ("IN-WB", None) not in figures(**{"from": "2026-09-02"})
    row = figures(as_of="2026-08-31")["IN-WB", None]
    assert (row["pending"], *kn(row)) == (1, 0, 0)


def test_organisations_are_no_persons(office):
    factories.decision(factories.case(office))
    Perpetrator.objects.update(kind="organisation")
    assert figures() == {}


def test_a_reader_counts_own_offices_and_no_sealed_case(office, case_manager):
    manila = factories.office("manila", "PH-MNL")
    factories.decision(factories.case(office))
    factories.decision(factories.case(manila))
    factories.decision(factories.case(office, level=4))
    assert kn(figures(case_manager)["IN", None]) == (1, 1)
    everywhere = factories.user("programme_manager", factories.office("global"))
    assert kn(figures(everywhere)["IN", None]) == (2, 2)
    named = factories.case(office, level=4)
    factories.assignment(named, case_manager, named=True)
    factories.decision(named)
    context.refresh(case_manager)
    assert kn(figures(case_manager)["IN", None]) == (2, 2)
    assert kn(figures(everywhere)["IN", None]) == (2, 2)


def test_a_named_place_comes_with_its_direct_children(office):
    factories.decision(factories.case(office))
    assert {code for code, _p in figures(jurisdiction="IN")} == {"IN", "IN-WB"}
    assert {code for code, _p in figures(jurisdiction="IN-WB")} == {"IN-WB"}
