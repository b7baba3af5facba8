"""What happens before a court: a proceeding, its judgments, appeals and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.services.cases import require_content, require_open_case, require_past
from casework.workflow import case_workflow
from core import audit, refusals
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from prosecutions.columns import Months
from prosecutions.enums import Disposition, Instance, Lifted, StageMeaning
from prosecutions.models import Appeal, Charge, ChargeDecision, Judgment, Prosecution, Sentence
from prosecutions.services.ending import end_hearings, end_sentencing
from prosecutions.services.judgment_rules import (
    Ended,
    Sentenced,
    check_appeal,
    check_appeal_decided,
    check_charges,
    check_first,
)
from prosecutions.services.shares import Share, sum_of, write_shares
from prosecutions.services.stages import note_appeal, note_decided, note_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from accounts.models import User
    from casework.models import Case
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Complaint, Suspect
    from prosecutions.querysets import DecisionQuerySet
    from victims.models import Involvement

NOT_CONVICTED = refusals.gettext_lazy("This judgment did not convict this person.")


def same_case(
    case_id: object,
    *rows: Suspect | Charge | Complaint | Involvement | Prosecution,
    field: str | None = None,
) -> None:
    """References within one matter: a row of another case does not belong here."""
    if any(row.case_id != case_id for row in rows):
        raise Refused(_("This belongs to another case."), field)


def check_office(agency: Agency | None, jurisdiction: Jurisdiction, field: str = "agency") -> None:
    """Whoever acts, or is asked, is in the country that is named."""
    if agency and agency.jurisdiction.country != jurisdiction.country:
        raise Refused(_("This office is in another country than the place."), field)


@service(Perm.PROSECUTION_OPEN, label=gettext_lazy("Open a prosecution"), begins=True)
def open_prosecution(
    case: Case,
    *,
    jurisdiction: Jurisdiction,
    filed_on: date,
    docket: Annotated[str, Column(blank=True)] = "",
    court: Agency | None = None,
    complaint: Complaint | None = None,
    actor: User,
) -> Prosecution:
    """Record that a proceeding was filed before a court, and move the case on."""
    current = require_open_case(case, actor)  # held: two may be opened at once
    require_past(case, filed_on)
    if complaint:
        same_case(case.pk, complaint)
    check_office(court, jurisdiction, "court")
    case = current
    if case.status in CaseStatus.BEFORE_TRIAL:
        case_workflow.apply(case, "prosecute", actor=actor)
    prosecution = Prosecution.objects.create(
        case=case,
        jurisdiction=jurisdiction,
        filed_on=filed_on,
        docket=docket,
        court=court,
        complaint=complaint,
    )
    note_stage(prosecution, StageMeaning.FILED, filed_on)
    audit.record("prosecution.opened", prosecution, actor=actor)
    return prosecution


@service(Perm.JUDGMENT_RECORD)
def record_judgment(
    prosecution: Prosecution,
    *,
    decided_on: date,
    attribution: str,
    decisions: Sequence[tuple[Charge, str] | tuple[Charge, str, str]],
    appeal: Appeal | None = None,
    sentences: Sequence[Sentenced] = (),
    actor: User,
) -> Judgment:
    """Record what a court decided on each charge (`Ended`); with `appeal`, on that appeal; with
    `sentences`, also what it sentenced those convicted to: all of it, or nothing.

    With the last one decided no hearing was later, but on a sentence; those listed for later are
    taken off the list. An appeal may send a charge back: it is open again.
    """
    ends = [Ended(*decision) for decision in decisions]
    back = any(end.disposition == Disposition.REMANDED for end in ends)  # a trial begins anew
    (require_open_case if back else require_content)(prosecution.case, actor)
    require_past(prosecution.case, decided_on)
    Prosecution.objects.select_for_update().get(pk=prosecution.pk)  # no two judgments at once
    check_charges(prosecution, [end.charge for end in ends])
    if appeal:
        check_appeal_decided(prosecution, ends, appeal)
    else:
        check_first(decided_on, ends)
    judgment = Judgment.objects.create(
        case=prosecution.case,
        prosecution=prosecution,
        instance=Instance.APPEAL if appeal else Instance.FIRST,
        appeal=appeal,
        decided_on=decided_on,
        attribution=attribution,
    )
    _decide(judgment, ends)
    note_decided(prosecution)
    end_hearings(prosecution, "decided_on")
    _sentence(judgment, sentences, actor)
    audit.record("judgment.recorded", judgment, actor=actor, charges=len(ends))  # last: it is said
    return judgment


def _decide(judgment: Judgment, ends: list[Ended]) -> None:
    """Write down how each charge ends; what sends one back lifts what was decided, and itself."""
    back = {"lifted_on": judgment.decided_on, "lifted_for": Lifted.RETRIAL}
    again = [end.charge for end in ends if end.disposition == Disposition.REMANDED]
    lift(ChargeDecision.objects.filter(charge__in=again), **back)
    ChargeDecision.objects.bulk_create(
        ChargeDecision(
            case=judgment.case,
            judgment=judgment,
            **end._asdict(),
            **(back if end.charge in again else {}),
        )
        for end in ends
    )
    refuse(judgment)
    refuse(*judgment.decisions.all(), field="decided_on")


def _sentence(judgment: Judgment, sentences: Sequence[Sentenced], actor: User) -> None:
    """What is refused is said at the sentence at fault."""
    for number, sentence in enumerate(sentences):
        try:
            record_sentence(judgment, actor=actor, **sentence._asdict())
        except Refused as refusal:
            at = f"sentences[{number}].{refusal.field or 'suspect'}"
            raise Refused(refusal.words, at) from None


def lift(decisions: DecisionQuerySet, **why: object) -> None:
    """Take away from these decisions that they stand; the history keeps them as they were."""
    decisions.standing().update(version=F("version") + 1, updated_at=Now(), **why)


@service(Perm.APPEAL_RECORD, label=gettext_lazy("File an appeal"))
def file_appeal(
    judgment: Judgment,
    *,
    filed_on: date,
    appellant: Annotated[str, Column(needed=True)] = "",
    suspect: Suspect | None = None,
    actor: User,
) -> Appeal:
    """Record an appeal against a judgment. For one defendant, it does not touch the others."""
    require_content(judgment.case, actor)
    require_past(judgment.case, filed_on)
    Prosecution.objects.select_for_update().get(pk=judgment.prosecution_id)  # no twin meanwhile
    new = Appeal(
        case=judgment.case,
        judgment=judgment,
        suspect=suspect,
        appellant=appellant,
        filed_on=filed_on,
    )
    check_appeal(new)
    new.save(force_insert=True)
    refuse(new)
    note_appeal(judgment.prosecution, filed_on)
    audit.record("appeal.filed", new, actor=actor)
    return new


@service(Perm.APPEAL_RECORD, label=gettext_lazy("Withdraw an appeal"))
def withdraw_appeal(appeal: Appeal, *, withdrawn_on: date, actor: User) -> Appeal:
    """Record the withdrawal. The appeal then counts as if it had not been filed."""
    require_content(appeal.case, actor)
    require_past(appeal.case, withdrawn_on)
    prosecution = Prosecution.objects.select_for_update().get(judgments__appeals=appeal)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.withdrawn_on or Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal has already ended."))
    if withdrawn_on < appeal.filed_on:
        raise Refused(_("An appeal cannot be withdrawn before it was filed."))
    appeal.withdrawn_on = withdrawn_on
    appeal.version += 1
    appeal.save(update_fields=["withdrawn_on", "version", "updated_at"])
    end_hearings(prosecution, "withdrawn_on")
    audit.record("appeal.withdrawn", appeal, actor=actor)
    return appeal


@service(Perm.SENTENCE_RECORD, label=gettext_lazy("Record a sentence"))
def record_sentence(
    judgment: Judgment,
    *,
    suspect: Suspect,
    months: Months = None,
    life: bool = False,
    suspended: bool = False,
    fine: Decimal | None = None,
    compensation: Decimal | None = None,
    currency: str = "",
    shares: Sequence[Share] = (),
    actor: User,
) -> Sentence:
    """Record the sentence of one person convicted by a judgment. `shares`: how much for whom."""
    require_content(judgment.case, actor)
    Prosecution.objects.select_for_update().get(pk=judgment.prosecution_id)  # no two at once
    convicted = judgment.decisions.standing().filter(
        charge__suspect=suspect, disposition__in=Disposition.CONVICTED
    )
    if not convicted.exists():
        raise Refused(NOT_CONVICTED, "suspect")
    if Sentence.objects.filter(judgment=judgment, suspect=suspect).exists():
        raise Refused(_("The sentence of this person is already recorded."))
    sentence = Sentence(
        case=judgment.case,
        judgment=judgment,
        suspect=suspect,
        months=months,
        life=life,
        suspended=suspended,
        fine=fine,
        compensation=sum_of(shares, compensation),
        currency=currency,
    )
    check_sentence(sentence)
    sentence.save(force_insert=True)
    write_shares(sentence, shares)
    end_sentencing(judgment.prosecution)
    audit.record("sentence.recorded", sentence, actor=actor)
    return sentence


def check_sentence(sentence: Sentence) -> None:
    """A sentence that can be served, and money in some currency."""
    money = sentence.fine is not None or sentence.compensation is not None
    if not money and not sentence.life and sentence.months is None:
        raise Refused(_("Enter the sentence."), "months")
    if sentence.life and sentence.months is not None:
        raise Refused(_("A life sentence cannot also have a number of months."), "months")
    if money and not sentence.currency:
        raise Refused(_("Enter the currency of the amount."), "currency")
