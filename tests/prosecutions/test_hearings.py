"""Hearings: listed, recorded, followed by the next or by the reason there is none."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.services import Refused, Stale
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    move_hearing,
    record_hearing,
)
from tests import factories

pytestmark = pytest.mark.django_db
NEXT = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def charge(case):
    return factories.charge(case)


@pytest.fixture
def proceeding(charge):
    return charge.prosecution


@pytest.fixture
def due(proceeding):
    return factories.hearing(prosecution=proceeding)


def test_a_hearing_is_listed_with_its_hour(proceeding, lawyer, recorded):
    hearing = list_hearing(
        proceeding,
        listed_on=NEXT,
        listed_at=time(10, 30),
        purpose="evidence",
        actor=lawyer,
    )
    assert (hearing.case, hearing.result) == (proceeding.case, "")
    assert recorded("hearing.listed") == [(lawyer.pk, str(hearing.pk))]


UNLIKELY = {
    "before the filing": (date(2026, 3, 31), "before the prosecution was filed"),
    "twice": (date(2026, 5, 4), "already listed for that day"),
}


@pytest.mark.parametrize(("day", "words"), UNLIKELY.values(), ids=UNLIKELY)
def test_a_day_that_cannot_be_is_refused(due, lawyer, day, words):
    with pytest.raises(Refused, match=words):
        list_hearing(due.prosecution, listed_on=day, purpose="evidence", actor=lawyer)
    assert Hearing.objects.count() == 1


def test_nothing_is_listed_after_everything_is_decided(charge, lawyer):
    factories.decision(charge=charge, disposition="acquitted")
    with pytest.raises(Refused, match="All charges before this court are decided"):
        list_hearing(charge.prosecution, listed_on=NEXT, purpose="mention", actor=lawyer)


def test_an_adjournment_lists_the_next_day(due, lawyer):
    record_hearing(
        due,
        result="adjourned",
        adjourned_for="witness_absent",
        next_on=NEXT,
        actor=lawyer,
    )
    due.refresh_from_db()
    assert (due.result, due.adjourned_for) == ("adjourned", "witness_absent")
    assert (due.next.listed_on, due.next.purpose) == (NEXT, due.purpose)
    assert due.next.result == ""


def test_without_a_next_day_its_reason_is_kept(due, lawyer):
    record_hearing(due, result="held", no_next_date="reserved", actor=lawyer)
    due.refresh_from_db()
    assert (due.no_next_date, due.version) == ("reserved", 2)
    assert not due.prosecution.hearings.to_come().exists()


INCOMPLETE = {
    "neither day nor reason": ({"result": "held"}, "Enter the next date, or why there is none"),
    "day and reason": (
        {"result": "held", "next_on": NEXT, "no_next_date": "stayed"},
        "Enter the next date or the reason there is none, not both",
    ),
    "adjourned, nobody knows why": ({"result": "adjourned", "next_on": NEXT}, "why it was"),
    "held for a reason": (
        {"result": "held", "adjourned_for": "judge_absent", "next_on": NEXT},
        "Give a reason only for an adjournment",
    ),
    "next before this": ({"result": "held", "next_on": date(2026, 5, 4)}, "after this one"),
}


@pytest.mark.parametrize(("facts", "words"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_half_a_result_is_refused(due, lawyer, facts, words):
    with pytest.raises(Refused, match=words):
        record_hearing(due, actor=lawyer, **facts)
    due.refresh_from_db()
    assert due.result == ""
    assert Hearing.objects.count() == 1


def test_no_next_day_is_asked_where_one_is_listed(due, lawyer):
    factories.hearing(prosecution=due.prosecution, listed_on=NEXT)
    assert record_hearing(due, result="held", actor=lawyer).no_next_date == ""


def test_no_next_day_is_asked_where_all_is_decided(due, charge, lawyer):
    factories.decision(charge=charge)
    assert record_hearing(due, result="held", actor=lawyer).result == "held"


def test_a_hearing_is_recorded_once_and_not_before_its_day(due, lawyer):
    record_hearing(due, result="held", next_on=NEXT, actor=lawyer)
    with pytest.raises(Refused, match="already recorded"):
        record_hearing(due, result="held", next_on=NEXT, actor=lawyer)
    with pytest.raises(Refused, match="not taken place yet"):
        record_hearing(due.next, result="held", no_next_date="stayed", actor=lawyer)


def test_a_listing_is_moved_until_it_has_a_result(due, lawyer):
    moved = move_hearing(
        due, version=1, listed_on=date(2026, 6, 1), purpose="arguments", actor=lawyer
    )
    assert (moved.listed_on, moved.purpose, moved.version) == (date(2026, 6, 1), "arguments", 2)
    with pytest.raises(Stale):
        move_hearing(due, version=1, listed_on=date(2026, 6, 2), purpose="arguments", actor=lawyer)
    record_hearing(due, result="held", next_on=NEXT, actor=lawyer)
    due.refresh_from_db()
    with pytest.raises(Refused, match="already recorded"):
        move_hearing(
            due, version=due.version, listed_on=date(2026, 6, 2), purpose="bail", actor=lawyer
        )
    with pytest.raises(Refused, match="The next hearing must be after the previous one"):
        move_hearing(due.next, version=1, listed_on=date(2026, 5, 30), purpose="bail", actor=lawyer)


def test_a_result_is_corrected_and_the_former_stays_in_the_history(due, lawyer):
    record_hearing(due, result="held", next_on=NEXT, actor=lawyer)
    due.refresh_from_db()
    correct_result(due, version=2, result="adjourned", adjourned_for="judge_absent", actor=lawyer)
    history = apps.get_model("prosecutions.HearingEvent").objects.filter(pgh_obj_id=due.pk)
    former = history.order_by("pgh_id").values_list("result", flat=True)
    assert list(former) == ["", "held", "adjourned"]
    with pytest.raises(Refused, match="No result"):
        correct_result(due.next, version=1, result="held", actor=lawyer)


def test_who_may_not_is_refused(due, office, lawyer):
    stranger = factories.user("legal_officer", office)
    worker = factories.user("aftercare_worker", office)
    factories.assignment(due.case, worker)
    for actor in (stranger, worker):
        with pytest.raises(PermissionDenied):
            record_hearing(due, result="held", no_next_date="stayed", actor=actor)
        with pytest.raises(PermissionDenied):
            list_hearing(due.prosecution, listed_on=NEXT, purpose="bail", actor=actor)


def opened(prosecution):
    return Prosecution.objects.filter(pk=prosecution.pk).open().exists()


def test_a_proceeding_is_open_until_nothing_is_left_to_decide(charge):
    proceeding = charge.prosecution
    assert opened(factories.prosecution(charge.case)), "no charge is filed yet"
    assert opened(proceeding)
    ended = factories.decision(charge=charge)
    assert not opened(proceeding)
    second = factories.charge(prosecution=proceeding)
    assert opened(proceeding), "one of two charges is undecided"
    factories.decision(charge=second, judgment=ended.judgment)
    appeal = factories.appeal(judgment=ended.judgment)
    assert opened(proceeding), "an appeal is pending"
    appeal.withdrawn_on = appeal.filed_on
    appeal.save()
    assert not opened(proceeding)
    other = factories.appeal(judgment=ended.judgment)
    assert opened(proceeding)
    factories.judgment(
        prosecution=proceeding, instance="appeal", appeal=other, decided_on=other.filed_on
    )
    assert not opened(proceeding)
