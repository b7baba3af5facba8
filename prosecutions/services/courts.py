"""What happens before a court: a proceeding, its judgments, appeals and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.services.cases import require_content, require_open_case, require_past
from casework.workflow import case_workflow
from core import audit
from core.services import Refused, service
from prosecutions.enums import Disposition, Instance, Lifted, StageMeaning
from prosecutions.models import Appeal, Charge, ChargeDecision, Judgment, Prosecution, Sentence
from prosecutions.services.hearings import vacate_after
from prosecutions.services.stages import note_appeal, note_decided, note_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from accounts.models import User
    from casework.models import Case
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
    current = require_open_case(case, actor)  # held: two may be opened at once
    require_past(case, filed_on)
    if complaint:
        same_case(case.pk, complaint)
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
    actor: User,
) -> Judgment:
    """Record what a court decided, charge by charge (`Ended`); with `appeal`, on that appeal.

    With the last one decided, hearings listed for later are taken off the list. An appeal may send
    a charge back: what was decided of it is lifted, and it is open again.
    """
    ends = [Ended(*decision) for decision in decisions]
    back = any(end.disposition == Disposition.REMANDED for end in ends)  # a trial begins anew
    (require_open_case if back else require_content)(prosecution.case, actor)
    require_past(prosecution.case, decided_on)
    Prosecution.objects.select_for_update().get(pk=prosecution.pk)  # no two judgments at once
    charges = [end.charge for end in ends]
    _check_charges(prosecution, decided_on, charges)
    if appeal:
        _check_appeal(prosecution, decided_on, ends, appeal)
    else:
        _check_first(decided_on, ends)
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
    vacate_after(prosecution, decided_on)
    audit.record("judgment.recorded", judgment, actor=actor, charges=len(charges))
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


def lift(decisions: Any, **why: Any) -> None:
    """Take away from these decisions that they stand; the history keeps them as they were."""
    decisions.standing().update(version=F("version") + 1, updated_at=Now(), **why)


def _check_first(decided_on: date, ends: list[Ended]) -> None:
    decisions = ChargeDecision.objects.filter(charge__in=[end.charge for end in ends])
    if decisions.first_instance().standing().exists():
        raise Refused(_("A court of first instance has already decided one of these charges."))
    if any(end.disposition == Disposition.REMANDED for end in ends):
        raise Refused(_("Only a court of appeal sends a charge back for a new trial."))
    if decisions.exclude(lifted_for=Lifted.ERROR).filter(lifted_on__gt=decided_on).exists():
        raise Refused(_("One of these charges was taken up again later than that."))


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
    prosecution: Prosecution, decided_on: date, ends: list[Ended], appeal: Appeal
) -> None:
    if appeal.judgment.prosecution_id != prosecution.pk or appeal.withdrawn_on:
        raise Refused(_("This appeal is withdrawn or belongs to another prosecution."))
    if Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal is already decided."))
    if decided_on < appeal.filed_on:
        raise Refused(_("An appeal cannot be decided before it was filed."))
    appealed = set(appealed_charges(appeal).values_list("pk", flat=True))
    if any(end.disposition in Disposition.ASLEEP for end in ends):
        raise Refused(_("An appeal that is archived or stayed is not decided: leave it open."))
    if not {end.charge.pk for end in ends} <= appealed:
        raise Refused(_("This appeal is not about one of these charges."))


def appealed_charges(appeal: Appeal) -> Any:
    """The charges an appeal is about: of its defendant or of all, where the decision stands."""
    ends = appeal.judgment.decisions.standing()
    if appeal.suspect_id:
        ends = ends.filter(charge__suspect=appeal.suspect_id)
    return Charge.objects.filter(pk__in=ends.values("charge"))


@service(Perm.APPEAL_RECORD)
def file_appeal(
    judgment: Judgment,
    *,
    filed_on: date,
    appellant: str = "",
    suspect: Suspect | None = None,
    actor: User,
) -> Appeal:
    """Record an appeal against a judgment: by whom, and about which defendant, or about all."""
    require_content(judgment.case, actor)
    require_past(judgment.case, filed_on)
    Prosecution.objects.select_for_update().get(pk=judgment.prosecution_id)  # no twin meanwhile
    if filed_on < judgment.decided_on:
        raise Refused(_("An appeal cannot be filed before the judgment."))
    new = Appeal(
        case=judgment.case,
        judgment=judgment,
        suspect=suspect,
        appellant=appellant,
        filed_on=filed_on,
    )
    check_appeal(new)
    new.save(force_insert=True)
    note_appeal(judgment.prosecution, filed_on)
    audit.record("appeal.filed", new, actor=actor)
    return new


def check_appeal(appeal: Appeal) -> None:
    """It questions something that stands, and nobody appeals twice against the same."""
    if not appealed_charges(appeal).exists():
        raise Refused(_("Nothing this judgment decided of this defendant stands."), "suspect")
    others = Appeal.objects.filter(judgment=appeal.judgment_id, appellant=appeal.appellant)
    others = others.filter(withdrawn_on__isnull=True).exclude(pk=appeal.pk)
    if appeal.suspect_id:
        others = others.filter(Q(suspect__isnull=True) | Q(suspect=appeal.suspect_id))
    if others.exists():
        raise Refused(_("This appeal is already recorded."))


@service(Perm.APPEAL_RECORD)
def withdraw_appeal(appeal: Appeal, *, withdrawn_on: date, actor: User) -> Appeal:
    """Record that an appeal was withdrawn. It counts as if it had not been filed."""
    require_content(appeal.case, actor)
    require_past(appeal.case, withdrawn_on)
    prosecution = Prosecution.objects.select_for_update().get(judgments__appeals=appeal)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.withdrawn_on or Judgment.objects.filter(appeal=appeal).exists():
        raise Refused(_("This appeal is over already."))
    if withdrawn_on < appeal.filed_on:
        raise Refused(_("An appeal cannot be withdrawn before it was filed."))
    appeal.withdrawn_on = withdrawn_on
    appeal.version += 1
    appeal.save(update_fields=["withdrawn_on", "version", "updated_at"])
    vacate_after(prosecution, withdrawn_on)
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
    Judgment.objects.select_for_update().get(pk=judgment.pk)  # no two sentences at once
    convicted = judgment.decisions.standing().filter(
        charge__suspect=suspect, disposition__in=Disposition.CONVICTED
    )
    if not convicted.exists():
        raise Refused(_("This judgment did not convict this person."))
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
        compensation=compensation,
        currency=currency,
    )
    check_sentence(sentence)
    sentence.save(force_insert=True)
    audit.record("sentence.recorded", sentence, actor=actor)
    return sentence


def check_sentence(sentence: Sentence) -> None:
    """A sentence that can be served, and money in some currency."""
    money = sentence.fine is not None or sentence.compensation is not None
    if not money and not sentence.life and sentence.months is None:
        raise Refused(_("Say what the sentence was."), "months")
    if sentence.life and sentence.months is not None:
        raise Refused(_("Life has no number of months."))
    if money and not sentence.currency:
        raise Refused(_("Money needs its currency."))
