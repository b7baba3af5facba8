"""The end of a proceeding: nothing was heard after it but the sentence, and its day holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.services import Refused
from prosecutions.corrections.services.records import correct_record, enter_in_error
from prosecutions.docket import read_docket
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.courts import (
    file_appeal,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    move_hearing,
    record_hearing,
)
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUG, SEPT = (date(2026, month, 2) for month in (5, 6, 7, 8, 9))


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


def heard(court, on, purpose="evidence"):
    return factories.hearing(prosecution=court, listed_on=on, purpose=purpose, result="held")


def refused(field):
    """A refusal of this field, in whatever words."""
    return pytest.raises(Refused, check=lambda refusal: refusal.field == field)


# Nothing is heard after the end


def test_an_appeal_against_a_judgment_in_error_ends_nothing(charge, court, judge, lawyer):
    wrong = judge("acquitted", MAY, charge)
    withdraw_appeal(file_appeal(wrong, filed_on=MAY, actor=lawyer), withdrawn_on=SEPT, actor=lawyer)
    enter_in_error(wrong, version=1, reason="person", charges=[charge], actor=lawyer)
    heard(court, AUG)
    with refused("decided_on"):
        judge("acquitted", JULY, charge)


def test_the_last_judgment_is_not_earlier_than_what_was_heard(charge, court, judge):
    heard(court, JULY)
    with refused("decided_on"):
        judge("acquitted", JUNE, charge)
    assert not court.judgments.exists(), "nothing is written"
    judge("acquitted", JULY, charge)


def test_a_judgment_that_leaves_something_open_may_be(charge, court, judge):
    other = factories.charge(prosecution=court)
    heard(court, JULY)
    judge("acquitted", JUNE, charge)
    with refused("decided_on"):
        judge("acquitted", JUNE, other)
    judge("acquitted", AUG, other)


def test_what_ended_it_is_the_latest_judgment_whatever_was_entered_last(charge, court, judge):
    other = factories.charge(prosecution=court)
    heard(court, JULY)
    listed = factories.hearing(prosecution=court, listed_on=AUG)
    judge("acquitted", SEPT, charge)
    judge("acquitted", JUNE, other)
    listed.refresh_from_db()
    assert listed.result == "", "it is before the end, and still to be recorded"


def test_an_appeal_is_not_withdrawn_before_what_was_heard_on_it(charge, court, judge, lawyer):
    first = judge("acquitted", MAY, charge)
    appeal = file_appeal(first, filed_on=JUNE, appellant="prosecution", actor=lawyer)
    heard(court, AUG, "appeal")
    with refused("withdrawn_on"):
        withdraw_appeal(appeal, withdrawn_on=JULY, actor=lawyer)
    withdraw_appeal(appeal, withdrawn_on=AUG, actor=lawyer)


def test_a_judgment_is_not_put_right_to_before_what_was_heard(charge, court, judge, correct):
    heard(court, JULY)
    judgment = judge("acquitted", SEPT, charge)
    with refused("decided_on"):
        correct(judgment, JUNE)
    judgment.refresh_from_db()
    assert judgment.decided_on == SEPT
    correct(judgment, JULY)


def test_no_result_is_recorded_of_a_day_after_the_end(charge, court, lawyer):
    factories.decision(charge=charge, disposition="acquitted", decided_on=JUNE)
    late = factories.hearing(prosecution=court, listed_on=JULY)
    with pytest.raises(Refused, match="decided before that day"):
        record_hearing(late, result="held", actor=lawyer)
    early = factories.hearing(prosecution=court, listed_on=MAY)
    record_hearing(early, result="held", actor=lawyer)


def test_programs_and_pages_say_which_day_it_is(api, page, charge, court, lawyer):
    heard(court, JULY)
    body = {
        "prosecution": str(court.pk),
        "decided_on": str(JUNE),
        "attribution": "own",
        "decisions": [{"charge": str(charge.pk), "disposition": "acquitted"}],
    }
    answer = api(lawyer).post("judgments/", body)
    words = ["A later hearing is recorded: 2 Jul 2026."]
    assert (answer.status_code, answer.json()["errors"]) == (400, {"decided_on": words})
    form = {"decided_on": "2026-06-02", "attribution": "own", f"charge-{charge.pk}": "acquitted"}
    sent = page.post(f"/prosecutions/{court.pk}/judgments/new/", form)
    assert sent.status_code == 409
    assert sent.context["form"].errors == {"decided_on": words}


# But the sentence


@pytest.fixture
def convicted(charge, judge):
    return judge("convicted_trial", JUNE, charge)


def ahead(court, days=30):
    return court.jurisdiction.today + timedelta(days=days)


def test_the_hearing_of_the_sentence_stays_on_the_list(charge, court, judge):
    kept = [
        factories.hearing(prosecution=court, listed_on=ahead(court), purpose=purpose)
        for purpose in ("sentence", "compensation")
    ]
    gone = factories.hearing(prosecution=court, listed_on=ahead(court))
    judge("convicted_trial", JUNE, charge)
    assert set(Hearing.objects.to_come()) == set(kept)
    gone.refresh_from_db()
    assert (gone.result, gone.no_next_date) == ("vacated", "disposed")


def test_where_nobody_is_convicted_none_stays(charge, court, judge):
    factories.hearing(prosecution=court, listed_on=ahead(court), purpose="sentence")
    judge("acquitted", JUNE, charge)
    assert not Hearing.objects.to_come().exists()


def test_who_is_convicted_is_heard_on_the_sentence_and_nothing_else(court, convicted, lawyer):
    for purpose in ("evidence", "mention"):
        with refused("purpose"):
            list_hearing(court, listed_on=JULY, purpose=purpose, actor=lawyer)
    hearing = list_hearing(court, listed_on=JULY, purpose="sentence", actor=lawyer)
    with refused("purpose"):
        move_hearing(hearing, version=1, listed_on=JULY, purpose="mention", actor=lawyer)
    facts = {"result": "adjourned", "adjourned_for": "judge_absent", "actor": lawyer}
    record_hearing(hearing, next_on=AUG, **facts)
    record_hearing(Hearing.objects.to_come().get(), result="held", actor=lawyer)
    list_hearing(court, listed_on=SEPT, purpose="compensation", actor=lawyer)


def test_with_the_sentence_what_was_listed_for_it_goes_off_the_list(
    charge, court, convicted, lawyer
):
    past = factories.hearing(prosecution=court, listed_on=JULY, purpose="sentence")
    future = factories.hearing(prosecution=court, listed_on=ahead(court), purpose="sentence")
    record_sentence(convicted, suspect=charge.suspect, months=84, actor=lawyer)
    for hearing in (past, future):
        hearing.refresh_from_db()
    assert past.result == "", "it is still to be recorded"
    assert (future.result, future.no_next_date) == ("vacated", "finished")
    record_hearing(past, result="held", actor=lawyer)
    with pytest.raises(Refused, match="All charges before this court are decided"):
        list_hearing(court, listed_on=SEPT, purpose="sentence", actor=lawyer)


def test_while_another_waits_for_a_sentence_it_stays(case, charge, court, judge, lawyer):
    other = factories.charge(prosecution=court)
    judgment = judge("convicted_trial", JUNE, charge, other)
    factories.hearing(prosecution=court, listed_on=ahead(court), purpose="sentence")
    record_sentence(judgment, suspect=charge.suspect, months=84, actor=lawyer)
    assert Hearing.objects.to_come().count() == 1
    record_sentence(judgment, suspect=other.suspect, months=84, actor=lawyer)
    assert Hearing.objects.to_come().count() == 0


def test_the_docket_says_that_a_sentence_is_awaited(charge, court, convicted, lawyer):
    (row,) = read_docket(actor=lawyer)["rows"]
    assert (row["group"], row["awaited"]) == ("waiting", ["Sentence awaited"])
    assert row["do"]["url"] == f"/judgments/{convicted.pk}/sentences/new/"
    factories.hearing(prosecution=court, listed_on=ahead(court, 3), purpose="sentence")
    (row,) = read_docket(actor=lawyer)["rows"]
    assert (row["group"], row["awaited"]) == ("week", ["Sentence awaited"])
    Hearing.objects.all().delete()
    record_sentence(convicted, suspect=charge.suspect, months=84, actor=lawyer)
    assert read_docket(actor=lawyer)["rows"] == []


def test_page_and_programs_show_what_is_awaited(api, page, court, convicted, lawyer, said):
    (row,) = api(lawyer).get("docket/").json()["results"]
    assert row["awaited"] == ["Sentence awaited"]
    assert "Sentence awaited" in said(page.get("/docket/"))
    address = f"/prosecutions/{court.pk}/hearings/new/"
    assert address in page.get(f"/cases/{court.case_id}/court/").content.decode()
    body = {"listed_on": "2026-07-02", "purpose": "sentence", "key": "k"}
    assert page.post(address, body).status_code == 302


# What is given as the reason for no next date


@pytest.mark.parametrize("reason", ["disposed", "finished"])
def test_that_nothing_is_left_is_said_only_where_it_is_so(
    charge, court, judge, lawyer, page, reason
):
    hearing = factories.hearing(prosecution=court, listed_on=MAY)
    with refused("no_next_date"):
        record_hearing(hearing, result="held", no_next_date=reason, actor=lawyer)
    form = page.get(f"/hearings/{hearing.pk}/record/").content.decode()
    assert f'value="{reason}"' not in form
    hearing = record_hearing(hearing, result="held", no_next_date="reserved", actor=lawyer)
    facts = {"version": 2, "result": "held", "actor": lawyer}
    with refused("no_next_date"):
        correct_result(hearing, no_next_date=reason, **facts)
    judge("acquitted", JUNE, charge)
    assert correct_result(hearing, no_next_date=reason, **facts).no_next_date == reason


def test_while_a_sentence_is_awaited_not_everything_is_decided(court, convicted, lawyer):
    hearing = factories.hearing(prosecution=court, listed_on=JULY, purpose="sentence")
    facts = {"result": "held", "actor": lawyer}
    with refused("no_next_date"):
        record_hearing(hearing, no_next_date="disposed", **facts)
    assert record_hearing(hearing, no_next_date="finished", **facts).no_next_date == "finished"


@pytest.mark.parametrize("reason", ["disposed", "finished"])
@pytest.mark.by_turns(2)
def test_opened_again_it_is_no_reason_any_more(charge, court, lawyer, page, said, reason):
    first = factories.decision(charge=charge, disposition="acquitted", decided_on=JUNE).judgment
    hearing = heard(court, MAY)
    Hearing.objects.filter(pk=hearing.pk).update(no_next_date=reason)
    factories.appeal(judgment=first)
    (row,) = read_docket(actor=lawyer)["rows"]
    assert row["group"] == "no-date"
    assert row["away"].startswith("Nobody said why")
    assert "Nobody said why" in said(page.get("/docket/"))


# An appeal ends with one judgment


@pytest.fixture
def two(charge, court, judge, lawyer):
    """Two convicted on one day, and the appeal of both."""
    other = factories.charge(prosecution=court)
    first = judge("convicted_trial", MAY, charge, other)
    return charge, other, file_appeal(first, filed_on=JUNE, appellant="accused", actor=lawyer)


def test_an_appeal_about_all_decides_all(two, judge):
    charge, other, appeal = two
    with refused("decisions"):
        judge("acquitted", JULY, charge, appeal=appeal)
    assert Prosecution.objects.open().exists()
    judge("acquitted", JULY, charge, other, appeal=appeal)
    assert not Prosecution.objects.open().exists()


def test_an_appeal_about_one_decides_all_of_that_one(charge, court, judge, lawyer):
    of = {"prosecution": court, "suspect": charge.suspect, "offence_on": date(2026, 3, 9)}
    second, other = factories.charge(**of), factories.charge(prosecution=court)
    first = judge("convicted_trial", MAY, charge, second, other)
    facts = {"filed_on": JUNE, "appellant": "accused", "actor": lawyer}
    appeal = file_appeal(first, suspect=charge.suspect, **facts)
    with refused("decisions"):
        judge("acquitted", JULY, second, appeal=appeal)
    judge("acquitted", JULY, charge, second, appeal=appeal)


def test_page_and_programs_say_that_charges_are_missing(api, page, two, lawyer):
    charge, _other, appeal = two
    body = {
        "prosecution": str(charge.prosecution_id),
        "decided_on": str(JULY),
        "attribution": "own",
        "appeal": str(appeal.pk),
        "decisions": [{"charge": str(charge.pk), "disposition": "acquitted"}],
    }
    answer = api(lawyer).post("judgments/", body)
    words = ["This judgment ends the appeal. Enter how each of its charges ends."]
    assert (answer.status_code, answer.json()["errors"]) == (400, {"decisions": words})
    form = {"decided_on": "2026-07-02", "attribution": "own", f"charge-{charge.pk}": "acquitted"}
    sent = page.post(f"/appeals/{appeal.pk}/judgment/", form)
    assert (sent.status_code, sent.context["form"].non_field_errors()) == (409, words)


def test_on_appeal_all_is_entered_in_error_or_nothing(two, judge, lawyer):
    charge, other, appeal = two
    judgment = judge("acquitted", JULY, charge, other, appeal=appeal)
    facts = {"version": 1, "reason": "person", "actor": lawyer}
    with refused("charges"):
        enter_in_error(judgment, charges=[charge], **facts)
    enter_in_error(judgment, charges=[charge, other], **facts)
    judge("acquitted", JULY, charge, other, appeal=appeal)
