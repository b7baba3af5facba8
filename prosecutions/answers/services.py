"""Answers of prosecutors from outside: what one tells or asks for waits for somebody of the team.

Accepted, it is done by the verb that the team itself would use, so every rule of that verb holds;
refused, nothing changes, and the prosecutor reads why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Unpack

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.enums import Part
from casework.models import Disclosure
from casework.services.cases import require_content, require_not_closed
from casework.services.opening import holding_on
from core import audit
from core.database.turns import one_at_a_time
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.columns import AnswerColumns
from prosecutions.enums import AnswerKind, AnswerStatus, Direction, HearingResult
from prosecutions.models import Answer, Prosecution
from prosecutions.services.hearings import list_hearing, record_hearing
from prosecutions.services.requests import record_request

if TYPE_CHECKING:
    from accounts.models import User

Reason = Annotated[str, Column(length=500, least=10)]
MOST_WAITING = 20  # of one person in one case, so that nobody buries what presses


@service(Perm.ANSWER_SEND, label=gettext_lazy("Tell or ask the team"))
def send_answer(prosecution: Prosecution, *, actor: User, **of: Unpack[AnswerColumns]) -> Answer:
    """Tell the result of a hearing or a next date, or ask for something. Nothing changes until the
    team of the case has accepted it."""
    case = prosecution.case
    _require_disclosed(prosecution, actor)
    require_not_closed(case)
    one_at_a_time(f"{case.pk}{actor.pk}")  # or several at once were counted as none
    waiting = Answer.objects.filter(case=case, user=actor, status=AnswerStatus.WAITING)
    if waiting.exclude(prosecution=None).count() >= MOST_WAITING:
        words = _(
            "%(n)s of your answers wait in this case. Send more once the team has decided some."
        )
        raise Refused(words % {"n": MOST_WAITING})
    answer = Answer(case=case, prosecution=prosecution, user=actor, **of)
    answer.words = str(answer.words or "").strip() or None
    _check(answer)
    answer.save()
    tell(holding_on(case, Perm.ANSWER_DECIDE), "answer-sent", target=answer)
    audit.record("answer.sent", answer, actor=actor, kind=answer.kind)
    return answer


@service(Perm.ANSWER_DECIDE, label=gettext_lazy("Accept what a prosecutor told"))
def accept_answer(answer: Answer, *, version: int, actor: User) -> Answer:
    """Record it as your own act; the history names you and the prosecutor. Raises `Stale`."""
    _require_waiting(answer, actor)
    if answer.prosecution is None or (answer.kind == AnswerKind.RESULT and answer.hearing is None):
        raise Refused(_("What it is about was struck. Refuse the answer."))
    DONE_BY[AnswerKind(answer.kind)](answer, actor)
    accepted = _decide(answer, version, AnswerStatus.ACCEPTED, actor)
    audit.record("answer.accepted", accepted, actor=actor, told_by=str(answer.user_id))
    return accepted


@service(Perm.ANSWER_DECIDE, label=gettext_lazy("Refuse what a prosecutor told"))
def refuse_answer(answer: Answer, *, version: int, reason: Reason, actor: User) -> Answer:
    """Nothing changes, and the prosecutor reads the reason. Raises `Stale`."""
    _require_waiting(answer, actor)
    refused = _decide(answer, version, AnswerStatus.REFUSED, actor, reason=reason.strip())
    audit.record("answer.refused", refused, actor=actor, told_by=str(answer.user_id))
    return refused


def _require_disclosed(prosecution: Prosecution, actor: User) -> None:
    """Only to whom the court of this case is disclosed now, whatever else they may read."""
    disclosures = Disclosure.objects.in_force().filter(user=actor, case=prosecution.case_id)
    if not disclosures.filter(parts__contains=[Part.COURT]).exists():
        raise PermissionDenied("disclosure")


def _require_waiting(answer: Answer, actor: User) -> None:
    require_content(answer.case, actor)
    if answer.status != AnswerStatus.WAITING:
        raise Refused(_("This was already decided."))


def _decide(
    answer: Answer, version: int, status: AnswerStatus, actor: User, reason: str | None = None
) -> Answer:
    decided = amend(
        answer,
        version,
        status=status,
        decided_by=actor,
        decided_at=timezone.now(),
        reason=reason,
    )
    tell([answer.user], "answer-decided", target=decided)
    return decided


NEXT = frozenset({"next_on", "next_at", "next_purpose"})
BELONGS = {
    AnswerKind.RESULT: NEXT | {"hearing", "result", "adjourned_for", "no_next_date"},
    AnswerKind.NEXT_DATE: NEXT,
    AnswerKind.REQUEST: frozenset({"asked"}),
}


def _check(answer: Answer) -> None:
    """What its kind needs, and nothing else; the verb that does it asks the rest."""
    every: frozenset[str] = frozenset().union(*BELONGS.values())
    for name in sorted(every - BELONGS[AnswerKind(answer.kind)]):
        if getattr(answer, name):
            raise Refused(_("This does not belong to what you chose."), name)
    if answer.kind == AnswerKind.RESULT:
        _check_result(answer)
    elif answer.kind == AnswerKind.NEXT_DATE and not (answer.next_on and answer.next_purpose):
        raise Refused(_("Enter the next date and what it is for."), "next_on")
    elif answer.kind == AnswerKind.REQUEST and not answer.asked:
        raise Refused(_("Say what you ask for."), "asked")
    if answer.next_on and answer.next_on <= answer.case.jurisdiction.today:
        raise Refused(_("The next date must be in the future."), "next_on")


def _check_result(answer: Answer) -> None:
    hearing = answer.hearing
    if hearing is None or hearing.prosecution_id != answer.prosecution_id or hearing.result:
        raise Refused(_("Choose a hearing of this proceeding without a result."), "hearing")
    if not answer.result:
        raise Refused(_("Say what came of the hearing."), "result")
    if (answer.result == HearingResult.ADJOURNED) != bool(answer.adjourned_for):
        raise Refused(
            _("Give a reason if the hearing was adjourned. Otherwise leave it empty."),
            "adjourned_for",
        )
    if hearing.answers.filter(status=AnswerStatus.WAITING).exists():
        words = _("A result of this hearing was already told. The team has not decided yet.")
        raise Refused(words, "hearing")


def _record_result(row: Answer, actor: User) -> None:
    answer: Any = row  # whole: `_check`
    names = ("result", "adjourned_for", "next_on", "next_at", "next_purpose", "no_next_date")
    record_hearing(answer.hearing, actor=actor, **{name: getattr(answer, name) for name in names})


def _list_next(row: Answer, actor: User) -> None:
    answer: Any = row
    listed = {"listed_on": answer.next_on, "listed_at": answer.next_at}
    list_hearing(answer.prosecution, purpose=answer.next_purpose, actor=actor, **listed)


def _record_request(row: Answer, actor: User) -> None:
    answer: Any = row
    record_request(
        answer.case,
        direction=Direction.FROM,
        kind=answer.asked,
        jurisdiction=answer.prosecution.jurisdiction,
        prosecution=answer.prosecution,
        asked_on=answer.case.jurisdiction.clock(answer.created_at).date(),
        actor=actor,
    )


DONE_BY = {
    AnswerKind.RESULT: _record_result,
    AnswerKind.NEXT_DATE: _list_next,
    AnswerKind.REQUEST: _record_request,
}
