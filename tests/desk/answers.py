"""What makes the question of each rule go: what was recorded, of the row that was asked about."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from prosecutions.models import Arrest
from tests import factories
from tests.desk.causes import change
from tests.factories import care, field, justice, ledger, papers

LONG_AHEAD = timedelta(days=90)


def paid_all(row):
    ledger.rehabilitation_payment(entitlement=row, amount=row.total)


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
    "answer-waiting": lambda row: change(
        row, status="accepted", decided_by=factories.user(), decided_at=timezone.now()
    ),
    "disclosure-proposed": lambda row: change(row, status="refused"),
    "task-left-behind": lambda row: change(row, assignee=None),
    "custody-presumed": lambda row: factories.custody(
        suspect=Arrest.objects.get(case=row.case, presumed_until=row.court_by).suspect
    ),
    "custody-court": lambda row: change(row, in_court_on=timezone.localdate()),
    "custody-limit": lambda row: factories.charge(row.case, suspect=row.suspect),
    "custody-without-limit": lambda row: change(
        row, charge_by=timezone.localdate(), limit_reason="other_law"
    ),
    "charge-asleep": lambda row: change(row, lifted_on=timezone.localdate(), lifted_for="revived"),
    "charge-transferred": lambda row: factories.charge(
        row.case, suspect=row.charge.suspect, filed_on=timezone.localdate()
    ),
    "task-overdue": lambda row: change(
        row, status="done", ended_at=timezone.now(), ended_by=row.assignee
    ),
    "result-pending": lambda row: change(row, result="confirmed"),
    "recognition-asked": lambda row: change(
        row, status="refused", answered_by=factories.user(), answered_at=timezone.now()
    ),
    "material-known": lambda row: papers.recognition(document=row),
    "file-differs": lambda row: papers.version(document=row.document),
    "hearing-result": lambda row: change(row, result="held"),
    "no-next-date": lambda row: factories.hearing(prosecution=row),
    "judgment-reserved": lambda row: factories.hearing(prosecution=row),
    "proceeding-stayed": lambda row: factories.decision(charge=factories.charge(prosecution=row)),
    "court-silent": lambda row: factories.hearing(prosecution=row),
    "complaint-without-report": lambda row: justice.police_report(complaint=row),
    "appeal-pending": lambda row: change(row, withdrawn_on=row.filed_on),
    "limitation-near": justice.complaint_against,
    "survivor-accused": lambda row: change(row, ended="dropped", ended_on=timezone.localdate()),
    "protection-unanswered": lambda row: change(
        row, answer="granted", answered_on=timezone.localdate()
    ),
    "hearing-without-witness": lambda row: justice.participation(
        row.case, prosecution=row.prosecution
    ),
    "conviction-without-sentence": lambda row: row.judgment.sentences.create(
        case=row.case, suspect=row.charge.suspect, months=12
    ),
    "compensation-unpaid": lambda row: justice.compensation_payment(sentence=row, amount=5000),
    "request-unanswered": lambda row: change(row, reminders=1, reminded_on=timezone.localdate()),
    "request-to-answer": lambda row: change(row, answer="given", answered_on=timezone.localdate()),
    "referral-draft": lambda row: change(row, status="withdrawn"),
    "referral-declined": lambda row: type(row).objects.create(
        case=row.case, involvement=row.involvement, need=row.need
    ),
    "referral-unanswered": lambda row: change(row, status="accepted", answered_at=timezone.now()),
    "care-plan-missing": lambda row: care.care_plan(involvement=row),
    "assessment-due": lambda row: change(row, assess_by=timezone.localdate() + LONG_AHEAD),
    "plan-review-due": lambda row: change(
        row.plans.get(), review_by=timezone.localdate() + LONG_AHEAD
    ),
    "follow-up-alarm": lambda row: care.care_plan(involvement=row.plan.involvement),
    "follow-up-due": lambda row: change(row, follow_up_by=None),
    "lead-waiting": lambda row: field.step(row.case, lead=row),
    "step-overdue": lambda row: change(
        row, status="done", done_on=timezone.localdate(), result="pending"
    ),
}
