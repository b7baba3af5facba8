"""The measures of convictions, each rule of `measures.md` 1–10 in a world worked out by hand."""

from __future__ import annotations

import pytest

from core import context
from prosecutions.models import Provision
from reports.base import REPORTS
from reports.params import CHOICES, parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.reports.courtroom import (
    again,
    appealed,
    arrested,
    cells,
    charged,
    decided,
    kn,
    merged,
    on_appeal,
    organisation,
)

pytestmark = pytest.mark.django_db
MEASURES = tuple(CHOICES["measure"])


@pytest.fixture
def case(office):
    return factories.case(office)


def someone(case):
    return factories.suspect(case)


# CR3


def test_ended_adds_persons_all_of_whose_charges_in_one_prosecution_ended_otherwise(case):
    decided(charged(someone(case)), "convicted_trial")
    both = charged(someone(case))
    decided(both, "withdrawn")
    decided(
        charged(both.suspect, prosecution=both.prosecution, offence_on=both.filed_on), "quashed"
    )
    assert kn("cr2") == (1, 1)
    assert kn("cr3") == (1, 2)
    row = cells("cr3")["IN", None]
    assert (row["verdict"], row["otherwise"]) == (1, 1)


@pytest.mark.parametrize("left", ["open", "archived", "provisional", "stayed", "transferred"])
def test_a_charge_that_goes_on_keeps_a_person_out_of_the_ended(case, left):
    one = charged(someone(case))
    decided(one, "withdrawn")
    two = charged(one.suspect, prosecution=one.prosecution, offence_on=one.filed_on)
    if left != "open":
        decided(two, left)
    assert kn("cr3") == (0, 0)


def test_a_verdict_in_the_same_prosecution_makes_it_no_other_ending(case):
    one = charged(someone(case))
    decided(one, "withdrawn", "09-01")
    two = charged(one.suspect, prosecution=one.prosecution, offence_on=one.filed_on)
    decided(two, "acquitted", "10-01")
    assert kn("cr3", from_="2026-08-01", to="2026-09-30") == (0, 0)
    assert kn("cr3") == (0, 1)


def test_another_prosecution_that_goes_on_does_not_undo_the_one_that_ended(case):
    one = charged(someone(case))
    decided(one, "discharged")
    charged(one.suspect)
    row = cells("cr3")["IN", None]
    assert (row["n"], row["pending"]) == (1, 1)


def test_a_prosecution_ends_with_the_last_of_its_charges(case):
    one = charged(someone(case))
    decided(one, "withdrawn", "08-31")
    two = charged(one.suspect, prosecution=one.prosecution, offence_on=one.filed_on)
    decided(two, "abated", "09-01")
    assert kn("cr3", to="2026-08-31") == (0, 0)
    assert kn("cr3", from_="2026-09-01", to="2026-09-01") == (0, 1)
    assert kn("cr3", from_="2026-09-02") == (0, 0)
    assert kn("cr3", as_of="2026-08-31") == (0, 0)


def test_charges_of_two_records_of_one_person_end_together(case):
    one, two = someone(case), someone(case)
    first = charged(one)
    charged(two, prosecution=first.prosecution)
    decided(first, "withdrawn")
    assert kn("cr3") == (0, 1)
    merged(one, two)
    assert kn("cr3") == (0, 0)


def test_an_ending_under_appeal_is_not_final(case):
    ending = decided(charged(someone(case)), "discharged")
    appeal = appealed(ending, "09-10")
    assert kn("cr3", instance="first") == (0, 1)
    assert kn("cr3", instance="final") == (0, 0)
    on_appeal(appeal, ending, "discharged", "10-01")
    assert kn("cr3", instance="final") == (0, 1)


# CR4


def test_of_those_arrested_the_convicted_of_it(case):
    convicted, summoned, other = someone(case), someone(case), someone(case)
    arrested(convicted, "03-10")
    arrested(other, "03-11")
    decided(charged(convicted), "convicted_plea")
    decided(charged(summoned), "convicted_trial")
    assert kn("cr4") == (1, 2)


def test_a_conviction_on_another_suspicion_does_not_count(office, case):
    person = someone(case)
    arrested(person, "03-10")
    elsewhere = again(person, factories.case(office))
    decided(charged(elsewhere), "convicted_trial")
    assert kn("cr4") == (0, 1)
    arrested(elsewhere, "03-20")
    assert kn("cr4") == (1, 1)


def test_the_cohort_is_by_the_first_arrest_in_the_cell(office, case):
    person = someone(case)
    arrested(person, "2025-06-01")
    mumbai = factories.case(office, jurisdiction=factories.place("IN-MH-MUM"))
    arrested(again(person, mumbai), "03-10")
    year = {"from_": "2026-01-01", "to": "2026-12-31"}
    assert kn("cr4", "IN-MH", **year) == (0, 1)
    assert kn("cr4", "IN-WB", **year) == kn("cr4", "IN", **year) == (0, 0)
    assert kn("cr4", "IN") == (0, 1)


def test_converted_by_the_as_of_day_whenever_after_the_period(case):
    person = someone(case)
    arrested(person, "03-10")
    decided(charged(person), "convicted_trial", "09-01")
    assert kn("cr4", to="2026-03-31") == (1, 1)
    assert kn("cr4", to="2026-03-31", as_of="2026-08-31") == (0, 1)


def test_arrests_stand_where_the_case_is_and_not_the_court(case):
    person = someone(case)
    arrested(person, "03-10")
    decided(charged(person, at="PH-MNL"), "convicted_trial")
    assert kn("cr4", "IN") == (1, 1)
    assert kn("cr4", "PH") == (0, 0)


def test_a_reversal_undoes_a_conversion_only_in_the_final_outcome(case):
    person = someone(case)
    arrested(person, "03-10")
    first = decided(charged(person), "convicted_trial")
    on_appeal(appealed(first, "09-10"), first, "acquitted", "10-01")
    assert kn("cr4") == (1, 1)
    assert kn("cr4", instance="final") == (0, 1)


# CR5


def test_charges_decided_are_every_ending_but_archived_and_transferred(case):
    one = charged(someone(case))
    endings = ["convicted_trial", "convicted_plea", "acquitted", "discharged", "dismissed"]
    endings += ["withdrawn", "abated", "quashed", "archived", "transferred"]
    endings += ["provisional", "stayed"]
    for how in endings:
        decided(charged(someone(case), prosecution=one.prosecution), how)
    assert kn("cr5") == (2, 8)


def test_organisations_count_in_charges_and_nowhere_else(case):
    firm = organisation(someone(case))
    arrested(firm, "03-10")
    decided(charged(firm), "convicted_trial")
    assert {m: kn(m) for m in MEASURES} == dict.fromkeys(MEASURES, (0, 0)) | {
        "cr5": (1, 1),
        "cr7": (0, 1),
    }


def test_every_charge_of_a_person_counts(case):
    person = someone(case)
    for how in ("convicted_trial", "convicted_trial", "acquitted"):
        decided(charged(person), how)
    assert kn("cr5") == (2, 3)


# CR7


def test_persons_convicted_for_each_case_opened(office, case):
    factories.case(office)
    for _person in range(3):
        decided(charged(someone(case), at="PH-MNL"), "convicted_trial")
    row = cells("cr7")["IN", None]
    assert (row["k"], row["n"], row["rate"]) == (3, 2, 1.5)
    assert row["low"] is row["high"] is None
    assert kn("cr7", from_="2026-03-02") == (0, 0)
    assert kn("cr7", to="2026-03-01", as_of="2026-08-31") == (0, 2)


def test_one_person_in_two_cases_counts_once_where_both_lie(office, case):
    person = someone(case)
    elsewhere = factories.case(office, jurisdiction=factories.place("IN-MH-MUM"))
    decided(charged(person), "convicted_trial")
    decided(charged(again(person, elsewhere), at="IN-MH"), "convicted_trial")
    assert kn("cr7", "IN") == (1, 2)
    assert kn("cr7", "IN-WB") == kn("cr7", "IN-MH") == (1, 1)


# PR


def test_a_plea_counts_whatever_became_of_the_offence(case):
    lesser = Provision.objects.get(statute="ITPA", number="5")
    plea = charged(someone(case), final_provision=lesser, amended_on="2026-08-01")
    decided(plea, "convicted_plea")
    decided(charged(someone(case)), "convicted_trial")
    decided(charged(someone(case)), "acquitted")
    assert kn("plea_share") == (1, 2)
    assert kn("cr2") == (2, 3)
    assert kn("cr5") == (2, 3)


# AP


def test_reversed_of_the_appeals_decided_by_the_day_of_the_appeal(case):
    for how in ("acquitted", "convicted_trial"):
        first = decided(charged(someone(case)), "convicted_trial")
        on_appeal(appealed(first, "09-10"), first, how, "10-01")
    decided(charged(someone(case)), "convicted_trial")  # not appealed
    assert kn("reversal") == (1, 2)
    assert kn("reversal", to="2026-09-30") == (0, 0)
    assert kn("reversal", from_="2026-10-01", to="2026-10-01") == (1, 2)


def test_open_withdrawn_and_appeals_against_acquittals_are_no_reversals(case):
    appealed(decided(charged(someone(case)), "convicted_trial"), "09-10")
    appealed(decided(charged(someone(case)), "convicted_trial"), "09-10", withdrawn_on="2026-09-20")
    freed = decided(charged(someone(case)), "acquitted")
    on_appeal(appealed(freed, "09-10"), freed, "convicted_trial", "10-01")
    assert kn("reversal") == (0, 0)


def test_a_second_appeal_that_is_open_keeps_the_first_from_being_final(case):
    first = decided(charged(someone(case)), "convicted_trial")
    second = on_appeal(appealed(first, "09-10"), first, "acquitted", "10-01")
    again_open = appealed(second, "10-05")
    assert kn("reversal") == (0, 0)
    on_appeal(again_open, second, "convicted_trial", "11-01")
    assert kn("reversal") == (0, 1)


# All of them


def world(case, office):
    """Something of everything, with one person in two countries under two records."""
    manila = factories.case(office, jurisdiction=factories.place("PH-MNL"), programme="osec")
    people = [someone(case) for _n in range(5)] + [someone(manila) for _n in range(3)]
    for number, person in enumerate(people):
        arrested(person, f"0{3 + number % 3}-1{number}")
        how = ("convicted_trial", "acquitted", "withdrawn", "convicted_plea")[number % 4]
        at = "IN-WB" if number < len(people) - 3 else "PH-MNL"
        ending = decided(charged(person, at=at), how)
        if number % 4 == 0:
            on_appeal(appealed(ending, "09-10"), ending, "acquitted", "10-01")
    merged(people[0], people[-1])


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("instance", ["first", "final"])
def test_a_parent_is_at_most_the_sum_of_its_children(case, office, measure, instance):
    world(case, office)
    found = cells(measure, instance=instance)
    for place, programme in found:
        below = [at for at in found if at[0].startswith(f"{place}-") and at[1] == programme]
        nearest = [at for at in below if at[0].count("-") == place.count("-") + 1]
        for name in ("k", "n") if nearest else ():
            assert found[place, programme][name] <= sum(found[at][name] for at in nearest)
        if measure != "cr7":
            assert found[place, programme]["k"] <= found[place, programme]["n"]


def test_the_rate_of_the_ended_is_never_above_that_of_the_verdicts(case, office):
    world(case, office)
    two, three = cells("cr2"), cells("cr3")
    for at, row in two.items():
        if row["n"]:
            assert three[at]["rate"] <= row["rate"]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_pending_person_changes_no_rate(case, office, measure):
    world(case, office)
    before = {at: (row["k"], row["n"]) for at, row in cells(measure).items()}
    charged(someone(case))
    assert {at: (row["k"], row["n"]) for at, row in cells(measure).items()} == before


@pytest.mark.parametrize("measure", MEASURES)
def test_a_sealed_case_and_another_office_are_in_no_figure(office, case_manager, measure):
    for at in (factories.case(office, level=4), factories.case(factories.office("manila", "PH"))):
        person = someone(at)
        arrested(person, "03-10")
        first = decided(charged(person), "convicted_trial")
        on_appeal(appealed(first, "09-10"), first, "acquitted", "10-01")
    context.refresh(case_manager)
    assert kn(measure, reader=case_manager) == (0, 0)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_number_of_queries_does_not_grow(case, office, measure, django_assert_max_num_queries):
    world(case, office)
    with django_assert_max_num_queries(16):
        compute(REPORTS["conviction-rate"], Reporter(), parse({"measure": measure}))


# Attribution


def test_attribution_narrows_judgments_and_for_the_pending_arrests(case):
    for whose in ("own", "supported", "external"):
        decided(charged(someone(case)), "convicted_trial", attribution=whose)
    waiting, summoned = someone(case), someone(case)
    arrested(waiting, "03-10", "own")
    charged(waiting)
    charged(summoned)
    assert kn("cr2") == (3, 3)
    assert kn("cr2", attribution="own") == kn("cr5", attribution="own") == (1, 1)
    assert kn("cr2", attribution=["own", "external"]) == (2, 2)
    assert kn("cr2", attribution="all") == (3, 3)
    assert kn("cr3", attribution="state_only") == (0, 0)
    assert cells("cr2")["IN", None]["pending"] == 2
    assert cells("cr2", attribution="own")["IN", None]["pending"] == 1


def test_who_has_a_verdict_of_others_is_not_pending(case):
    person = someone(case)
    arrested(person, "03-10", "own")
    decided(charged(person), "acquitted", attribution="external")
    charged(person)
    assert ("IN", None) not in cells("cr2", attribution="own")


def test_attribution_of_arrests_makes_the_cohort(case):
    for whose in ("own", "state_only"):
        person = someone(case)
        arrested(person, "03-10", whose)
        decided(charged(person), "convicted_trial", attribution="external")
    assert kn("cr4", attribution="own") == (1, 1)
