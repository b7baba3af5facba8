"""What the years before left open is put off, as a team does that looked at each: the demonstration
begins young, and its figures stay what they are.

*Today* asks all of it again in a month.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from aftercare.codes import CertificateStatus
from aftercare.enums import PlanStatus, ReferralStatus
from aftercare.models import CarePlan, Entitlement, Referral, ReleaseCertificate
from casework.enums import SNOOZED_AT_MOST, Programme
from casework.models import Rescue, Snooze
from core.days import clock
from prosecutions.models import ChargeDecision, Complaint, Prosecution, Sentence, Suspect
from prosecutions.money import with_paid
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

OLD = timedelta(days=14)
ASKED = "Invented: the authority was asked this month."
LOOKED_AFTER = "Invented: the family looks after the person; asked again next month."


def put_off_what_is_old() -> None:
    """Whatever is older than two weeks, once."""
    today = clock.today()
    known = set(Snooze.objects.values_list("rule", "row_id"))
    leads = _leads()
    rows = [
        Snooze(
            case_id=case,
            rule=rule,
            row_id=pk,
            until=today + SNOOZED_AT_MOST,
            reason=reason,
            snoozed_by_id=leads.get(office) or leads[None],
        )
        for rule, reason, records in _old(today - OLD)
        for pk, case, office in records.values_list("pk", "case", "case__office").distinct()
        if (rule, pk) not in known
    ]
    Snooze.objects.bulk_create(rows, batch_size=1000)


def _leads() -> dict[Any, Any]:
    """By office its case manager; for an office without one any."""
    people = User.objects.filter(username__startswith="lead.").order_by("username")
    leads = {office: person.pk for person in people for office, _role in person.roles}
    return {None: people[0].pk} | leads


def _old(day: date) -> Iterator[tuple[str, str, Any]]:
    """By the code of a rule the rows that it would ask of, or asks already."""
    brought_out = Involvement.objects.filter(outcome=Outcome.RESCUED, rescue__occurred_on__lt=day)
    plans = CarePlan.objects.filter(involvement=OuterRef("pk"))
    issued = {"involvement": OuterRef("pk"), "status": CertificateStatus.ISSUED}
    papers = ReleaseCertificate.objects.filter(**issued)
    yield "care-plan-missing", LOOKED_AFTER, brought_out.filter(~Exists(plans))
    bonded = brought_out.filter(case__programme=Programme.BONDED_LABOUR)
    yield "certificate-missing", ASKED, bonded.filter(~Exists(papers))
    complaints = Complaint.objects.filter(case=OuterRef("case"))
    rescues = Rescue.objects.filter(~Exists(complaints), occurred_on__lt=day)
    yield "rescue-without-complaint", ASKED, rescues
    owed = Entitlement.objects.filter(certificate__answered_on__lt=day)
    yield "rehabilitation-late", ASKED, owed
    unpaid = with_paid(Sentence.objects.filter(judgment__decided_on__lt=day)).filter(left__gt=0)
    yield "compensation-unpaid", ASKED, unpaid
    asleep = ChargeDecision.objects.asleep().filter(judgment__decided_on__lt=day)
    yield "charge-asleep", ASKED, asleep
    yield "court-silent", ASKED, Prosecution.objects.open().filter(filed_on__lt=day)
    free = Suspect.objects.unaccused().filter(time_ends_on__lt=day)
    yield "limitation-near", ASKED, free
    sent = Referral.objects.filter(status=ReferralStatus.SENT, sent_at__date__lt=day)
    yield "referral-unanswered", ASKED, sent
    assessed = CarePlan.objects.filter(status=PlanStatus.OPEN, assess_by__lt=day)
    yield "assessment-due", LOOKED_AFTER, assessed
    reviewed = Involvement.objects.filter(plans__status=PlanStatus.OPEN, plans__review_by__lt=day)
    yield "plan-review-due", LOOKED_AFTER, reviewed
