"""What courts never reached, gave or were asked: stages, sentences and appeals are struck."""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from prosecutions.corrections.services.records import enter_in_error
from prosecutions.corrections.services.striking import strike
from prosecutions.models import Charge, Prosecution
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.stages import reach_stage
from tests import factories
from tests.factories import justice
from tests.factories.people import place

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY, SEPT = (date(2026, month, 20) for month in (4, 5, 6, 7, 9))


@pytest.fixture
def struck(lawyer):
    def struck(row):
        row.refresh_from_db()
        strike(row, version=row.version, reason="twice", actor=lawyer)
        assert not type(row).objects.filter(pk=row.pk).exists()

    return struck


def refused(struck, row, words):
    with pytest.raises(Refused, match=words) as refusal:
        struck(row)
    assert refusal.value.field is None
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.fixture
def court(case, lawyer):
    return open_prosecution(case, jurisdiction=place("IN-WB"), filed_on=APRIL, actor=lawyer)


def reached(court, lawyer, **days):
    for stage, day in days.items():
        reach_stage(court, stage=stage, reached_on=day, actor=lawyer)


def stages(court):
    return list(court.stages.order_by("reached_on", "created_at").values_list("stage", flat=True))


def at(court):
    return Prosecution.objects.with_stage().get(pk=court.pk).stage


def convicted(court, lawyer):
    charge = factories.charge(prosecution=court, filed_on=APRIL)
    facts = {"decided_on": JUNE, "attribution": "own", "actor": lawyer}
    return record_judgment(court, decisions=[(charge, "convicted_trial")], **facts)


# Stages


def test_the_stage_before_is_the_stage_again(court, struck, lawyer):
    reached(court, lawyer, cognizance=APRIL, committal=MAY)
    assert at(court) == "committal"
    struck(court.stages.get(stage="committal"))
    assert (stages(court), at(court)) == (["filed", "cognizance"], "cognizance")
    reached(court, lawyer, committal=JUNE)


def test_between_two_that_follow_each_other_one_is_struck(court, struck, lawyer):
    """From the filing, committal comes with cognizance or without."""
    reached(court, lawyer, cognizance=APRIL, committal=MAY)
    struck(court.stages.get(stage="cognizance"))
    assert stages(court) == ["filed", "committal"]


def test_one_that_others_need_between_them_stays(court, struck, lawyer):
    justice.stage_reached(prosecution=court, stage="framing", reached_on=APRIL)
    reached(court, lawyer, evidence=MAY, arguments=JUNE)
    refused(struck, court.stages.get(stage="evidence"), "cannot follow the previous one")
    struck(court.stages.get(stage="arguments"))
    struck(court.stages.get(stage="evidence"))
    assert stages(court) == ["filed", "framing"]


def test_what_follows_by_itself_needs_nothing_before_it(court, struck, lawyer):
    reached(court, lawyer, cognizance=APRIL)
    justice.stage_reached(prosecution=court, stage="framing", reached_on=APRIL)
    reached(court, lawyer, evidence=MAY)
    convicted(court, lawyer)
    struck(court.stages.get(stage="evidence"))
    assert stages(court) == ["filed", "cognizance", "framing", "judgment"]


def test_the_stage_of_an_appeal_stays_while_there_is_one(court, struck, lawyer):
    appeal = file_appeal(convicted(court, lawyer), filed_on=JULY, actor=lawyer)
    stage = court.stages.get(stage="appeal")
    refused(struck, stage, "follows from the appeal")
    twin = justice.stage_reached(prosecution=court, stage="appeal", reached_on=SEPT)
    struck(twin)
    struck(appeal)
    assert (stages(court), at(court)) == (["filed", "judgment"], "judgment")
    alone = justice.stage_reached(prosecution=court, stage="appeal", reached_on=SEPT)
    struck(alone)


# Appeals


def test_an_appeal_that_nobody_filed_ends_nothing_and_keeps_nothing_open(court, struck, lawyer):
    appeal = file_appeal(convicted(court, lawyer), filed_on=JULY, actor=lawyer)
    ahead = factories.hearing(prosecution=court, listed_on=date(2999, 1, 1))
    assert Prosecution.objects.open().get() == court
    struck(appeal)
    assert not Prosecution.objects.open().exists()
    ahead.refresh_from_db()
    assert (ahead.result, ahead.no_next_date) == ("vacated", "disposed")


def test_a_hearing_held_on_an_appeal_holds_it(court, struck, lawyer):
    appeal = file_appeal(convicted(court, lawyer), filed_on=JULY, actor=lawyer)
    held = factories.hearing(prosecution=court, listed_on=SEPT, result="held")
    refused(struck, appeal, "A later hearing is recorded:")
    struck(held)
    struck(appeal)


def test_of_two_appeals_the_other_keeps_the_stage(court, struck, lawyer):
    judgment = convicted(court, lawyer)
    first = file_appeal(judgment, filed_on=JULY, appellant="accused", actor=lawyer)
    file_appeal(judgment, filed_on=SEPT, appellant="prosecution", actor=lawyer)
    struck(first)
    assert at(court) == "appeal"


def test_a_decided_appeal_goes_after_the_judgment_on_it(court, struck, lawyer):
    appeal = file_appeal(convicted(court, lawyer), filed_on=JULY, actor=lawyer)
    charge = Charge.objects.get()
    facts = {"decided_on": SEPT, "attribution": "own", "actor": lawyer}
    upheld = record_judgment(court, decisions=[(charge, "convicted_trial")], appeal=appeal, **facts)
    refused(struck, appeal, "It is decided")
    enter_in_error(upheld, version=1, reason="twice", charges=[charge], actor=lawyer)
    struck(appeal)


def test_a_withdrawn_appeal_goes_with_the_day_on_which_it_ended(court, struck, lawyer):
    appeal = file_appeal(convicted(court, lawyer), filed_on=JUNE, actor=lawyer)
    withdraw_appeal(appeal, withdrawn_on=SEPT, actor=lawyer)
    factories.hearing(prosecution=court, listed_on=JULY, result="held")
    refused(struck, appeal, "A later hearing is recorded:")


# Sentences


def test_without_its_sentence_a_conviction_waits_for_one(court, struck, lawyer):
    judgment = convicted(court, lawyer)
    facts = {"suspect": Charge.objects.get().suspect, "actor": lawyer}
    given = record_sentence(judgment, months=84, **facts)
    assert not Prosecution.objects.on_docket().exists()
    struck(given)
    assert Prosecution.objects.on_docket().get().sentence_of == judgment.pk
    record_sentence(judgment, months=48, **facts)


def test_a_sentence_goes_after_what_was_paid_on_it(case, struck):
    payment = justice.compensation_payment(case)
    refused(struck, payment.sentence, "Strike the payments first")
    struck(payment)
    struck(payment.sentence)
