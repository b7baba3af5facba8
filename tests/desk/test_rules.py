"""Every rule asks when the record gives cause, of those whose deed it is, and goes by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.roles import GRANTS, Role
from aftercare.schemes import PAID_WITHIN
from desk.rules import BY_CODE, RULES
from desk.rules import terms as t
from desk.to_do.tasks import rules_for, to_do
from prosecutions.limitation import years_after
from prosecutions.models import AssistanceRequest
from tests import factories
from tests.desk.answers import ANSWERS
from tests.desk.causes import (
    CAUSES,
    ago,
    change,
    complained,
    ending,
    held,
    owed,
    protected,
    rescued,
    sentenced,
)
from tests.factories import care, field, justice, ledger, papers, persons
from victims.models import Victim

pytestmark = pytest.mark.django_db


def asks(user, code, **how):
    """What this rule asks of this person now."""
    return to_do(user, rules=[BY_CODE[code]], **how).first_of_each(50)


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def person(case_manager, office):
    """Who is asked by this rule."""
    lead = factories.user("safeguarding_lead", office)
    return lambda code: lead if code == "emergency-unreviewed" else case_manager


WITHOUT_TERM = {
    "recognition-asked": "asked at once",
    "material-known": "asked at once",
    "file-differs": "asked at once",
    "case-without-anybody": "asked at once",
    "consent-ending": "asked before its day, below",
    "withdrawal-untold": "asked at once",
    "record-asked": "asked at once",
    "emergency-unreviewed": "reviewed within 72 hours, asked at once",
    **dict.fromkeys(("opening-asked", "disclosure-proposed", "answer-waiting"), "asked at once"),
    "task-left-behind": "asked at once",
    "survivor-accused": "asked at once",
    "referral-draft": "asked at once",
    "follow-up-alarm": "asked at once",
    "referral-declined": "asked at once",
    "custody-presumed": "asked at once",
    "custody-court": "asked at once",
    "custody-limit": "asked before its day, below",
    "limitation-near": "asked before its day, below",
    "protection-unanswered": "asked before its day, below",
    "assessment-due": "asked before its day, in tests/aftercare/test_plans.py",
    "plan-review-due": "asked before its day, in tests/aftercare/test_plans.py",
    "follow-up-due": "asked before its day, in tests/aftercare/test_plans.py",
}


def test_every_rule_is_tried_here():
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(CAUSES) == sorted(ANSWERS)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("code", CAUSES)
@pytest.mark.by_turns(8)
def test_it_asks_once_and_goes_by_itself(case, person, code):
    row, user = CAUSES[code](case), person(code)
    (task,) = asks(user, code)
    assert (task.pk, task.rule, task.case_id) == (row.pk, code, case.pk)
    (again,) = asks(user, code)
    assert vars(again) | {"_state": 0} == vars(task) | {"_state": 0}
    ANSWERS[code](row)
    assert asks(user, code) == []


@pytest.mark.parametrize("code", sorted(set(CAUSES) - set(WITHOUT_TERM)))
@pytest.mark.by_turns(4)
def test_it_does_not_ask_before_its_term(case, person, code):
    earlier = {
        "rescue-without-complaint": t.COMPLAINT_WITHIN - timedelta(minutes=30),
        "referral-unanswered": timedelta(0),
    }
    make = CAUSES[code]
    default = (make.__defaults__ or (timedelta(0),))[0]
    make(case, earlier.get(code, default - timedelta(days=1)))
    assert asks(person(code), code) == []


def test_first_a_court_sees_them_then_the_charge_is_asked_for(case, case_manager):
    row = held(case, -timedelta(days=3))
    row.court_by = timezone.now()
    row.save()
    assert len(asks(case_manager, "custody-court")) == 1
    assert asks(case_manager, "custody-limit") == []
    row.in_court_on = row.since
    row.save()
    assert asks(case_manager, "custody-court") == []
    assert len(asks(case_manager, "custody-limit")) == 1


@pytest.mark.parametrize(("hour", "days"), [(0, 0), (1, 1)])
def test_a_limit_that_ends_with_a_day_is_due_that_day(case, case_manager, hour, days):
    """As the docket says it: not “due tomorrow” beside “Last day today”."""
    place, row = case.jurisdiction, held(case, -timedelta(days=3))
    ends = datetime.combine(place.today + timedelta(days=1), time(hour))
    change(row, court_by=ends.replace(tzinfo=ZoneInfo(place.time_zone)))
    (task,) = asks(case_manager, "custody-court")
    assert task.due_on == place.today + timedelta(days=days)


def test_a_case_that_nobody_works_on_is_told_at_once(case, case_manager):
    """Also to a reader for whom the day it was opened has not begun."""
    change(case, opened_on=timezone.localdate() + timedelta(days=1))
    assert asks(case_manager, "case-without-anybody")


def test_what_has_a_last_day_is_asked_before_it(case, case_manager):
    held(case, -t.CUSTODY_AHEAD - timedelta(days=1))
    protected(case, -timedelta(days=1))
    assert asks(case_manager, "custody-limit") == []
    assert asks(case_manager, "protection-unanswered") == []
    held(case, -t.CUSTODY_AHEAD)
    (task,) = asks(case_manager, "custody-limit")
    assert task.urgency.name == "IN_TIME"
    held(case, -timedelta(days=3))
    assert [one.urgency.name for one in asks(case_manager, "custody-limit")] == [
        "THIS_WEEK",
        "IN_TIME",
    ]


def test_a_complaint_or_a_charge_is_asked_for_before_the_time_for_it_ends(case, case_manager):
    """The shortest limit of the country, by years; the last rescue counts."""
    today = timezone.localdate()
    suspect, first, last = factories.suspect(case), rescued(case), rescued(case)

    def asked(day, place="IN-WB"):
        change(first, occurred_on=day - timedelta(days=800))
        change(last, occurred_on=day)
        change(case, jurisdiction=factories.place(place))
        found = asks(case_manager, "limitation-near")
        return [(task.pk, task.due_on, task.about) for task in found]

    near = years_after(today + t.LIMITATION_AHEAD, -1)
    due = years_after(near, 1)
    assert asked(near + timedelta(days=2)) == []
    assert asked(near) == [(suspect.pk, due, suspect.code)]
    assert asked(near, "KH") == [], "no limit is known there"
    assert asked(near, "PH") == [], "twenty years"
    assert asked(years_after(today, -20), "PH") == [(suspect.pk, today, suspect.code)]
    change(suspect, died_on=today)
    assert asked(near) == []
    change(suspect, died_on=None)
    assert asked(near) != []
    factories.charge(case, suspect=suspect)
    assert asked(near) == []


ANSWERED_ELSEWHERE = {
    "certificate-missing": lambda person: ledger.certificate(involvement=person),
    "care-plan-missing": lambda person: care.care_plan(involvement=person),
}


@pytest.mark.parametrize("code", ANSWERED_ELSEWHERE)
@pytest.mark.parametrize("record", ["the same", "merged into it", "it is merged into"])
def test_what_stands_in_another_case_of_the_person_is_not_asked(case, case_manager, code, record):
    here = CAUSES[code](case)
    other = factories.case(case.office)
    there = factories.involvement(other, here.victim if record == "the same" else None)
    ANSWERED_ELSEWHERE[code](there)
    if record != "the same":
        assert len(asks(case_manager, code)) == 1, "until it is known that they are one person"
    one, two = here.victim_id, there.victim_id
    if record == "merged into it":
        Victim.objects.filter(pk=two).update(merged_into=one)
    elif record == "it is merged into":
        Victim.objects.filter(pk=one).update(merged_into=two)
    assert asks(case_manager, code) == []


def test_a_certificate_refused_in_another_case_answers_nothing_here(case, case_manager):
    here = CAUSES["certificate-missing"](case)
    there = factories.involvement(factories.case(case.office), here.victim)
    given = {"status": "refused", "answered_on": timezone.localdate()}
    ledger.certificate(involvement=there, **given)
    assert len(asks(case_manager, "certificate-missing")) == 1
    ledger.certificate(involvement=here, **given)
    assert asks(case_manager, "certificate-missing") == []


@pytest.mark.parametrize("code", CAUSES)
@pytest.mark.by_turns(12)
def test_another_office_is_not_asked(case, person, code):
    CAUSES[code](case)
    role = person(code).roles[0][1]
    stranger = factories.user(role, factories.office("manila", "PH-MNL"))
    assert asks(stranger, code) == []


@pytest.mark.parametrize("code", CAUSES)
@pytest.mark.by_turns(12)
def test_a_closed_case_asks_nothing(case, person, code):
    CAUSES[code](case)
    case.refresh_from_db()
    change(case, status="closed", closed_on=timezone.localdate())
    assert len(asks(person(code), code)) == BY_CODE[code].after_closing


NOT_OF_A_TEAM = {"emergency-unreviewed", "opening-asked", "case-without-anybody", "record-asked"}
NOT_OF_A_TEAM |= {"custody-presumed"}  # the hours run whoever is on the team


@pytest.mark.parametrize("code", sorted(set(CAUSES) - NOT_OF_A_TEAM))
@pytest.mark.by_turns(6)
def test_the_team_is_asked_and_others_of_the_office_are_not(case, code):
    CAUSES[code](case)
    worker = factories.user("legal_officer", case.office)
    assert asks(worker, code) == []
    factories.assignment(case, worker)
    assert len(asks(type(worker).objects.get(pk=worker.pk), code)) == 1


def test_only_whose_deed_it_is_are_asked(office):
    for role in Role:
        rules = rules_for(factories.user(role, office))
        assert {rule.code for rule in rules} == {
            rule.code for rule in RULES if rule.permission in GRANTS[role]
        }
    assert rules_for(factories.user("data_officer")) == []


@pytest.mark.parametrize("code", [rule.code for rule in RULES if rule.second])
def test_who_asked_does_not_decide(case, person, code):
    row, user = CAUSES[code](case), person(code)
    change(row, **{BY_CODE[code].second: user})
    assert asks(user, code) == []


def test_who_is_shown_a_case_in_an_emergency_is_asked_nothing(case, office):
    CAUSES["request-unanswered"](case)
    reader = factories.user("field_officer", office)
    factories.break_glass(case, reader)
    assert AssistanceRequest.objects.visible_to(reader).exists()
    assert asks(reader, "request-unanswered") == []


@pytest.mark.parametrize(
    ("code", "end"), [("charge-asleep", "stayed"), ("charge-transferred", "transferred")]
)
def test_what_a_court_put_aside_asks_once_for_each_proceeding(case, case_manager, code, end):
    """The first of its charges stands for all; a closed case is reopened before it goes on."""
    first = CAUSES[code](case, t.ASLEEP_ASKED_AFTER)
    court = first.charge.prosecution
    later = factories.charge(prosecution=court)
    day = ago(t.TRANSFER_FOLLOWED_WITHIN)
    second = factories.decision(charge=later, disposition=end, decided_on=day)
    (task,) = asks(case_manager, code)
    assert task.pk == first.pk
    there = f"/cases/{case.pk}/court/#court"
    assert BY_CODE[code].address(case.pk, task.target) == there
    ANSWERS[code](first)
    left = {"charge-asleep": [], "charge-transferred": [second.pk]}  # by its own term
    assert [task.pk for task in asks(case_manager, code)] == left[code]


def test_an_overturned_conviction_asks_for_no_sentence_or_money(case, case_manager):
    row = sentenced(case)
    charge = row.judgment.decisions.get().charge
    appeal = factories.appeal(judgment=row.judgment)
    later = factories.judgment(
        prosecution=charge.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=timezone.localdate(),
    )
    assert len(asks(case_manager, "compensation-unpaid")) == 1
    factories.decision(charge=charge, judgment=later, disposition="acquitted")
    assert asks(case_manager, "compensation-unpaid") == []
    row.delete()
    assert asks(case_manager, "conviction-without-sentence") == []


def test_part_of_the_money_is_not_the_money(case, case_manager):
    justice.compensation_payment(sentence=sentenced(case), amount=4999)
    assert len(asks(case_manager, "compensation-unpaid")) == 1


def test_an_investigation_taken_up_again_is_asked_for_anew(case, case_manager):
    complaint = complained(case, t.REPORT_WITHIN * 3)
    justice.police_report(complaint=complaint, kind="false", reported_on=ago(t.REPORT_WITHIN * 2))
    assert asks(case_manager, "complaint-without-report") == []
    again = justice.police_report(
        complaint=complaint, kind="reopened", reported_on=ago(t.REPORT_WITHIN / 2)
    )
    assert asks(case_manager, "complaint-without-report") == []
    change(again, reported_on=ago(t.REPORT_WITHIN))
    assert len(asks(case_manager, "complaint-without-report")) == 1


def test_a_lead_whose_only_step_was_dropped_waits_again(case, case_manager):
    lead = CAUSES["lead-waiting"](case)
    step = field.step(case, lead=lead)
    assert asks(case_manager, "lead-waiting") == []
    change(step, status="dropped")
    assert [task.pk for task in asks(case_manager, "lead-waiting")] == [lead.pk]
    field.step(case, lead=lead)
    assert asks(case_manager, "lead-waiting") == []


def test_a_late_task_is_asked_of_who_gives_tasks_not_of_who_has_it(case, case_manager, office):
    row = CAUSES["task-overdue"](case)
    assert [task.pk for task in asks(case_manager, "task-overdue")] == [row.pk]
    lead = factories.user("case_manager", office)
    change(row, assignee=lead)
    assert asks(lead, "task-overdue") == []
    change(row, assignee=None)  # of the whole team
    assert asks(case_manager, "task-overdue") == []


def test_who_left_is_asked_about_once(case, case_manager):
    row = CAUSES["task-left-behind"](case)
    change(row, due_on=ago(timedelta(days=9)))
    assert len(asks(case_manager, "task-left-behind")) == 1
    assert asks(case_manager, "task-overdue") == []


@pytest.mark.parametrize("finding", ["altered", "missing"])
def test_an_original_that_differs_asks_and_one_found_sound_again_does_not(
    case, case_manager, finding
):
    version = papers.version(case, original=papers.stored_file())
    change(version.file, finding="sound", checked_at=timezone.now())
    assert asks(case_manager, "file-differs") == []
    change(version.original, finding=finding, checked_at=timezone.now())
    (task,) = asks(case_manager, "file-differs")
    assert (task.pk, task.target) == (version.pk, version.document_id)
    change(version.original, finding="sound")
    assert asks(case_manager, "file-differs") == []


def test_the_drafts_of_a_case_are_one_question(case, case_manager):
    for _one in range(3):
        factories.referral(case)
    factories.referral()
    found = {task.case_id: task.about for task in asks(case_manager, "referral-draft")}
    assert found[case.pk] == "3 not sent"
    assert len(found) == 2


def test_who_has_the_relief_is_asked_about_when_all_of_it_is_late(case, case_manager):
    relieved = owed(case, PAID_WITHIN - timedelta(days=1))
    ledger.rehabilitation_payment(entitlement=relieved)
    assert asks(case_manager, "rehabilitation-late") == []
    late = owed(case, PAID_WITHIN)
    ledger.rehabilitation_payment(entitlement=late)
    (task,) = asks(case_manager, "rehabilitation-late")
    assert task.pk == late.pk


def test_a_payment_that_counts_no_more_leaves_the_money_owed(case, case_manager):
    late = owed(case, PAID_WITHIN)
    ledger.rehabilitation_payment(entitlement=late, amount=100000, not_counted="never")
    (task,) = asks(case_manager, "rehabilitation-late")
    assert task.pk == late.pk


def test_a_consent_is_asked_again_a_month_before_and_not_when_it_is_over(case, case_manager):
    ending(case, -timedelta(days=1))
    assert asks(case_manager, "consent-ending") == []
    persons.consent(
        factories.involvement(case), expires_on=timezone.localdate() - timedelta(days=1)
    )
    assert asks(case_manager, "consent-ending") == []
    ending(case)
    assert len(asks(case_manager, "consent-ending")) == 1
