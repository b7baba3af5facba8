"""The funnel: every stage a subset of the one before; who skips one leaves there and is shown."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from core import context, jobs
from prosecutions.enums import StageMeaning
from prosecutions.models import ComplaintSuspect
from prosecutions.stages import StageTable
from reports.base import REPORTS
from reports.numbers import union
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from reports.services import request_report
from reports.stages import WORDS
from tests import factories
from tests.reports.courtroom import (
    again,
    appealed,
    arrested,
    charged,
    complained,
    day,
    decided,
    merged,
    on_appeal,
    organisation,
    rows,
    sentenced,
)

pytestmark = pytest.mark.django_db
SLUG = "attrition-funnel"
STAGES = list(WORDS)


@pytest.fixture
def case(office):
    return factories.case(office)


def someone(case, identified="03-01"):
    return factories.suspect(case, identified_on=day(identified))


def stages(reader=None, **given):
    return {row["stage"]: row for row in rows(SLUG, reader, **given)}


def counts(reader=None, **given):
    return [row["k"] for row in rows(SLUG, reader, **given)]


def all_the_way(person, at="IN-WB", attribution="supported"):
    """Through every stage; the days are those of the way."""
    complained(person, "03-11")
    arrested(person, "03-12", attribution)
    charge = charged(person, "04-01", at, framed_on=day("05-01"))
    factories.stage_reached(
        prosecution=charge.prosecution, stage=trial_stage(), reached_on=day("06-01")
    )
    decision = decided(charge, "convicted_trial", "09-01", attribution)
    sentenced(decision, months=84)
    return decision


def trial_stage():
    return StageTable.codes(StageMeaning.TRIAL)[0]


def test_one_person_all_the_way_and_one_left_at_every_stage(case):
    all_the_way(someone(case))
    for reached in range(len(STAGES) - 1):
        stop_after(someone(case), reached)
    assert counts() == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    found = stages()
    assert [found[stage]["left"] for stage in STAGES] == [0, *[1] * 9]
    skipped = {stage: found[stage]["skipped"] for stage in STAGES if found[stage]["skipped"]}
    assert skipped == {"custodial": 1}  # convicted for good, without prison on record
    arrest = found["arrested"]
    assert (arrest["k"], arrest["n"], arrest["overall"]) == (8, 9, 0.8)
    assert arrest["value"] == pytest.approx(8 / 9)
    assert arrest["low"] < arrest["value"] < arrest["high"]


def stop_after(person, reached):
    """So many stages after being identified."""
    if reached >= 1:
        complained(person, "03-11")
    if reached >= 2:
        arrested(person, "03-12")
    if reached < 3:
        return
    charge = charged(person, "04-01", framed_on=day("05-01") if reached >= 4 else None)
    if reached >= 5:
        factories.stage_reached(
            prosecution=charge.prosecution, stage=trial_stage(), reached_on=day("06-01")
        )
    if reached < 6:
        return
    decision = decided(charge, "acquitted" if reached == 6 else "convicted_trial")
    if reached >= 8:
        sentenced(decision, months=12)
        appealed(decision, "09-10")  # open: the conviction is not final


def test_summoned_without_an_arrest_one_leaves_there_and_is_shown(case):
    person = someone(case)
    complained(person, "03-11")
    decided(charged(person, framed_on=day("05-01")), "convicted_trial")
    found = stages()
    assert [found[s]["k"] for s in STAGES] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert (found["arrested"]["left"], found["arrested"]["skipped"]) == (1, 1)
    assert sum(row["skipped"] for row in found.values()) == 1


def test_a_plea_before_the_trial_of_the_others_leaves_at_the_trial(case):
    one, two = someone(case), someone(case)
    for person in (one, two):
        complained(person, "03-11")
        arrested(person, "03-12")
    plea = charged(one, framed_on=day("05-01"))
    tried = charged(two, prosecution=plea.prosecution, framed_on=day("05-01"))
    decided(plea, "convicted_plea", "05-02")
    factories.stage_reached(
        prosecution=plea.prosecution, stage=trial_stage(), reached_on=day("06-01")
    )
    found = stages()
    assert (found["framed"]["k"], found["trial"]["k"]) == (2, 1)
    assert found["trial"]["skipped"] == 1
    decided(tried, "convicted_plea", "06-01")
    assert stages()["judgment"]["k"] == 1


def test_a_verdict_at_trial_says_that_there_was_one(case):
    for how, reached in (("acquitted", 1), ("convicted_plea", 1), ("discharged", 1)):
        person = someone(case)
        complained(person, "03-11")
        arrested(person, "03-12")
        decided(charged(person, framed_on=day("05-01")), how)
        assert stages()["trial"]["k"] == reached


def test_who_is_left_out_of_the_charge_sheet_is_not_charge_sheeted(case):
    """Two named in one complaint, one of them sent up; the other by a later sheet."""
    sent, left = someone(case), someone(case)
    filed = complained(sent, "03-11")
    ComplaintSuspect.objects.create(case=case, complaint=filed, suspect=left)
    for person in (sent, left):
        arrested(person, "03-12")
    sheet = factories.police_report(complaint=filed, reported_on=day("04-02"))
    ComplaintSuspect.objects.filter(suspect=left).update(sent_up=None)
    assert [stages()[stage]["k"] for stage in ("complaint", "charge_sheeted")] == [2, 1]
    assert in_period("04-01", "04-30", "charge_sheeted") == 1
    factories.police_report(complaint=filed, reported_on=day("07-01"))
    assert stages()["charge_sheeted"]["k"] == 2
    assert in_period("07-01", "07-31", "charge_sheeted") == 1
    assert sheet.sends_up.get().suspect == sent


def in_period(first, last, stage="trial"):
    found = rows(SLUG, basis="period", from_=f"2026-{first}", to=f"2026-{last}")
    return {row["stage"]: row["k"] for row in found}[stage]


def test_a_trial_begins_on_its_recorded_day_and_only_without_one_on_that_of_the_verdict(case):
    """One recorded in June and judged in September, one judged in September and never recorded."""
    for recorded in (True, False):
        charge = charged(someone(case), framed_on=day("05-01"))
        if recorded:
            factories.stage_reached(
                prosecution=charge.prosecution, stage=trial_stage(), reached_on=day("06-01")
            )
        decided(charge, "convicted_trial", "09-01")
    assert in_period("06-01", "06-30") == 1
    assert in_period("09-01", "09-30") == 1
    assert in_period("01-01", "12-31") == 2


def test_a_beginning_after_the_verdict_is_of_another_and_the_verdict_counts(case):
    charge = charged(someone(case), framed_on=day("05-01"))
    factories.stage_reached(
        prosecution=charge.prosecution, stage=trial_stage(), reached_on=day("10-01")
    )
    decided(charge, "acquitted", "09-01")
    assert (in_period("09-01", "09-30"), in_period("10-01", "10-31")) == (1, 0)


def test_a_charge_sheet_of_the_police_counts_before_court(case):
    person = someone(case)
    filed = complained(person, "03-11")
    arrested(person, "03-12")
    factories.police_report(complaint=filed, kind="false", reported_on=day("04-01"))
    assert stages()["charge_sheeted"]["k"] == 0
    factories.police_report(complaint=filed, kind="charge_sheet", reported_on=day("04-02"))
    assert stages()["charge_sheeted"]["k"] == 1
    assert stages(as_of="2026-04-01")["charge_sheeted"]["k"] == 0


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ({"months": 12}, 1),
        ({"life": True}, 1),
        ({"months": 12, "suspended": True}, 0),
        ({"fine": 100, "currency": "INR"}, 0),
    ],
)
def test_custodial_is_months_or_life_not_suspended(case, sentence, counted):
    decision = all_the_way(someone(case))
    decision.judgment.sentences.update(**({"months": None} | sentence))
    assert stages()["custodial"]["k"] == counted


def test_final_is_what_stands(case):
    decision = all_the_way(someone(case))
    appeal = appealed(decision, "09-10")
    assert stages()["final"]["k"] == 0
    assert stages(as_of="2026-09-09")["final"]["k"] == 1
    on_appeal(appeal, decision, "acquitted", "10-01")
    found = stages()
    assert (found["convicted"]["k"], found["custodial"]["k"], found["final"]["k"]) == (1, 1, 0)


def test_the_cohort_is_by_the_first_day_on_record_in_the_cell(office, case):
    late = someone(case, identified="08-01")
    assert counts(from_="2026-08-01", to="2026-08-01")[0] == 1
    arrested(late, "2025-12-31")
    assert counts(from_="2026-01-01")[0] == 0
    assert counts(from_="2025-12-31", to="2025-12-31")[0] == 1
    mumbai = factories.case(office, jurisdiction=factories.place("IN-MH-MUM"))
    arrested(again(late, mumbai), "05-01")
    assert counts(from_="2026-01-01", jurisdiction="IN-MH")[0] == 1
    assert counts(from_="2026-01-01", jurisdiction="IN")[0] == 0


def test_the_cohort_is_followed_to_the_as_of_day(case):
    all_the_way(someone(case))
    assert counts(to="2026-03-31") == [1] * 10
    assert counts(to="2026-03-31", as_of="2026-05-31") == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert counts(as_of="2026-02-28") == [0] * 10


def test_merged_across_countries_they_are_one_person(office, case):
    manila = factories.case(office, jurisdiction=factories.place("PH-MNL"))
    one, two = someone(case), someone(manila)
    complained(one, "03-11")
    arrested(two, "03-12")
    assert counts()[:3] == [2, 1, 0]
    merged(one, two)
    assert counts()[:3] == [1, 1, 1]
    assert counts(jurisdiction="PH")[:3] == [1, 0, 0]


def test_place_is_of_the_case_and_programme_narrows(office, case):
    all_the_way(someone(case), at="PH-MNL")
    assert counts(jurisdiction="IN-WB") == [1] * 10
    assert counts(jurisdiction="PH") == [0] * 10
    assert counts(programme="osec") == [0] * 10


def test_organisations_and_sealed_cases_are_not_in_it(office, case, case_manager):
    all_the_way(organisation(someone(case)))
    all_the_way(someone(factories.case(office, level=4)))
    all_the_way(someone(factories.case(factories.office("manila", "PH-MNL"))))
    context.refresh(case_manager)
    assert counts(case_manager) == [0] * 10
    assert counts() == [1] * 10


def test_attribution_narrows_arrests_and_judgments(case):
    all_the_way(someone(case), attribution="own")
    all_the_way(someone(case), attribution="external")
    assert counts() == [2] * 10
    assert counts(attribution="own") == [2, 2, *[1] * 8]


def test_the_page_says_it_in_a_picture_a_sentence_and_a_table(browser_client, case_manager, case):
    summoned = someone(case)
    complained(summoned, "03-11")
    charged(summoned)
    run = request_report(REPORTS[SLUG], params=parse({}, REPORTS[SLUG]), actor=case_manager)
    jobs.run(run.pk)
    run.refresh_from_db()
    address = f"/reports/snapshots/{run.result['snapshot']}/"
    page = browser_client(case_manager).get(address).content.decode()
    assert "Of 1 person identified, 0 came as far as a conviction." in page
    assert "1 person went on without a stage on record" in page
    assert page.count('<rect class="bars__bar"') == len(STAGES) + 1  # and the key
    assert " style=" not in page
    behind = f"{address}behind/?cell=reached|arrested&of=skipped"
    listed = browser_client(case_manager).get(behind).content.decode()
    assert summoned.code in listed
    assert "Arrested" in listed


def test_a_period_counts_events_and_says_so(case):
    all_the_way(someone(case))
    found = rows(SLUG, basis="period", from_="2026-05-01", to="2026-09-01")
    assert [row["k"] for row in found] == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert {row["measure"] for row in found} == {"events"}
    assert all(row["n"] is None and row["low"] is None for row in found)


def test_no_world_has_a_stage_outside_the_one_before(office):
    dice = random.Random(6)
    places = [factories.place(code) for code in ("IN-WB-KOL", "IN-MH-MUM", "PH-MNL")]
    cases = [factories.case(office, jurisdiction=place) for place in places]
    people = [someone(dice.choice(cases)) for _number in range(25)]
    for person in people:
        if dice.random() < 0.7:
            complained(person, "03-11")
        if dice.random() < 0.7:
            arrested(person, "03-12", dice.choice(["own", "supported"]))
        if dice.random() < 0.8:
            charge = charged(person, framed_on=day("05-01") if dice.random() < 0.7 else None)
            if dice.random() < 0.8:
                how = dice.choice(["convicted_trial", "convicted_plea", "acquitted", "withdrawn"])
                decision = decided(charge, how)
                if dice.random() < 0.5:
                    sentenced(decision, months=6)
    merged(people[0], people[-1])
    for given in ({}, {"attribution": "own"}, {"jurisdiction": "IN"}, {"from_": "2026-03-02"}):
        asked = parse({k.rstrip("_"): v for k, v in given.items()})
        result = compute(REPORTS[SLUG], Reporter(), asked)
        ids = [result.behind[f"reached|{stage}"]["k"] for stage in STAGES]
        assert all(later <= before for before, later in pairwise(ids))
        skipped = [result.behind[f"reached|{stage}"]["skipped"] for stage in STAGES]
        assert sum(map(len, skipped)) == len(union(skipped))
        assert all(row["left"] + row["k"] == row["n"] for row in result.rows[1:])


def test_no_stage_means_a_trial_in_one_country_and_something_else_in_another():
    trials = set(StageTable.codes(StageMeaning.TRIAL))
    others = {m for m in StageMeaning.values if m != StageMeaning.TRIAL}
    assert not trials & {code for means in others for code in StageTable.codes(means)}


@pytest.mark.nightly
def test_queries_do_not_grow(case, django_assert_max_num_queries):
    for _person in range(4):
        all_the_way(someone(case))
    with django_assert_max_num_queries(22):
        compute(REPORTS[SLUG], Reporter(), parse({}))
