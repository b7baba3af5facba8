"""What makes each rule ask: a row of a case, made so that it is asked about today."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from aftercare.enums import ANSWER_WITHIN
from aftercare.schemes import RELIEF_WITHIN
from desk.rules import terms as t
from tests import factories
from tests.factories import care, courts, duplicates, field, justice, ledger, papers, persons

LONG = timedelta(days=2)


def ago(term, more=timedelta(0)):
    return timezone.localdate() - term - more


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def rescued(case, term=t.COMPLAINT_WITHIN):
    moment = timezone.now() - term - timedelta(minutes=1)
    return factories.rescue(case, occurred_at=moment, occurred_on=moment.date())


def emergency(case, _term=None):
    return factories.break_glass(case, factories.user("field_officer"))


def held(case, term=t.AT_ONCE):
    return factories.custody(case, charge_by=ago(term))


def unseen(case, _term=None):
    return factories.custody(case, court_by=timezone.now())


def unaccused(case, _term=None):
    """India gives a year for the offences punished least, counted from the last rescue."""
    rescued(case, timedelta(days=400))
    return factories.suspect(case)


def listed(case, term=t.RESULT_WITHIN):
    return factories.hearing(case, listed_on=ago(term))


def unlimited(case, term=t.LIMIT_ASKED_AFTER):
    return factories.custody(case, since=ago(term), charge_by=None, court_by=None)


def ended_as(disposition, term):
    """What a court decided so of a charge."""

    def make(case, term=term):
        return factories.decision(case, disposition=disposition, decided_on=ago(term))

    return make


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


def unwitnessed(case, term=timedelta(0)):
    """`term` before the day from which it is asked."""
    return factories.hearing(case, listed_on=timezone.localdate() + t.WITNESS_AHEAD - term)


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


def alarmed(case, _term=None):
    plan = care.closed_plan(case, follow_up_by=None)
    return care.follow_up(plan=plan, done_on=timezone.localdate(), safe="no")


def turned_down(case, _term=None):
    told = {"status": "declined", "answered_at": timezone.now(), "decline_reason": "Full"}
    return change(sent(case), **told)


def left_behind(case, _term=None):
    gone = factories.assignment(case, factories.user("field_officer", case.office))
    task = factories.task(case, assignee=gone.user)
    gone.ended_at = timezone.now()
    gone.save()
    return task


def proposed(case, _term=None):
    return factories.disclosure(case, status="proposed", confirmed_by=None, confirmed_at=None)


def told(case, _term=None):
    return justice.answer(case)


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


def unplanned(case, term=t.PLAN_WITHIN):
    """A survivor with no care plan; placed, so that no certificate is asked for with it."""
    person = factories.involvement(case)
    return care.placement(involvement=person, since=ago(term)).involvement


def owed(case, term=RELIEF_WITHIN):
    paper = ledger.certificate(case, applied_on=None, answered_on=ago(term))
    return ledger.entitlement(certificate=paper)


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


def late(case, term=-t.TASK_LATE_AFTER):
    """Of a colleague on the team."""
    colleague = factories.assignment(case, factories.user("field_officer", case.office)).user
    return factories.task(case, assignee=colleague, due_on=ago(term))


def pending(case, term=t.RESULT_KNOWN_WITHIN):
    return field.done_step(case, done_on=ago(term))


def altered(case, _term=None):
    row = papers.version(case)
    change(row.file, finding="altered", checked_at=timezone.now())
    return row


def known(case, _term=None):
    """Its bytes are on record in another case."""
    digest = bytes(31) + b"k"
    papers.hash_alone(digest=digest)
    return papers.version(case, sha256=digest).document


CAUSES = {
    "task-overdue": late,
    "result-pending": pending,
    "recognition-asked": lambda case, _term=None: papers.recognition(case),
    "material-known": known,
    "file-differs": altered,
    "care-plan-missing": unplanned,
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
    "answer-waiting": told,
    "task-left-behind": left_behind,
    "custody-presumed": lambda case, _term=None: courts.custody_clock(case),
    "custody-court": unseen,
    "custody-limit": held,
    "hearing-result": listed,
    "custody-without-limit": unlimited,
    "charge-asleep": ended_as("archived", t.ASLEEP_ASKED_AFTER),
    "charge-transferred": ended_as("transferred", t.TRANSFER_FOLLOWED_WITHIN),
    "no-next-date": never_listed,
    "judgment-reserved": heard("reserved", t.JUDGMENT_WITHIN),
    "proceeding-stayed": heard("stayed", t.STAY_ASKED_AFTER),
    "court-silent": heard("to_be_told", t.COURT_ASKED_AFTER),
    "complaint-without-report": complained,
    "appeal-pending": appealed,
    "limitation-near": unaccused,
    "survivor-accused": lambda case, _term=None: justice.accusation(case),
    "protection-unanswered": protected,
    "hearing-without-witness": unwitnessed,
    "conviction-without-sentence": convicted,
    "compensation-unpaid": sentenced,
    "request-unanswered": requested("to", t.REMINDED_AFTER),
    "request-to-answer": requested("from", t.ANSWERED_WITHIN),
    "referral-draft": lambda case, _term=None: factories.referral(case),
    "referral-unanswered": sent,
    "referral-declined": turned_down,
    "assessment-due": planned("assess_by"),
    "plan-review-due": reviewed,
    "follow-up-due": followed,
    "follow-up-alarm": alarmed,
    "lead-waiting": heard_of,
    "step-overdue": step_planned,
}
