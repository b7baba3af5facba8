"""Closing a case, leaving it to aftercare alone, opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from casework.enums import SEAL_REASON_LENGTH, CaseStatus
from casework.models import Case, Closing, ClosingWords, Transfer
from casework.services.cases import require_content, require_past
from casework.services.opening import require_reason
from casework.services.transfers import withdraw_transfer
from casework.workflow import case_workflow
from core import audit
from core.contradictions import refuse
from core.refusals import together
from core.services import Refused, Stale, service
from desk.closing.columns import AllTheSame, ClosingNote, GoesOn
from desk.closing.readiness import (
    CLOSE,
    ONLY_AFTERCARE,
    REOPEN,
    blocking,
    codes_of,
    in_words,
    unmet,
)

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


@service(Perm.CASE_CLOSE, label=gettext_lazy("Close the case"))
def close_case(
    case: Case,
    *,
    version: int,
    reason: str,
    closed_on: date | None = None,
    note: ClosingNote = "",
    override: AllTheSame = "",
    actor: User,
) -> Closing:
    """Close a case; tasks about what people are owed continue. What must be settled keeps it open,
    unless a case manager says why not."""
    case = _locked(case, CLOSE, version, actor)
    day = closed_on or case.jurisdiction.today
    require_past(case, day)
    needs = unmet(case, actor)
    left = blocking(needs)
    closing: Closing = Closing.objects.create(
        case=case,
        reason=reason,
        stood=case.status,
        closed_on=day,
        closed_by=actor,
        unmet=codes_of(left),
    )
    refuse(closing)
    if left and not override.strip():
        words = gettext("Or say why you close it with these open.")
        raise Refused(together([in_words(left), words]))
    if left:
        require_reason(override, SEAL_REASON_LENGTH, "override")
    case_workflow.apply(case, CLOSE, actor=actor, version=version, closed_on=day)
    _say(closing, note=note, override=override if left else "")
    for offer in Transfer.objects.visible_to(actor).waiting().filter(case=case):
        withdraw_transfer(offer, actor=actor)
    # What is asked on when its day comes is not left behind.
    if codes := codes_of(need for need in needs if need.due or not need.goes_on):
        audit.record("case.closed_unready", closing, actor=actor, unmet=codes)
    return closing


@service(Perm.CASE_CLOSE, label=gettext_lazy("Reopen the case"))
def reopen_case(case: Case, *, version: int, reason: GoesOn, actor: User) -> Closing:
    """Reopen a closed case. It returns to the status it had before it was closed."""
    case = _locked(case, REOPEN, version, actor)
    require_reason(reason, SEAL_REASON_LENGTH)
    case_workflow.apply(case, REOPEN, actor=actor, version=version, closed_on=None)
    today = case.jurisdiction.today
    closing: Closing | None = (
        Closing.objects.select_for_update().in_force().filter(case=case).first()
    )
    if closing is None:  # closed before closings were kept
        closing = Closing(case=case, reason="other", stood=CaseStatus.ASSESSMENT, closed_by=actor)
        closing.closed_on = case.closed_on or today
    closing.reopened_on = max(today, closing.closed_on)
    closing.reopened_by = actor
    closing.version += 1
    closing.save()
    _say(closing, reopened_for=reason)
    audit.record("closing.ended", closing, actor=actor)
    return closing


@service(Perm.CLOSING_VIEW)
def open_closing(words: ClosingWords, *, actor: User) -> None:
    """Show what was said. Looking is an act, so it leaves a mark."""
    audit.read("closing.opened", words, actor=actor)


@service(Perm.CASE_MOVE, label=gettext_lazy("Aftercare only"))
def leave_to_aftercare(case: Case, *, version: int, actor: User) -> Case:
    """Record that no court proceeding is open, and help for survivors continues."""
    case = _locked(case, ONLY_AFTERCARE, version, actor)
    if left := blocking(unmet(case, actor, ONLY_AFTERCARE)):
        raise Refused(in_words(left))
    moved: Case = case_workflow.apply(case, ONLY_AFTERCARE, actor=actor, version=version)
    return moved


def _say(closing: Closing, **words: str) -> None:
    """Keep free words apart, under the key of their closing; nothing where nothing was said."""
    texts = {name: text.strip() for name, text in words.items() if text.strip()}
    if texts:
        about = {"case": closing.case, "closing": closing}
        ClosingWords.objects.update_or_create(
            pk=closing.pk, defaults=texts, create_defaults=about | texts
        )


def _locked(case: Case, step: str, version: int, actor: User) -> Case:
    """Nothing is added while it is asked what is left; a step that cannot be is said first."""
    require_content(case, actor)
    rows = Case.objects.select_for_update(of=("self",)).select_related("jurisdiction", "office")
    current = rows.get(pk=case.pk)
    if current.version != version:
        raise Stale(current)
    if refusal := case_workflow.steps[step].refusal(current, current.status, actor):
        raise Refused(refusal)
    return current
