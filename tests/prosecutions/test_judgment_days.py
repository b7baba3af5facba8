"""The day of a judgment put right: stages keep their order, and what follows from it is anew."""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from prosecutions.corrections.services.records import correct_record, enter_in_error, take_off_list
from prosecutions.models import Hearing
from prosecutions.services.charges import frame_charges
from prosecutions.services.courts import file_appeal, record_judgment, withdraw_appeal
from prosecutions.services.stages import reach_stage
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUG, SEPT, OCT = (date(2026, month, 2) for month in (5, 6, 7, 8, 9, 10))


@pytest.fixture
def charge(case):
    return factories.charge(case)


@pytest.fixture
def court(charge):
    return charge.prosecution


@pytest.fixture
def judge(lawyer):
    def judge(end, on, *charges, **fields):
        facts = {"decided_on": on, "attribution": "own", "actor": lawyer} | fields
        decisions = [(charge, end) for charge in charges]
        return record_judgment(charges[0].prosecution, decisions=decisions, **facts)

    return judge


@pytest.fixture
def correct(lawyer):
    def correct(judgment, on):
        judgment.refresh_from_db()
        facts = {"version": judgment.version, "reason": "paper", "actor": lawyer}
        return correct_record(judgment, decided_on=on, **facts)

    return correct


def refused():
    return pytest.raises(Refused, check=lambda refusal: refusal.field == "decided_on")


def stages(court):
    return list(
        court.stages.order_by("reached_on", "created_at").values_list("stage", "reached_on")
    )


@pytest.fixture
def tried(charge, court, lawyer):
    """Framed in May, evidence in June."""
    frame_charges(court, framed_on=MAY, charges=[charge], actor=lawyer)
    reach_stage(court, stage="evidence", reached_on=JUNE, actor=lawyer)
    return charge


def test_it_is_not_before_the_stage_before_it(tried, court, judge, correct, api, page, lawyer):
    judgment = judge("acquitted", AUG, tried)
    words = "The stage “Evidence of the prosecution” was reached on 2 Jun 2026."
    with refused() as refusal:
        correct(judgment, date(2026, 5, 20))
    assert str(refusal.value) == words
    body = {"decided_on": "2026-05-20", "reason": "paper"}
    answer = api(lawyer).patch(f"judgments/{judgment.pk}/", body, If_Match='"1"')
    assert (answer.status_code, answer.json()["errors"]) == (400, {"decided_on": [words]})
    sent = page.post(f"/judgments/{judgment.pk}/correct/", body | {"version": 1})
    assert (sent.status_code, sent.context["form"].errors) == (409, {"decided_on": [words]})
    assert stages(court)[-1] == ("judgment", AUG), "nothing is written"
    correct(judgment, JUNE)
    assert stages(court)[-2:] == [("evidence", JUNE), ("judgment", JUNE)]


def test_it_is_not_after_the_stage_after_it(tried, court, judge, correct, lawyer):
    judgment = judge("acquitted", JULY, tried)
    reach_stage(court, stage="closed", reached_on=SEPT, actor=lawyer)
    with refused():
        correct(judgment, OCT)
    correct(judgment, SEPT)
    assert stages(court)[-2:] == [("judgment", SEPT), ("closed", SEPT)]


def test_the_stage_has_the_day_of_the_last_charge(tried, court, judge, correct):
    other = factories.charge(prosecution=court)
    first, last = judge("acquitted", JULY, tried), judge("acquitted", SEPT, other)
    assert stages(court)[-1] == ("judgment", SEPT)
    correct(last, JUNE)
    assert stages(court)[-1] == ("judgment", JULY), "the other one is the last now"
    correct(first, OCT)
    assert stages(court)[-1] == ("judgment", OCT)


def test_while_a_charge_is_open_no_stage_moves(tried, court, judge, correct):
    factories.charge(prosecution=court)
    judgment = judge("acquitted", AUG, tried)
    correct(judgment, MAY)
    assert stages(court)[-1] == ("evidence", JUNE)


def test_a_new_trial_has_a_stage_of_its_own(tried, court, judge, correct, lawyer):
    """Stages of the first trial do not bind the second, and its judgment moves alone."""
    first = judge("convicted_trial", JUNE, tried)
    appeal = file_appeal(first, filed_on=JUNE, appellant="accused", actor=lawyer)
    judge("remanded", JULY, tried, appeal=appeal)
    reach_stage(court, stage="arguments", reached_on=AUG, actor=lawyer)
    second = judge("acquitted", OCT, tried)
    before = [step for step in stages(court) if step[1] < AUG]
    correct(second, SEPT)
    assert [step for step in stages(court) if step[1] < AUG] == before
    with refused():
        correct(second, JULY)


def test_hearings_follow_the_day(tried, court, judge, correct):
    """Taken off for being after it, back for being before it."""
    _july, sept = (factories.hearing(prosecution=court, listed_on=day) for day in (JULY, SEPT))
    judgment = judge("acquitted", AUG, tried)

    def listed():
        return set(Hearing.objects.to_come().values_list("listed_on", flat=True))

    assert listed() == {JULY}
    correct(judgment, OCT)
    assert listed() == {JULY, SEPT}
    sept.refresh_from_db()
    assert (sept.result, sept.no_next_date, sept.version) == ("", "", 3)
    correct(judgment, date(2026, 6, 20))
    assert listed() == set()


def test_what_a_judgment_in_error_took_off_is_listed_again(tried, court, judge, lawyer):
    factories.hearing(prosecution=court, listed_on=SEPT)
    judgment = judge("acquitted", AUG, tried)
    assert not Hearing.objects.to_come().exists()
    facts = {"version": judgment.version, "reason": "person", "actor": lawyer}
    enter_in_error(judgment, charges=[tried], **facts)
    assert Hearing.objects.to_come().get().listed_on == SEPT


def test_what_was_listed_by_mistake_stays_off_the_list(tried, court, judge, correct, lawyer):
    mistake = factories.hearing(prosecution=court, listed_on=SEPT)
    take_off_list(mistake, version=mistake.version, reason="typing", actor=lawyer)
    correct(judge("acquitted", AUG, tried), OCT)
    assert not Hearing.objects.to_come().exists()


def test_a_day_listed_again_since_is_not_listed_twice(tried, court, judge, correct, lawyer):
    factories.hearing(prosecution=court, listed_on=SEPT)
    judgment = judge("acquitted", AUG, tried)
    appeal = file_appeal(judgment, filed_on=OCT, appellant="prosecution", actor=lawyer)
    factories.hearing(prosecution=court, listed_on=SEPT)
    correct(judgment, OCT)
    assert Hearing.objects.to_come().count() == 1
    withdraw_appeal(appeal, withdrawn_on=OCT, actor=lawyer)
