"""How survivors recover, in worlds small enough to count by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.intervals import wilson
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import care, justice
from victims.models import Victim

pytestmark = pytest.mark.django_db
NOW = {"as_of": "2026-11-24"}
JAN, JUNE, JULY = date(2026, 1, 10), date(2026, 6, 1), date(2026, 7, 1)
HEALTH = ("care", "health", "housing", "food")


def figures(reader: Any = None, **given: Any) -> dict[Any, Any]:
    report = REPORTS["aftercare-outcomes"]
    rows = compute(report, reader or Reporter(), parse(NOW | given, report)).rows
    return {(r["measure"], r["domain"]) if r["domain"] else r["measure"]: r for r in rows}


def kn(row: dict[str, Any]) -> tuple[int, int]:
    return row["k"], row["n"]


@pytest.fixture
def case(office):
    return factories.case(office, opened_on=JAN)


def closed(case: Any, *scores: Any, person: Any = None, **fields: Any) -> Any:
    """A plan of January, closed in June; `scores`: all items at this, month by month from Feb."""
    person = {"involvement": person} if person else {}
    plan = care.closed_plan(case, opened_on=JAN, **person, **({"closed_on": JUNE} | fields))
    for number, given in enumerate(scores):
        answers = given if isinstance(given, dict) else care.all_at(given)
        care.assessment(plan=plan, assessed_on=date(2026, 2 + number, 1), answers=answers)
    return plan


def test_the_share_restored_at_closing_with_its_interval(case):
    for score in (3, 4, 3, 2):
        closed(case, 1, score)
    closed(case, {c: 4 for c in care.all_at(4) if c not in HEALTH})  # a part not answered
    closed(case)  # never assessed
    care.care_plan(case, opened_on=JAN)  # open
    found = figures()
    assert kn(found["restored"]) == (3, 4)
    interval = wilson(3, 4)
    assert (found["restored"]["low"], found["restored"]["high"]) == (interval.low, interval.high)
    assert found["restored"]["value"] == 0.75
    assert found["closed"]["value"] == 6
    assert found["not_scorable"]["value"] == 1
    assert found["not_assessed"]["value"] == 1
    assert found["assessed"]["value"] == 5


def test_a_safety_item_at_one_keeps_from_restored(case):
    danger = care.all_at(4) | {"threat": 1}  # the mean of safety is 3.0
    closed(case, danger)
    assert kn(figures()["restored"]) == (0, 1)


def test_the_closing_assessment_is_the_last_completed_one_within_the_dates(case):
    plan = closed(case, 2)
    care.assessment(plan=plan, assessed_on=JULY)  # after closing
    care.assessment(plan=plan, assessed_on=date(2026, 5, 1), status="dropped")
    assert kn(figures()["restored"]) == (0, 1)
    care.assessment(plan=plan, assessed_on=JUNE)
    assert kn(figures()["restored"]) == (1, 1)


def test_a_person_counts_once_by_the_latest_closed_plan_also_merged(case):
    first = closed(case, 3, closed_on=date(2026, 3, 1))
    again = closed(case, 2, person=first.involvement)
    assert kn(figures()["restored"]) == (0, 1)
    other = closed(case, 3, closed_on=JULY)
    assert kn(figures()["restored"]) == (1, 2)
    Victim.objects.filter(pk=other.involvement.victim_id).update(
        merged_into=again.involvement.victim
    )
    assert kn(figures()["restored"]) == (1, 1)
    assert kn(figures(as_of="2026-06-30")["restored"]) == (0, 1)
    assert figures(**{"from": "2026-07-02"})["closed"]["value"] == 0


def test_mean_change_of_each_domain_over_those_scored_twice(case):
    closed(case, 1, 3)
    closed(case, 2, care.all_at(2) | dict.fromkeys(HEALTH, 3))
    closed(case, 1, {c: 4 for c in care.all_at(4) if c not in HEALTH})
    closed(case, 4)
    found = figures()
    safety, physical = found["change", "safety"], found["change", "physical"]
    assert (safety["value"], safety["n"]) == (pytest.approx((2 + 0 + 3) / 3), 3)
    assert (physical["value"], physical["n"]) == (pytest.approx((2 + 1) / 2), 2)


def test_change_is_from_the_first_to_the_last_assessment_over_all_plans(case, office):
    """Scored 1 in a plan that ended, 3 in the next one, 4 in that of another case."""
    first = closed(case, 1, closed_on=date(2026, 3, 1))
    second = closed(case, person=first.involvement, closed_on=JULY)
    care.assessment(plan=second, assessed_on=JUNE, answers=care.all_at(3))
    change = figures()["change", "safety"]
    assert (change["value"], change["n"]) == (2, 1)
    elsewhere = factories.case(office, programme="osec", opened_on=JAN)
    again = factories.involvement(elsewhere, first.involvement.victim)
    plan = care.care_plan(elsewhere, involvement=again, opened_on=date(2026, 8, 1))
    care.assessment(plan=plan, assessed_on=date(2026, 8, 2), answers=care.all_at(4))
    found = figures()
    assert ("change", "safety") not in found
    assert found["change_open", "safety"]["value"] == 3, "a plan is open now"
    assert figures(programme="csec")["change", "safety"]["value"] == 2
    assert figures(as_of="2026-07-31")["change", "safety"]["value"] == 2
    period = figures(**{"from": "2026-06-01", "to": "2026-06-30"})
    assert period["change_open", "safety"]["value"] == 2, "assessed in June, from the first ever"
    assert [key for key in figures(**{"from": "2026-09-01"}) if "change" in key[0]] == []


def test_the_closing_assessment_is_the_last_within_the_dates_whichever_case_it_was_made_in(
    case, office
):
    """Not restored in March by her own plan; restored in May, seen in her second case."""
    plan = closed(case, 1, 2)
    elsewhere = factories.case(office, programme="osec", opened_on=JAN)
    again = factories.involvement(elsewhere, plan.involvement.victim)
    other = care.care_plan(elsewhere, involvement=again, opened_on=JAN)
    care.assessment(plan=other, assessed_on=JULY, answers=care.all_at(3))  # after the closing
    assert kn(figures()["restored"]) == (0, 1)
    care.assessment(plan=other, assessed_on=date(2026, 5, 4), answers=care.all_at(3))
    assert kn(figures()["restored"]) == (1, 1)
    assert kn(figures(programme="csec")["restored"]) == (1, 1)
    assert kn(figures(as_of="2026-06-01")["restored"]) == (1, 1)


def test_scores_of_two_instruments_are_not_compared(case):
    plan = closed(case, 1)
    other = care.instrument(code="other")
    care.assessment(plan=plan, instrument=other, assessed_on=JUNE, answers={"a": 4})
    found = figures()
    assert kn(found["restored"]) == (1, 1)  # by its own rule
    assert [key for key in found if "change" in key] == []


def test_due_and_overdue_of_open_plans_on_the_day(case):
    plan = care.care_plan(case, opened_on=date(2026, 10, 25))  # due 24 November
    met = care.care_plan(case, opened_on=JAN)
    care.assessment(plan=met, assessed_on=date(2026, 2, 1))  # met 9 February
    care.assessment(plan=met, assessed_on=JULY)  # met 10 July; next 10 January
    care.care_plan(case, opened_on=date(2026, 10, 1))  # due 31 October
    found = figures()
    assert kn(found["assessment_due"]) == (1, 3)
    assert kn(found["assessment_overdue"]) == (1, 3)
    tomorrow = figures(as_of="2026-11-25")
    assert kn(tomorrow["assessment_overdue"]) == (2, 3)
    care.assessment(plan=plan, assessed_on=date(2026, 11, 20))
    assert kn(figures(as_of="2026-11-25")["assessment_overdue"]) == (1, 3)
    assert kn(figures(as_of="2026-01-31")["assessment_due"]) == (1, 1)  # 9 February


def test_how_people_are_at_the_last_follow_up(case):
    well = {"safe": "yes", "in_school_or_work": "yes", "revictimised": "no"}
    one, two, three = (closed(case) for _ in range(3))
    closed(case)  # not asked
    closed(case, closed_for="deceased")  # not asked for
    closed(case, closed_on=date(2026, 9, 1))  # not due before 1 December
    care.follow_up(plan=one, **(well | {"safe": "no"}))
    care.follow_up(plan=one, months=6, done_on=date(2026, 11, 2), **well)
    care.follow_up(plan=two, safe="yes", revictimised="yes")
    care.follow_up(plan=three, contact_lost=True, safe="unknown")
    found = figures()
    assert kn(found["followed_up"]) == (3, 4)
    assert kn(found["lost"]) == (1, 3)
    assert kn(found["safe"]) == (2, 2)
    assert kn(found["school_or_work"]) == (1, 1)
    assert kn(found["revictimised"]) == (1, 2)
    care.follow_up(plan=two, months=6, done_on=date(2026, 11, 3), **well)
    assert kn(figures()["revictimised"]) == (1, 2), "not undone by a later answer"
    closed(case, person=two.involvement, closed_on=date(2026, 11, 10))
    assert kn(figures()["revictimised"]) == (1, 2), "nor by another plan"
    assert kn(figures(as_of="2026-11-01")["safe"]) == (1, 2)  # the first call of the first person


def test_restored_beside_testimony_and_conviction(case, office):
    other = factories.case(office, opened_on=JAN)
    factories.decision(case, disposition="convicted_trial", decided_on=date(2026, 5, 4))
    factories.decision(other, disposition="acquitted", decided_on=date(2026, 5, 4))
    witness, silent = closed(case, 3), closed(case, 2)
    lone = closed(other, 3)
    court = factories.prosecution(case)
    testified = {"kind": "testified", "happened_on": date(2026, 4, 20), "prosecution": court}
    justice.participation(case, involvement=witness.involvement, **testified)
    justice.participation(case, involvement=silent.involvement, kind="statement")
    found = figures()
    assert kn(found["restored_testified"]) == (1, 1)
    assert kn(found["restored_not_testified"]) == (1, 2)
    assert kn(found["restored_conviction"]) == (1, 2)
    assert kn(found["restored_no_conviction"]) == (1, 1)
    assert lone.involvement.victim_id != witness.involvement.victim_id
    early = figures(as_of="2026-06-01")
    assert kn(early["restored_conviction"]) == (1, 2)


def test_every_outcome_beside_testimony_and_conviction(case, office):
    """Six survivors, counted by hand: each outcome with k, n, its interval, and who is pending."""
    other = factories.case(office, opened_on=JAN)
    factories.decision(case, disposition="convicted_trial", decided_on=date(2026, 5, 4))
    well = {"safe": "yes", "in_school_or_work": "yes", "revictimised": "no"}
    court = factories.prosecution(case)
    testified = {"kind": "testified", "happened_on": date(2026, 4, 20), "prosecution": court}
    for answers in (well, well | {"safe": "no", "revictimised": "yes"}, None):
        witness = closed(case, 3)
        justice.participation(case, involvement=witness.involvement, **testified)
        if answers:
            care.follow_up(plan=witness, **answers)
    silent, lone, gone = closed(case), closed(other, 3), closed(other, 2)
    care.follow_up(plan=silent, **(well | {"in_school_or_work": "no"}))
    care.follow_up(plan=lone, safe="unknown", in_school_or_work="yes", revictimised="no")
    care.follow_up(plan=gone, contact_lost=True, safe="unknown")
    wanted = {
        "restored_testified": (3, 3, 0),
        "restored_not_testified": (1, 2, 1),
        "restored_conviction": (3, 3, 1),
        "restored_no_conviction": (1, 2, 0),
        "school_or_work_testified": (2, 2, 1),
        "school_or_work_not_testified": (1, 2, 1),
        "school_or_work_conviction": (2, 3, 1),
        "school_or_work_no_conviction": (1, 1, 1),
        "safe_testified": (1, 2, 1),
        "safe_not_testified": (1, 1, 2),
        "safe_conviction": (2, 3, 1),
        "safe_no_conviction": (0, 0, 2),
        "revictimised_testified": (1, 2, 1),
        "revictimised_not_testified": (0, 2, 1),
        "revictimised_conviction": (1, 3, 1),
        "revictimised_no_conviction": (0, 1, 1),
    }
    found = figures()
    assert {name: (*kn(found[name]), found[name]["pending"]) for name in wanted} == wanted
    for name, (k, n, _pending) in wanted.items():
        interval = wilson(k, n)
        ends = (interval.low, interval.high) if interval else (None, None)
        assert (found[name]["low"], found[name]["high"]) == ends, name


def test_charges_undecided_are_told_from_no_conviction(case, office):
    other, third = (factories.case(office, opened_on=JAN) for _ in range(2))
    factories.charge(other)
    factories.decision(third, disposition="acquitted", decided_on=date(2026, 5, 4))
    for one in (case, other, third):
        closed(one, 3)
    found = figures()
    assert kn(found["restored_no_conviction"]) == (3, 3)
    assert found["verdict_pending"]["value"] == 1
    assert found["closed"]["pending"] is None


def test_another_place_another_programme_and_sealed_cases(case, office):
    closed(case, 3)
    closed(factories.case(office, level=4), 3)
    assert kn(figures()["restored"]) == (1, 1)
    assert kn(figures(jurisdiction="IN-WB")["restored"]) == (1, 1)
    assert kn(figures(jurisdiction="PH")["restored"]) == (0, 0)
    assert kn(figures(programme="osec")["restored"]) == (0, 0)
    assert figures(programme="osec")["restored"]["value"] is None
