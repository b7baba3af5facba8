"""Putting right what is recorded of police and courts: one verb, and the rules of each noun.

What holds when something is recorded holds after a correction, too. Who corrected it and why goes
into the audit trail, the former values into the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.services import Refused, Stale, amend, service
from prosecutions.enums import HearingResult, Instance, Lifted, StageMeaning
from prosecutions.models import (
    Appeal,
    Charge,
    ChargeDecision,
    Complaint,
    Custody,
    Hearing,
    Judgment,
    PoliceReport,
    Prosecution,
    Sentence,
    StageReached,
    Suspect,
)
from prosecutions.money import with_paid
from prosecutions.services import correction_rules as beside
from prosecutions.services.charges import check_provision
from prosecutions.services.courts import check_appeal, check_sentence, same_case
from prosecutions.services.hearings import vacate_after
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from accounts.models import User


@service(Perm.COURT_CORRECT)
def correct_record(row: Any, *, version: int, reason: str, actor: User, **changes: Any) -> Any:
    """Put right a record of police or court. Raises `Stale`."""
    require_content(row.case, actor)
    before = _locked(row)
    if before.version != version:
        raise Stale(before)
    wrong = {name for name, value in changes.items() if getattr(before, name) != value}
    if not wrong:
        raise Refused(_("Nothing is changed."))
    after = type(row).objects.get(pk=row.pk)
    for name, value in changes.items():
        setattr(after, name, value)
    check, follow = RULES[type(row)]
    check(before, after)
    corrected = amend(row, version, **changes)
    follow(before, corrected)
    audit.record("court.corrected", corrected, actor=actor, reason=reason, fields=len(wrong))
    return corrected


@service(Perm.COURT_CORRECT)
def enter_in_error(
    judgment: Judgment, *, version: int, reason: str, charges: Collection[Charge], actor: User
) -> Judgment:
    """Say that a judgment never decided these charges, as when it was entered on somebody else.

    They are as open as before it; a sentence that rested on it is none.
    """
    require_content(judgment.case, actor)
    proceeding = Prosecution.objects.select_for_update().get(pk=judgment.prosecution_id)
    ends = judgment.decisions.filter(charge__in=charges).exclude(lifted_for=Lifted.ERROR)
    if not charges or ends.count() != len({charge.pk for charge in charges}):
        raise Refused(_("Choose charges that this judgment decided."), "charges")
    suspects = {charge.suspect_id for charge in charges}
    appeals = judgment.appeals.filter(withdrawn_on__isnull=True)
    if any(appeal.suspect_id in (None, *suspects) for appeal in appeals):
        raise Refused(_("There is an appeal against it: withdraw that first."))
    if with_paid(judgment.sentences.filter(suspect__in=suspects)).filter(paid__gt=0).exists():
        raise Refused(_("Compensation was paid on it."))
    set_aside = ChargeDecision.objects.filter(
        charge__in=charges, lifted_for=Lifted.RETRIAL, lifted_on=judgment.decided_on
    ).exclude(judgment=judgment)
    again = ends.filter(lifted_for=Lifted.RETRIAL).values("charge")
    if Charge.objects.filter(pk__in=again).exclude(pk__in=Charge.objects.undecided()).exists():
        raise Refused(_("The new trial it ordered has ended."))
    set_aside.filter(charge__in=again).update(lifted_on=None, lifted_for="", **_RENEWED)
    ends.update(lifted_on=judgment.decided_on, lifted_for=Lifted.ERROR, **_RENEWED)
    gone = not judgment.decisions.exclude(lifted_for=Lifted.ERROR).exists()
    judgment = amend(judgment, version, **({"appeal": None} if gone else {}))
    vacate_after(proceeding, judgment.decided_on)
    audit.record("judgment.error", judgment, actor=actor, reason=reason, charges=len(charges))
    return judgment


@service(Perm.COURT_CORRECT)
def take_off_list(hearing: Hearing, *, version: int, reason: str, actor: User) -> Hearing:
    """Take a hearing off the list that was listed by mistake. Raises `Stale`.

    It stays in the history. Where nothing else is listed, the docket asks for the next date.
    """
    require_content(hearing.case, actor)
    Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    if Hearing.objects.get(pk=hearing.pk).result:
        raise Refused(_("The result of this hearing is already recorded."))
    taken = amend(hearing, version, result=HearingResult.VACATED)
    audit.record("hearing.taken_off", taken, actor=actor, reason=reason)
    return taken


_RENEWED: dict[str, Any] = {"version": F("version") + 1, "updated_at": Now()}


def _locked(row: Any) -> Any:
    """The row as it stands, behind the lock that everything else of its proceeding waits for."""
    of = row.judgment if isinstance(row, Appeal | Sentence) else row
    above = {PoliceReport: "complaint", Custody: "suspect"}.get(type(row), "prosecution")
    if hasattr(of, f"{above}_id"):
        rows: Any = type(getattr(of, above)).objects
        rows.select_for_update().get(pk=getattr(of, f"{above}_id"))
    return type(row).objects.select_for_update().get(pk=row.pk)


def _order(*days: date | None, words: str, field: str) -> None:
    """The first of these days lies before none of the others."""
    first, *later = days
    if any(day and first and day < first for day in later):
        raise Refused(words, field)


def _days(rows: Any, *names: str) -> Iterable[date | None]:
    return [day for found in rows.values_list(*names) for day in found]


def _nothing(_before: Any, _after: Any) -> None:
    """Nothing follows."""


def _check_complaint(_before: Complaint, row: Complaint) -> None:
    require_past(row.case, row.filed_on)
    words = _("The police reported before that day.")
    _order(row.filed_on, *_days(row.reports, "reported_on"), words=words, field="filed_on")


def _check_prosecution(before: Prosecution, row: Prosecution) -> None:
    require_past(row.case, row.filed_on)
    if row.complaint:
        same_case(row.case_id, row.complaint)
    moved = row.jurisdiction.country != before.jurisdiction.country
    if moved and row.charges.exists():
        raise Refused(_("Its charges rest on the law of the other country."), "jurisdiction")
    stages = row.stages.exclude(stage=StageTable.of(row).first.code)
    days = [
        *_days(row.charges, "filed_on"),
        *_days(row.hearings, "listed_on"),
        *_days(stages, "reached_on"),
    ]
    words = _("Something before this court is recorded for an earlier day.")
    _order(row.filed_on, *days, words=words, field="filed_on")


def _follow_prosecution(before: Prosecution, row: Prosecution) -> None:
    """The stage of the filing has its day."""
    stages = row.stages.filter(stage=StageTable.of(row).first.code, reached_on=before.filed_on)
    stages.update(reached_on=row.filed_on, **_RENEWED)


def _check_charge(before: Charge, row: Charge) -> None:
    require_past(row.case, row.filed_on)
    same_case(row.case_id, row.suspect)
    if row.suspect_id != before.suspect_id and row.decisions.standing().exists():
        raise Refused(_("It is decided: say first that the judgment was in error."), "suspect")
    for law in filter(None, (row.provision, row.final_provision)):
        check_provision(row.prosecution, law, row.offence_on)
    words = _("A charge cannot be filed before the offence.")
    _order(row.offence_on, row.filed_on, words=words, field="filed_on")
    words = _("A charge cannot be filed before its prosecution.")
    _order(row.prosecution.filed_on, row.filed_on, words=words, field="filed_on")
    steps = (row.framed_on, row.pleaded_on, row.amended_on)
    ends = _days(row.decisions, "judgment__decided_on")
    words = _("Something of an earlier day is recorded of this charge.")
    _order(row.filed_on, *steps, *ends, words=words, field="filed_on")
    beside.check_framing(before, row)
    twins = Charge.objects.filter(prosecution=row.prosecution_id, suspect=row.suspect_id)
    twins = twins.filter(provision=row.provision_id, offence_on=row.offence_on)
    if twins.exclude(pk=row.pk).exists():
        raise Refused(_("This charge is already filed."))


def _check_judgment(before: Judgment, row: Judgment) -> None:
    require_past(row.case, row.decided_on)
    charges = Charge.objects.filter(decisions__judgment=row)
    earlier = [*_days(charges, "filed_on", "framed_on", "pleaded_on", "amended_on")]
    earlier += [row.appeal.filed_on] if row.appeal else []
    if row.instance == Instance.FIRST:
        lifted = ChargeDecision.objects.filter(charge__in=charges, lifted_on__isnull=False)
        lifted = lifted.filter(judgment__created_at__lt=row.created_at)
        earlier += _days(lifted.exclude(lifted_for=Lifted.ERROR), "lifted_on")
    if any(day and row.decided_on < day for day in earlier):
        raise Refused(_("Something it decides is recorded for a later day."), "decided_on")
    own = {"lifted_for": Lifted.RETRIAL, "lifted_on": before.decided_on}
    later = [
        *_days(row.appeals, "filed_on"),
        *_days(row.decisions.exclude(**own).exclude(lifted_for=Lifted.ERROR), "lifted_on"),
        *_days(row.sentences, "payments__paid_on"),
    ]
    if row.instance == Instance.FIRST:
        later += _days(row.prosecution.stages.filter(stage__in=_AFTER), "reached_on")
    words = _("What followed from it is recorded for an earlier day.")
    _order(row.decided_on, *later, words=words, field="decided_on")


_AFTER = [code for means in StageMeaning.AFTER_JUDGMENT for code in StageTable.codes(means)]


def _follow_judgment(before: Judgment, row: Judgment) -> None:
    """What the judgment lifted has its day, and so has the stage; nothing is listed after it."""
    if before.decided_on == row.decided_on:
        return
    sent_back = row.decisions.filter(lifted_for=Lifted.RETRIAL).values_list("charge", flat=True)
    wrong = row.decisions.filter(lifted_for=Lifted.ERROR).values_list("pk", flat=True)
    ChargeDecision.objects.filter(
        Q(charge__in=list(sent_back), lifted_for=Lifted.RETRIAL) | Q(pk__in=list(wrong)),
        lifted_on=before.decided_on,
    ).update(lifted_on=row.decided_on, **_RENEWED)
    codes = StageTable.codes(StageMeaning.JUDGMENT)
    stages = row.prosecution.stages.filter(stage__in=codes)
    if not stages.filter(reached_on=row.decided_on).exists():
        stages.filter(reached_on=before.decided_on).update(reached_on=row.decided_on, **_RENEWED)
    last = row.prosecution.judgments.aggregate(last=Max("decided_on"))["last"]
    vacate_after(row.prosecution, last)


def _check_appeal(before: Appeal, row: Appeal) -> None:
    require_past(row.case, row.filed_on)
    if row.filed_on < row.judgment.decided_on:
        raise Refused(_("An appeal cannot be filed before the judgment."), "filed_on")
    over = Judgment.objects.filter(appeal=row)
    words = _("It was over on an earlier day.")
    _order(
        row.filed_on, row.withdrawn_on, *_days(over, "decided_on"), words=words, field="filed_on"
    )
    if row.suspect_id != before.suspect_id and over.exists():
        raise Refused(_("This appeal is already decided."), "suspect")
    if not over.exists() and not row.withdrawn_on:
        check_appeal(row)


def _check_sentence(before: Sentence, row: Sentence) -> None:
    check_sentence(row)
    paid = with_paid(Sentence.objects.filter(pk=row.pk)).get().paid
    if paid and row.currency != before.currency:
        raise Refused(_("Compensation was paid in the former currency."), "currency")
    if paid and (row.compensation or 0) < paid:
        raise Refused(_("More was paid than that."), "compensation")


RULES: dict[Any, tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]] = {
    Suspect: (_nothing, _nothing),
    Complaint: (_check_complaint, _nothing),
    Prosecution: (_check_prosecution, _follow_prosecution),
    PoliceReport: (beside.check_report, _nothing),
    Custody: (beside.check_custody, _nothing),
    StageReached: (beside.check_stage, _nothing),
    Charge: (_check_charge, beside.follow_framing),
    Judgment: (_check_judgment, _follow_judgment),
    Appeal: (_check_appeal, _nothing),
    Sentence: (_check_sentence, _nothing),
}
