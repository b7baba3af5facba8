"""What happens before a court: a proceeding, its judgments, appeals and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.models import Case
from casework.services.cases import require_content, require_past
from casework.workflow import case_workflow
from core import audit
from core.services import Refused, service
from prosecutions.enums import Disposition, Instance, StageMeaning
from prosecutions.models import Appeal, Charge, ChargeDecision, Judgment, Prosecution, Sentence
from prosecutions.services.stages import note_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from accounts.models import User
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Complaint, Suspect
    from victims.models import Involvement


class Ended(NamedTuple):
    """How one charge ends in a judgment; `local_term` keeps the court's own word."""

    charge: Charge
    disposition: str
    local_term: str = ""


def same_case(
    case_id: object, *rows: Suspect | Charge | Complaint | Involvement | Prosecution
) -> None:
    """References within one matter: a row of another case does not belong here."""
    if any(row.case_id != case_id for row in rows):
        raise Refused(_("This belongs to another case."))


@service(Perm.PROSECUTION_OPEN)
def open_prosecution(
    case: Case,
    *,
    jurisdiction: Jurisdiction,
    filed_on: date,
    docket: str = "",
    court: Agency | None = None,
    complaint: Complaint | None = None,
    actor: User,
) -> Prosecution:
    """Record that a proceeding was filed before a court, and move the case on."""
    require_content(case, actor)
    require_past(case, filed_on)
    if complaint:
        same_case(case.pk, complaint)
    case = Case.objects.select_for_update().get(pk=case.pk)  # two may be opened at once
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
    actor: User,
) -> Judgment:
    """Record what a court decided, charge by charge (`Ended`); with `appeal`, on that appeal."""
    require_content(prosecution.case, actor)
    require_past(prosecution.case, decided_on)
    Prosecution.objects.select_for_update().get(pk=prosecution.pk)  # no two judgments at once
    ends = [Ended(*decision) for decision in decisions]
    charges = [end.charge for end in ends]
    _check_charges(prosecution, decided_on, charges)
    if appeal:
        _check_appeal(prosecution, decided_on, charges, appeal)
    elif ChargeDecision.objects.filter(charge__in=charges).first_instance().exists():
        raise Refused(_("A court of first instance has already decided one of these charges."))
    judgment = Judgment.objects.create(
        case=prosecution.case,
        prosecution=prosecution,
        instance=Instance.APPEAL if appeal else Instance.FIRST,
        appeal=appeal,
        decided_on=decided_on,
        attribution=attribution,
    )
    ChargeDecision.objects.bulk_create(
        ChargeDecision(case=prosecution.case, judgment=judgment, **end._asdict()) for end in ends
    )
    if not appeal:
        note_stage(prosecution, StageMeaning.JUDGMENT, decided_on)
    audit.record("judgment.recorded", judgment, actor=actor, charges=len(charges))
    return judgment


def _check_charges(prosecution: Prosecution, decided_on: date, charges: list[Charge]) -> None:
    if not charges or len({charge.pk for charge in charges}) != len(charges):
        raise Refused(_("A judgment decides at least one charge, each once."))
    if any(charge.prosecution_id != prosecution.pk for charge in charges):
        raise Refused(_("A judgment decides charges of its own prosecution only."))
    if any(decided_on < charge.filed_on for charge in charges):
        raise Refused(_("A charge cannot be decided before it was filed."))
    steps = [day for row in charges for day in (row.framed_on, row.pleaded_on, row.amended_on)]
    if any(day and decided_on < day for day in steps):
        raise Refused(_("Something of a later day is recorded of one of these charges."))


def _check_appeal(
    prosecution: Prosecution, decided_on: date, charges: list[Charge], appeal: Appeal
) -> None:
    if appeal.judgment.prosecution_id != prosecution.pk or appeal.withdrawn_on:
        raise Refused(_("This appeal is withdrawn or belongs to another prosecution."))
    if Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal is already decided."))
    if decided_on < appeal.filed_on:
        raise Refused(_("An appeal cannot be decided before it was filed."))
    appealed = set(appeal.judgment.decisions.values_list("charge", flat=True))
    if not {charge.pk for charge in charges} <= appealed:
        raise Refused(_("The judgment under appeal did not decide one of these charges."))


@service(Perm.APPEAL_RECORD)
def file_appeal(judgment: Judgment, *, filed_on: date, actor: User) -> Appeal:
    """Record an appeal against a judgment."""
    require_content(judgment.case, actor)
    require_past(judgment.case, filed_on)
    if filed_on < judgment.decided_on:
        raise Refused(_("An appeal cannot be filed before the judgment."))
    appeal = Appeal.objects.create(case=judgment.case, judgment=judgment, filed_on=filed_on)
    note_stage(judgment.prosecution, StageMeaning.APPEAL, filed_on)
    audit.record("appeal.filed", appeal, actor=actor)
    return appeal


@service(Perm.APPEAL_RECORD)
def withdraw_appeal(appeal: Appeal, *, withdrawn_on: date, actor: User) -> Appeal:
    """Record that an appeal was withdrawn. It counts as if it had not been filed."""
    require_content(appeal.case, actor)
    require_past(appeal.case, withdrawn_on)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.withdrawn_on or Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal is over already."))
    if withdrawn_on < appeal.filed_on:
        raise Refused(_("An appeal cannot be withdrawn before it was filed."))
    appeal.withdrawn_on = withdrawn_on
    appeal.version += 1
    appeal.save(update_fields=["withdrawn_on", "version", "updated_at"])
    audit.record("appeal.withdrawn", appeal, actor=actor)
    return appeal


@service(Perm.SENTENCE_RECORD)
def record_sentence(
    judgment: Judgment,
    *,
    suspect: Suspect,
    months: int | None = None,
    life: bool = False,
    suspended: bool = False,
    fine: Decimal | None = None,
    compensation: Decimal | None = None,
    currency: str = "",
    actor: User,
) -> Sentence:
    """Record what a convicted person was sentenced to."""
    require_content(judgment.case, actor)
    if life and months is not None:
        raise Refused(_("Life has no number of months."))
    if not currency and (fine is not None or compensation is not None):
        raise Refused(_("Money needs its currency."))
    Judgment.objects.select_for_update().get(pk=judgment.pk)  # no two sentences at once
    convicted = judgment.decisions.filter(
        charge__suspect=suspect, disposition__in=Disposition.CONVICTED
    )
    if not convicted.exists():
        raise Refused(_("This judgment did not convict this person."))
    if Sentence.objects.filter(judgment=judgment, suspect=suspect).exists():
        raise Refused(_("The sentence of this person is already recorded."))
    sentence = Sentence.objects.create(
        case=judgment.case,
        judgment=judgment,
        suspect=suspect,
        months=months,
        life=life,
        suspended=suspended,
        fine=fine,
        compensation=compensation,
        currency=currency,
    )
    audit.record("sentence.recorded", sentence, actor=actor)
    return sentence
