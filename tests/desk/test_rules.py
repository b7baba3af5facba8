"""Every rule asks when the record gives cause, of those whose deed it is, and goes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import GRANTS, Role
from aftercare.enums import ANSWER_WITHIN
from aftercare.schemes import PAID_WITHIN, RELIEF_WITHIN
from desk.rules import BY_CODE, RULES
from desk.rules import terms as t
from desk.tasks import asked, to_do
from prosecutions.models import AssistanceRequest
from tests import factories
from tests.factories import care, duplicates, field, justice, ledger, persons

pytestmark = pytest.mark.django_db

LONG = timedelta(days=2)
LONG_AHEAD = timedelta(days=90)


def ago(term, more=timedelta(0)):
    return timezone.localdate() - term - more


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


def rescued(case, term=t.COMPLAINT_WITHIN):
    moment = timezone.now() - term - timedelta(minutes=1)
    return factories.rescue(case, occurred_at=moment, occurred_on=moment.date())


def emergency(case, _term=None):
    return factories.break_glass(case, factories.user("field_officer"))


def held(case, term=t.AT_ONCE):
    return factories.custody(case, charge_by=ago(term))


def listed(case, term=t.RESULT_WITHIN):
    return factories.hearing(case, listed_on=ago(term))


def never_listed(case, term=t.LISTED_WITHIN):
    return factories.prosecution(case, filed_on=ago(term))


def heard(reason, term):
    def make(case, term=term):
        before = factories.prosecution(case, filed_on=ago(term, LONG))
        values = {"listed_on": ago(term), "result": "held", "no_next_date": reason}
        return factories.hearing(prosecution=before, **values).prosecution

    return make


def complained(case, term=t.REPORT_WITHIN):
    made = factories.complaint(case)
    made.filed_on = ago(term)
    made.save()
    return made


def appealed(case, term=t.APPEAL_ASKED_AFTER):
    return factories.appeal(case, filed_on=ago(term))


def convicted(case, term=t.SENTENCE_WITHIN):
    return factories.decision(case, decided_on=ago(term))


def sentenced(case, term=t.COMPENSATION_WITHIN):
    made = factories.sentence(case)
    made.judgment.decided_on = ago(term)
    made.judgment.save()
    made.compensation, made.currency = 5000, "INR"
    made.save()
    return made


def requested(direction, term):
    def make(case, term=term):
        return justice.assistance_request(case, direction=direction, asked_on=ago(term))

    return make


def protected(case, term=timedelta(0)):
    """`term` before the day from which it is asked."""
    measure = justice.protective_measure(case)
    coming = timezone.localdate() + t.MEASURE_AHEAD - term
    factories.hearing(case, listed_on=coming)
    return measure


def planned(column):
    """An open plan by whose day something is due today."""

    def make(case, _term=None):
        plan = care.care_plan(case, assess_by=None, review_by=None)
        return change(plan, **{column: timezone.localdate()})

    return make


def reviewed(case, _term=None):
    return planned("review_by")(case).involvement


def followed(case, _term=None):
    return care.closed_plan(case, follow_up_by=timezone.localdate())


def sent(case, term=ANSWER_WITHIN["now"]):
    made = factories.referral(case)
    made.provider, made.status = factories.provider(), "sent"
    made.sent_at = timezone.now() - term
    made.save()
    return made


def left_behind(case, _term=None):
    gone = factories.assignment(case, factories.user("field_officer", case.office))
    task = factories.task(case, assignee=gone.user)
    gone.ended_at = timezone.now()
    gone.save()
    return task


def proposed(case, _term=None):
    return factories.disclosure(case, status="proposed", confirmed_by=None, confirmed_at=None)


def opening(case, _term=None):
    asker = factories.user()
    made = factories.seal(case, status="asked", asked_by=asker, asked_reason="Invented reason")
    made.asked_at = timezone.now()
    made.save()
    return made


def freed(case, term=t.CERTIFICATE_WITHIN):
    """A survivor of bonded labour with no certificate."""
    type(case).objects.filter(pk=case.pk).update(programme="bonded_labour")
    met = factories.rescue(case, occurred_on=ago(term))
    return factories.involvement(case, rescue=met, outcome="rescued")


def owed(case, term=RELIEF_WITHIN):
    paper = ledger.certificate(case, applied_on=None, answered_on=ago(term))
    return ledger.entitlement(certificate=paper)


def paid_all(row):
    ledger.rehabilitation_payment(entitlement=row, amount=row.total)


def journey(case, term=timedelta(0)):
    """`term` before the day from which it is asked."""
    coming = timezone.localdate() + t.RECEIVER_AHEAD - term
    return ledger.repatriation(case, planned_for=coming)


def heard_of(case, term=t.LEAD_WITHIN):
    return field.lead(case, received_on=ago(term))


def step_planned(case, term=t.AT_ONCE):
    return field.step(case, planned_for=ago(term, timedelta(days=1)))


def offered(case, term=t.TAKEN_OVER_WITHIN):
    moment = timezone.now() - term - timedelta(minutes=1)
    return factories.transfer(case, asked_at=moment)


def ending(case, term=timedelta(0)):
    """`term` before the day from which it is asked."""
    last = timezone.localdate() + t.CONSENT_AHEAD - term
    return persons.consent(factories.involvement(case), expires_on=last)


CAUSES = {
    "certificate-missing": freed,
    "rehabilitation-late": owed,
    "journey-without-receiver": journey,
    "case-without-anybody": lambda case, _term=None: case,
    "transfer-unanswered": offered,
    "consent-ending": ending,
    "withdrawal-untold": lambda case, _term=None: persons.withdrawal(case),
    "record-asked": lambda case, _term=None: duplicates.confirmation(case),
    "rescue-without-complaint": rescued,
    "emergency-unreviewed": emergency,
    "opening-asked": opening,
    "disclosure-proposed": proposed,
    "task-left-behind": left_behind,
    "custody-limit": held,
    "hearing-result": listed,
    "no-next-date": never_listed,
    "judgment-reserved": heard("reserved", t.JUDGMENT_WITHIN),
    "proceeding-stayed": heard("stayed", t.STAY_ASKED_AFTER),
    "court-silent": heard("to_be_told", t.COURT_ASKED_AFTER),
    "complaint-without-report": complained,
    "appeal-pending": appealed,
    "survivor-accused": lambda case, _term=None: justice.accusation(case),
    "protection-unanswered": protected,
    "conviction-without-sentence": convicted,
    "compensation-unpaid": sentenced,
    "request-unanswered": requested("to", t.REMINDED_AFTER),
    "request-to-answer": requested("from", t.ANSWERED_WITHIN),
    "referral-draft": lambda case, _term=None: factories.referral(case),
    "referral-unanswered": sent,
    "assessment-due": planned("assess_by"),
    "plan-review-due": reviewed,
    "follow-up-due": followed,
    "lead-waiting": heard_of,
    "step-overdue": step_planned,
}
# What makes a question go: what was recorded, of the row that was asked about.
ANSWERS = {
    "certificate-missing": lambda row: ledger.certificate(involvement=row),
    "rehabilitation-late": paid_all,
    "journey-without-receiver": lambda row: change(row, provider=factories.provider()),
    "case-without-anybody": lambda row: factories.assignment(
        row, factories.user("legal_officer", row.office)
    ),
    "transfer-unanswered": lambda row: change(
        row, status="withdrawn", decided_by=row.asked_by, decided_at=timezone.now()
    ),
    "consent-ending": lambda row: change(row, withdrawn_on=timezone.localdate()),
    "withdrawal-untold": lambda row: change(
        row, told_on=timezone.localdate(), told_by=factories.user()
    ),
    "record-asked": lambda row: change(
        row, status="yes", answered_by=factories.user(), answered_at=timezone.now()
    ),
    "rescue-without-complaint": lambda row: factories.complaint(row.case),
    "emergency-unreviewed": lambda row: (
        type(row)
        .objects.filter(pk=row.pk)
        .update(
            status="reviewed",
            finding="justified",
            reviewed_by=factories.user("safeguarding_lead"),
            reviewed_at=timezone.now(),
        )
    ),
    "opening-asked": lambda row: change(row, status="sealed"),
    "disclosure-proposed": lambda row: change(row, status="refused"),
    "task-left-behind": lambda row: change(row, assignee=None),
    "custody-limit": lambda row: factories.charge(row.case, suspect=row.suspect),
    "hearing-result": lambda row: change(row, result="held"),
    "no-next-date": lambda row: factories.hearing(prosecution=row),
    "judgment-reserved": lambda row: factories.hearing(prosecution=row),
    "proceeding-stayed": lambda row: factories.decision(charge=factories.charge(prosecution=row)),
    "court-silent": lambda row: factories.hearing(prosecution=row),
    "complaint-without-report": lambda row: justice.police_report(complaint=row),
    "appeal-pending": lambda row: change(row, withdrawn_on=row.filed_on),
    "survivor-accused": lambda row: change(row, ended="dropped", ended_on=timezone.localdate()),
    "protection-unanswered": lambda row: change(
        row, answer="granted", answered_on=timezone.localdate()
    ),
    "conviction-without-sentence": lambda row: row.judgment.sentences.create(
        case=row.case, suspect=row.charge.suspect, months=12
    ),
    "compensation-unpaid": lambda row: justice.compensation_payment(sentence=row, amount=5000),
    "request-unanswered": lambda row: change(row, reminders=1, reminded_on=timezone.localdate()),
    "request-to-answer": lambda row: change(row, answer="given", answered_on=timezone.localdate()),
    "referral-draft": lambda row: change(row, status="withdrawn"),
    "referral-unanswered": lambda row: change(row, status="accepted", answered_at=timezone.now()),
    "assessment-due": lambda row: change(row, assess_by=timezone.localdate() + LONG_AHEAD),
    "plan-review-due": lambda row: change(
        row.plans.get(), review_by=timezone.localdate() + LONG_AHEAD
    ),
    "follow-up-due": lambda row: change(row, follow_up_by=None),
    "lead-waiting": lambda row: field.step(row.case, lead=row),
    "step-overdue": lambda row: change(
        row, status="done", done_on=timezone.localdate(), result="pending"
    ),
}
WITHOUT_TERM = {
    "case-without-anybody": "asked at once",
    "consent-ending": "asked before its day, below",
    "withdrawal-untold": "asked at once",
    "record-asked": "asked at once",
    "emergency-unreviewed": "reviewed within 72 hours, asked at once",
    "opening-asked": "asked at once",
    "disclosure-proposed": "asked at once",
    "task-left-behind": "asked at once",
    "survivor-accused": "asked at once",
    "referral-draft": "asked at once",
    "custody-limit": "asked before its day, below",
    "protection-unanswered": "asked before its day, below",
    "assessment-due": "asked before its day, in tests/aftercare/test_plans.py",
    "plan-review-due": "asked before its day, in tests/aftercare/test_plans.py",
    "follow-up-due": "asked before its day, in tests/aftercare/test_plans.py",
}


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def test_every_rule_is_tried_here():
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(CAUSES) == sorted(ANSWERS)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("code", CAUSES)
def test_it_asks_once_and_goes_by_itself(case, person, code):
    row, user = CAUSES[code](case), person(code)
    (task,) = asks(user, code)
    assert (task.pk, task.rule, task.case_id) == (row.pk, code, case.pk)
    (again,) = asks(user, code)
    assert vars(again) | {"_state": 0} == vars(task) | {"_state": 0}
    ANSWERS[code](row)
    assert asks(user, code) == []


@pytest.mark.parametrize("code", sorted(set(CAUSES) - set(WITHOUT_TERM)))
def test_it_does_not_ask_before_its_term(case, person, code):
    earlier = {
        "rescue-without-complaint": t.COMPLAINT_WITHIN - timedelta(minutes=30),
        "referral-unanswered": timedelta(0),
    }
    make = CAUSES[code]
    default = (make.__defaults__ or (timedelta(0),))[0]
    make(case, earlier.get(code, default - timedelta(days=1)))
    assert asks(person(code), code) == []


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


@pytest.mark.parametrize("code", CAUSES)
def test_another_office_is_not_asked(case, person, code):
    CAUSES[code](case)
    role = person(code).roles[0][1]
    stranger = factories.user(role, factories.office("manila", "PH-MNL"))
    assert asks(stranger, code) == []


@pytest.mark.parametrize("code", CAUSES)
def test_a_closed_case_asks_nothing(case, person, code):
    CAUSES[code](case)
    change(case, status="closed", closed_on=timezone.localdate())
    assert len(asks(person(code), code)) == BY_CODE[code].after_closing


NOT_OF_A_TEAM = {"emergency-unreviewed", "opening-asked", "case-without-anybody", "record-asked"}


@pytest.mark.parametrize("code", sorted(set(CAUSES) - NOT_OF_A_TEAM))
def test_the_team_is_asked_and_others_of_the_office_are_not(case, code):
    CAUSES[code](case)
    worker = factories.user("legal_officer", case.office)
    assert asks(worker, code) == []
    factories.assignment(case, worker)
    assert len(asks(type(worker).objects.get(pk=worker.pk), code)) == 1


def test_only_whose_deed_it_is_are_asked(office):
    for role in Role:
        rules = asked(factories.user(role, office))
        assert {rule.code for rule in rules} == {
            rule.code for rule in RULES if rule.permission in GRANTS[role]
        }
    assert asked(factories.user("data_officer")) == []


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
