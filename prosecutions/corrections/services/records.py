"""Putting right what is recorded of police and courts: one verb, and the rules of each noun.

What holds when something is recorded holds after a correction, too. Who corrected it and why goes
into the audit trail, the former values into the history.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, Stale, amend, as_it_stands, service
from prosecutions.columns import Because, NotDecided
from prosecutions.contradictions.courts import APPEALED_EARLY
from prosecutions.corrections.services import outside_court, rules
from prosecutions.corrections.services.hearings import check_hearing, follow_hearing
from prosecutions.corrections.services.judgment_days import (
    RENEWED,
    check_judgment,
    days,
    follow_judgment,
    order,
)
from prosecutions.enums import HearingResult, Instance, Lifted
from prosecutions.models import (
    Accusation,
    Appeal,
    AssistanceRequest,
    Charge,
    ChargeDecision,
    Complaint,
    CorridorLeg,
    Custody,
    Hearing,
    Judgment,
    Network,
    NetworkMember,
    Participation,
    PoliceReport,
    Prosecution,
    ProtectiveMeasure,
    Sentence,
    StageReached,
    Suspect,
)
from prosecutions.money import with_paid
from prosecutions.services.charges import check_provision
from prosecutions.services.courts import check_office, check_sentence, same_case
from prosecutions.services.deaths import require_alive
from prosecutions.services.ending import end_hearings, is_open, put_back
from prosecutions.services.judgment_rules import check_appeal
from prosecutions.services.networks import case_of_ours
from prosecutions.services.shares import check_shared
from prosecutions.stages import StageTable, hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from accounts.models import User


@service(Perm.COURT_CORRECT)
def correct_record(row: Any, *, version: int, reason: Because, actor: User, **changes: Any) -> Any:
    """Correct the record, with the reason. The former values stay in the history.

    Raises `Stale`.
    """
    require_content(case_of_ours(row, actor) if isinstance(row, Network) else row.case, actor)
    before = locked(row)
    if before.version != version:
        raise Stale(before)
    wrong = {name for name, value in changes.items() if getattr(before, name) != value}
    if not wrong:
        raise Refused(_("You have not changed anything."))
    after = type(row).objects.get(pk=row.pk)
    for name, value in changes.items():
        setattr(after, name, value)
    check, follow = RULES[type(row)]
    check(before, after)
    corrected = amend(row, version, **changes)
    follow(before, corrected)
    audit.record("court.corrected", corrected, actor=actor, reason=reason, fields=len(wrong))
    return corrected


@service(Perm.COURT_CORRECT, label=gettext_lazy("Entered in error"))
def enter_in_error(
    judgment: Judgment, *, version: int, reason: Because, charges: NotDecided, actor: User
) -> Judgment:
    """Record that a judgment never decided these charges, for example when it was entered for
    the wrong person. They are open again, as before; then record the true decision.

    A sentence that rested on it is none.
    """
    require_content(judgment.case, actor)
    proceeding = Prosecution.objects.select_for_update().get(pk=judgment.prosecution_id)
    ends = judgment.decisions.filter(charge__in=charges).exclude(lifted_for=Lifted.ERROR)
    named = len({charge.pk for charge in charges})
    if not charges or ends.count() != named:
        raise Refused(_("Choose charges decided by this judgment."), "charges")
    decided = judgment.decisions.exclude(lifted_for=Lifted.ERROR).count()
    if judgment.instance == Instance.APPEAL and named < decided:
        words = _("An appeal decides all charges together. Enter the outcome of each.")
        raise Refused(words, "charges")
    suspects = {charge.suspect_id for charge in charges}
    appeals = judgment.appeals.filter(withdrawn_on__isnull=True)
    if any(appeal.suspect_id in (None, *suspects) for appeal in appeals):
        raise Refused(_("There is an appeal against it. Withdraw the appeal first."))
    if with_paid(judgment.sentences.filter(suspect__in=suspects)).filter(paid__gt=0).exists():
        raise Refused(_("Compensation was paid on it."))
    set_aside = ChargeDecision.objects.filter(
        charge__in=charges, lifted_for=Lifted.RETRIAL, lifted_on=judgment.decided_on
    ).exclude(judgment=judgment)
    again = ends.filter(lifted_for=Lifted.RETRIAL).values("charge")
    if Charge.objects.filter(pk__in=again).exclude(pk__in=Charge.objects.undecided()).exists():
        raise Refused(_("The new trial it ordered has ended."))
    set_aside.filter(charge__in=again).update(lifted_on=None, lifted_for="", **RENEWED)
    ends.update(lifted_on=judgment.decided_on, lifted_for=Lifted.ERROR, **RENEWED)
    gone = not judgment.decisions.exclude(lifted_for=Lifted.ERROR).exists()
    judgment = amend(judgment, version, **({"appeal": None} if gone else {}))
    end_hearings(proceeding, "charges")
    if is_open(proceeding):
        put_back(proceeding, judgment.decided_on, date.max)
    audit.record("judgment.error", judgment, actor=actor, reason=reason, charges=len(charges))
    return judgment


@service(Perm.COURT_CORRECT, label=gettext_lazy("Take a hearing off the list"))
def take_off_list(hearing: Hearing, *, version: int, reason: Because, actor: User) -> Hearing:
    """Take a hearing off the list that was listed by mistake. It stays in the history. Raises
    `Stale`.

    Where nothing else is listed, the docket asks for the next date.
    """
    require_content(hearing.case, actor)
    Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    if Hearing.objects.get(pk=hearing.pk).result:
        raise Refused(_("The result of this hearing is already recorded."))
    taken = amend(hearing, version, result=HearingResult.VACATED)
    audit.record("hearing.taken_off", taken, actor=actor, reason=reason)
    return taken


def locked(row: Model) -> Any:
    """The row as it stands, behind the lock that everything else of its proceeding waits for."""
    of = row.judgment if isinstance(row, Appeal | Sentence) else row
    above = _ABOVE.get(type(row), "prosecution")
    if hasattr(of, f"{above}_id"):
        rows: Any = type(getattr(of, above)).objects
        rows.select_for_update().filter(pk=getattr(of, f"{above}_id")).first()
    return as_it_stands(row)


_ABOVE: dict[Any, str] = {
    Accusation: "involvement",
    AssistanceRequest: "case",
    CorridorLeg: "corridor",
    Custody: "suspect",
    Participation: "involvement",
    PoliceReport: "complaint",
    ProtectiveMeasure: "involvement",
}


def _nothing(_before: object, _after: object) -> None:
    """Nothing follows."""


def _check_suspect(_before: Suspect, row: Suspect) -> None:
    if row.identified_on:
        require_past(row.case, row.identified_on, field="identified_on")


def _check_complaint(before: Complaint, row: Complaint) -> None:
    require_past(row.case, row.filed_on)
    if (row.agency_id, row.jurisdiction_id) != (before.agency_id, before.jurisdiction_id):
        check_office(row.agency, row.jurisdiction)
    words = _("The police reported before that day.")
    order(row.filed_on, *days(row.reports, "reported_on"), words=words, field="filed_on")


def _check_prosecution(before: Prosecution, row: Prosecution) -> None:
    require_past(row.case, row.filed_on)
    if row.complaint:
        same_case(row.case_id, row.complaint)
    if (row.court_id, row.jurisdiction_id) != (before.court_id, before.jurisdiction_id):
        check_office(row.court, row.jurisdiction, "court")
    moved = row.jurisdiction.country != before.jurisdiction.country
    if moved and row.charges.exists():
        raise Refused(_("Its charges are under the law of the other country."), "jurisdiction")
    stages = row.stages.exclude(stage=StageTable.of(row).first.code)
    later = [
        *days(row.charges, "filed_on"),
        *days(row.hearings, "listed_on"),
        *days(stages, "reached_on"),
    ]
    words = _("Something in this court is recorded for an earlier day.")
    order(row.filed_on, *later, words=words, field="filed_on")


def _follow_prosecution(before: Prosecution, row: Prosecution) -> None:
    """The stage of the filing has its day; the others stand in the table of that day and place."""
    hold()
    stages = row.stages.filter(stage=StageTable.of(row).first.code, reached_on=before.filed_on)
    stages.update(reached_on=row.filed_on, **RENEWED)
    if StageTable.of(row) is StageTable.of(before):
        return
    moved = row.jurisdiction.country != before.jurisdiction.country
    if reached := list(row.stages.all()):
        refuse(*reached, field="jurisdiction" if moved else "filed_on")


def _check_charge(before: Charge, row: Charge) -> None:
    require_past(row.case, row.filed_on)
    same_case(row.case_id, row.suspect)
    if (row.suspect_id, row.filed_on) != (before.suspect_id, before.filed_on):
        require_alive(row.suspect, row.filed_on)
    ends = row.decisions.exclude(lifted_for=Lifted.ERROR)
    if row.suspect_id != before.suspect_id and ends.exists():
        raise Refused(_("It is decided. First enter the judgment in error."), "suspect")
    for law in filter(None, (row.provision, row.final_provision)):
        check_provision(row.prosecution, law, row.offence_on)
    words = _("A charge cannot be filed before the offence.")
    order(row.offence_on, row.filed_on, words=words, field="filed_on")
    words = _("A charge cannot be filed before its prosecution.")
    order(row.prosecution.filed_on, row.filed_on, words=words, field="filed_on")
    steps = (row.framed_on, row.pleaded_on, row.amended_on)
    decided = days(ends, "judgment__decided_on")
    words = _("Something earlier is already recorded about this charge.")
    order(row.filed_on, *steps, *decided, words=words, field="filed_on")
    rules.check_framing(before, row)
    rules.check_answer(before, row)
    twins = Charge.objects.filter(prosecution=row.prosecution_id, suspect=row.suspect_id)
    twins = twins.filter(provision=row.provision_id, offence_on=row.offence_on)
    if twins.exclude(pk=row.pk).exists():
        raise Refused(_("This charge is already filed."))


def _check_appeal(before: Appeal, row: Appeal) -> None:
    require_past(row.case, row.filed_on)
    if row.filed_on < row.judgment.decided_on:
        raise Refused(APPEALED_EARLY, "filed_on")
    over = Judgment.objects.filter(appeal=row)
    words = _("It ended on an earlier day.")
    order(row.filed_on, row.withdrawn_on, *days(over, "decided_on"), words=words, field="filed_on")
    if row.suspect_id != before.suspect_id and over.exists():
        raise Refused(_("This appeal is already decided."), "suspect")
    if not over.exists() and not row.withdrawn_on:
        check_appeal(row)


def _check_sentence(before: Sentence, row: Sentence) -> None:
    check_sentence(row)
    paid = with_paid(Sentence.objects.filter(pk=row.pk)).get().paid
    if paid and row.currency != before.currency:
        raise Refused(_("Compensation was already paid in the former currency."), "currency")
    if paid and (row.compensation or 0) < paid:
        raise Refused(_("More than that was already paid."), "compensation")
    check_shared(row)


RULES: dict[Any, tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]] = {
    Suspect: (_check_suspect, _nothing),
    Complaint: (_check_complaint, _nothing),
    Prosecution: (_check_prosecution, _follow_prosecution),
    PoliceReport: (rules.check_report, _nothing),
    Custody: (rules.check_custody, _nothing),
    StageReached: (rules.check_stage, _nothing),
    Charge: (_check_charge, rules.follow_framing),
    Judgment: (check_judgment, follow_judgment),
    Appeal: (_check_appeal, _nothing),
    Sentence: (_check_sentence, _nothing),
    Hearing: (check_hearing, follow_hearing),
    Network: (outside_court.check_network, _nothing),
    NetworkMember: (outside_court.check_member, _nothing),
    CorridorLeg: (outside_court.check_leg, outside_court.follow_leg),
    AssistanceRequest: (outside_court.check_request, outside_court.follow_request),
    ProtectiveMeasure: (outside_court.check_measure, _nothing),
    Accusation: (outside_court.check_accused, _nothing),
}
