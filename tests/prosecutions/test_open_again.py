"""Archived, sent back, appealed for one alone: nothing falls out of the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused
from prosecutions.docket import read_docket
from prosecutions.models import Appeal, Charge, ChargeDecision, Hearing, Prosecution, Suspect
from prosecutions.services.charges import frame_charges, record_plea, revive_charges
from prosecutions.services.courts import (
    file_appeal,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.hearings import correct_result, list_hearing, move_hearing
from prosecutions.services.stages import reach_stage
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, SEPT = (date(2026, month, 2) for month in (5, 6, 7, 9))


@pytest.fixture
def charge(case):
    return factories.charge(case)


@pytest.fixture
def court(charge):
    return charge.prosecution


@pytest.fixture
def judge(lawyer):
    def judge(charge, end, on=JUNE, **fields):
        facts = {"decided_on": on, "attribution": "own", "actor": lawyer} | fields
        return record_judgment(charge.prosecution, decisions=[(charge, end)], **facts)

    return judge


def groups(lawyer):
    return {row["group"] for row in read_docket(actor=lawyer)["rows"]}


def standing(charge):
    return list(charge.decisions.standing().values_list("disposition", flat=True))


@pytest.mark.parametrize("end", ["archived", "stayed", "provisional"])
@pytest.mark.by_turns(3)
def test_a_charge_sleeps_in_the_docket_until_it_is_taken_up(
    charge, court, judge, lawyer, recorded, end
):
    judge(charge, end)
    (row,) = read_docket(actor=lawyer)["rows"]
    assert (row["group"], row["prosecution"], row["since"]) == ("asleep", court.pk, JUNE)
    days = (court.jurisdiction.today - JUNE).days
    assert row["away"] == f"for {days} days"
    assert row["do"]["url"] == f"/prosecutions/{court.pk}/charges/revive/"
    with pytest.raises(Refused, match="All charges before this court are decided"):
        list_hearing(court, listed_on=JULY, purpose="evidence", actor=lawyer)
    revive_charges(court, revived_on=JULY, charges=[charge], actor=lawyer)
    assert recorded("charges.revived") == [(lawyer.pk, str(court.pk))]
    assert groups(lawyer) == {"no-date"}
    list_hearing(court, listed_on=SEPT, purpose="evidence", actor=lawyer)
    end = charge.decisions.get()
    assert (end.lifted_on, end.lifted_for, end.version) == (JULY, "revived", 2)
    with pytest.raises(Refused, match="One of these charges was resumed later than that"):
        judge(charge, "acquitted", on=JUNE + timedelta(days=3))
    judge(charge, "acquitted", on=JULY)
    assert standing(charge) == ["acquitted"]


def test_what_was_pending_on_a_day_follows_the_days(charge, court, judge, lawyer):
    judge(charge, "archived")
    revive_charges(court, revived_on=JULY, charges=[charge], actor=lawyer)
    pending = [Charge.objects.undecided_on(day).exists() for day in (MAY, JUNE, JULY, SEPT)]
    assert pending == [True, False, True, True]


def test_only_what_is_archived_is_taken_up(case, charge, court, judge, lawyer, office):
    facts = {"revived_on": JULY, "actor": lawyer}
    other = factories.charge(case)
    for charges, words in (
        ([], "at least one charge"),
        ([charge], "not archived"),
        ([other], "of this prosecution only"),
    ):
        with pytest.raises(Refused, match=words):
            revive_charges(court, charges=charges, **facts)
    judge(charge, "archived")
    with pytest.raises(Refused, match="before it was archived"):
        revive_charges(court, charges=[charge], revived_on=MAY, actor=lawyer)
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    with pytest.raises(PermissionDenied):
        revive_charges(court, charges=[charge], revived_on=JULY, actor=worker)


def test_the_page_takes_charges_up(page, charge, court, judge, said):
    address = f"/prosecutions/{court.pk}/charges/revive/"
    assert page.get(address).status_code == 409
    judge(charge, "archived")
    assert address in page.get(f"/cases/{court.case_id}/court/").content.decode()
    shown = page.get("/docket/?show=asleep")
    assert "Take up again" in said(shown)
    sent = page.post(address, {"revived_on": "2026-07-02", "charges": [charge.pk], "key": "k"})
    assert sent.status_code == 302
    assert "Archived. Taken up again, 2 Jul 2026" in said(
        page.get(f"/cases/{court.case_id}/court/")
    )


def test_programs_take_charges_up(api, charge, court, judge, lawyer):
    judge(charge, "archived")
    caller = api(lawyer)
    rows = caller.get("docket/?show=asleep").json()["results"]
    assert [row["prosecution"] for row in rows] == [str(court.pk)]
    body = {"revived_on": "2026-07-02", "charges": [str(charge.pk)]}
    answer = caller.post(f"prosecutions/{court.pk}/revive-charges/", body)
    assert answer.status_code == 200
    assert caller.post(f"prosecutions/{court.pk}/revive-charges/", body).status_code == 409


def test_an_appeal_sends_a_charge_back_for_a_new_trial(charge, court, judge, lawyer):
    first = judge(charge, "convicted_trial")
    sentence = record_sentence(first, suspect=charge.suspect, months=84, actor=lawyer)
    appeal = file_appeal(first, filed_on=JUNE, appellant="accused", actor=lawyer)
    with pytest.raises(Refused, match="Only a court of appeal"):
        judge(factories.charge(prosecution=court), "remanded")
    Charge.objects.exclude(pk=charge.pk).delete()
    judge(charge, "remanded", on=JULY, appeal=appeal)
    assert standing(charge) == []
    assert Prosecution.objects.open().get() == court
    assert not type(sentence).objects.in_force().exists()
    assert type(sentence).objects.in_force(JUNE).exists(), "it was, before"
    list_hearing(court, listed_on=SEPT, purpose="evidence", actor=lawyer)
    charge.refresh_from_db()
    facts = {"plea": "not_guilty", "pleaded_on": JULY, "actor": lawyer}
    record_plea(charge, version=charge.version, **facts)
    judge(charge, "acquitted", on=SEPT)
    assert standing(charge) == ["acquitted"]
    assert Suspect.objects.with_status().get(pk=charge.suspect_id).status == "acquitted"


@pytest.mark.parametrize("end", ["archived", "stayed", "provisional"])
def test_an_appeal_that_sleeps_stays_open(charge, judge, lawyer, end):
    appeal = file_appeal(judge(charge, "convicted_trial"), filed_on=JUNE, actor=lawyer)
    with pytest.raises(Refused, match="An archived or stayed appeal is not decided"):
        judge(charge, end, on=JULY, appeal=appeal)


@pytest.fixture
def later(court):
    return [factories.hearing(prosecution=court, listed_on=day) for day in (MAY, JULY, SEPT)]


@pytest.mark.parametrize(("end", "why"), [("acquitted", "disposed"), ("archived", "stayed")])
def test_the_final_judgment_takes_off_the_list_what_is_listed_later(
    charge, later, judge, lawyer, end, why
):
    past, *listed = later
    judge(charge, end)
    for hearing in (past, *listed):
        hearing.refresh_from_db()
    assert past.result == "", "it is still to be recorded"
    assert {(row.result, row.no_next_date, row.version) for row in listed} == {("vacated", why, 2)}
    facts = {"version": past.version, "purpose": "evidence", "actor": lawyer}
    with pytest.raises(Refused, match="All charges before this court are decided"):
        move_hearing(past, listed_on=SEPT, **facts)
    facts = {"version": 2, "result": "held", "actor": lawyer}
    with pytest.raises(Refused, match="No result"):
        correct_result(listed[0], **facts)


def test_while_something_is_left_nothing_is_taken_off(charge, court, later, judge, lawyer):
    other = factories.charge(prosecution=court)
    judge(charge, "acquitted")
    assert Hearing.objects.to_come().count() == 3
    last = judge(other, "convicted_trial")
    assert Hearing.objects.to_come().count() == 1
    appeal = file_appeal(last, filed_on=JUNE, appellant="accused", actor=lawyer)
    list_hearing(court, listed_on=SEPT, purpose="evidence", actor=lawyer)  # that day is free again
    withdraw_appeal(appeal, withdrawn_on=JULY, actor=lawyer)
    assert Hearing.objects.to_come().count() == 1


def test_the_appeal_of_one_defendant_is_no_other_s(case, charge, court, lawyer):
    other = factories.charge(prosecution=court)
    facts = {"decided_on": JUNE, "attribution": "own", "actor": lawyer}
    ends = [(charge, "convicted_trial"), (other, "convicted_trial")]
    first = record_judgment(court, decisions=ends, **facts)
    facts = {"filed_on": JULY, "appellant": "accused", "actor": lawyer}
    appeal = file_appeal(first, suspect=charge.suspect, **facts)
    end = {"decided_on": SEPT, "attribution": "own", "appeal": appeal, "actor": lawyer}
    with pytest.raises(Refused, match="not about one of these"):
        record_judgment(court, decisions=[(other, "acquitted")], **end)
    with pytest.raises(Refused, match="already recorded"):
        file_appeal(first, suspect=charge.suspect, **facts)
    file_appeal(first, suspect=other.suspect, **facts)
    with pytest.raises(Refused, match="already recorded"):
        file_appeal(first, **facts)
    file_appeal(first, **facts | {"appellant": "prosecution"})
    with pytest.raises(Refused, match="No decision of this judgment on this defendant is in force"):
        file_appeal(first, suspect=factories.suspect(case), **facts)
    assert Appeal.objects.pending().count() == 3


def test_two_stages_of_one_day_are_refused_in_words(court, lawyer):
    """Both ended in an error of the server."""
    factories.stage_reached(prosecution=court, stage="framing", reached_on=MAY)
    for stage in ("evidence", "statement"):
        reach_stage(court, stage=stage, reached_on=MAY, actor=lawyer)
    with pytest.raises(Refused, match="already recorded for that day"):
        reach_stage(court, stage="evidence", reached_on=MAY, actor=lawyer)


def test_charges_are_not_framed_before_the_stage_of_today(charge, court, lawyer):
    other = factories.charge(prosecution=court)
    reach_stage(court, stage="cognizance", reached_on=JUNE, actor=lawyer)
    for row in (charge, other):
        with pytest.raises(Refused, match="“Cognizance taken” is recorded for a later day"):
            frame_charges(court, framed_on=MAY, charges=[row], actor=lawyer)
    frame_charges(court, framed_on=JUNE, charges=[charge], actor=lawyer)
    frame_charges(court, framed_on=JUNE, charges=[other], actor=lawyer)
    assert stage_of(court) == "framing"


def stage_of(court):
    return Prosecution.objects.with_stage().get(pk=court.pk).stage


def test_the_stage_is_what_the_record_bears(charge, court, judge, lawyer):
    frame_charges(court, framed_on=MAY, charges=[charge], actor=lawyer)
    reach_stage(court, stage="evidence", reached_on=MAY, actor=lawyer)
    first = judge(charge, "convicted_trial")
    assert stage_of(court) == "judgment"
    reach_stage(court, stage="closed", reached_on=SEPT, actor=lawyer)
    appeal = file_appeal(first, filed_on=JULY, appellant="accused", actor=lawyer)
    assert stage_of(court) == "appeal", "entered late, it waits all the same"
    withdraw_appeal(appeal, withdrawn_on=SEPT, actor=lawyer)
    assert stage_of(court) == "closed", "withdrawn, it is none"
    appeal = file_appeal(first, filed_on=JULY, appellant="accused", actor=lawyer)
    judge(charge, "remanded", on=SEPT, appeal=appeal)
    assert stage_of(court) == "evidence", "the new trial"
    judge(charge, "acquitted", on=SEPT)
    factories.charge(prosecution=court)
    assert stage_of(court) == "evidence", "of a charge filed later"


def test_the_day_of_the_judgment_is_that_of_the_last_charge(charge, court, judge, lawyer):
    other = factories.charge(prosecution=court)
    factories.stage_reached(prosecution=court, stage="arguments", reached_on=JULY)
    judge(charge, "acquitted", on=SEPT)
    judge(other, "acquitted", on=JUNE)  # entered later
    assert court.stages.get(stage="judgment").reached_on == SEPT
    assert ChargeDecision.objects.standing().count() == 2


def test_the_reason_for_no_next_date_is_put_right(case, page, api, lawyer):
    fields = {"listed_on": MAY, "result": "held", "no_next_date": "to_be_told"}
    hearing = factories.hearing(case, **fields)
    facts = {"result": "held", "actor": lawyer}
    assert correct_result(hearing, version=1, **facts).no_next_date == "to_be_told", "it stays"
    with pytest.raises(Refused, match="Enter the next date, or why there is none"):
        correct_result(hearing, version=2, no_next_date="", **facts)
    address = f"/hearings/{hearing.pk}/correct/"
    body = {"outcome": "held", "no_next_date": "reserved", "version": 2}
    assert page.post(address, body).status_code == 302
    sent = {"result": "held", "no_next_date": "stayed"}
    answer = api(lawyer).post(f"hearings/{hearing.pk}/correct/", sent, If_Match='"3"')
    assert answer.json()["no_next_date"] == "stayed"
    factories.hearing(prosecution=hearing.prosecution, follows=hearing, listed_on=JUNE)
    with pytest.raises(Refused, match="Another hearing is already listed after this one"):
        correct_result(hearing, version=4, no_next_date="reserved", **facts)
