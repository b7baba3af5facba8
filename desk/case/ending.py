"""What the page of a case says of its end and of an offer to hand it over, and offers to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import CaseStatus
from casework.models import Closing, ClosingWords, Transfer
from casework.workflow import case_workflow
from core.access import CONTENT
from desk.closing.readiness import CLOSE, ONLY_AFTERCARE, REOPEN

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

PAGES = {ONLY_AFTERCARE: "desk:only-aftercare", CLOSE: "desk:close", REOPEN: "desk:reopen"}


def ending(case: Case, user: User) -> dict[str, object]:
    """Two queries of a closed case: the closing in force with its words."""
    writes = user.scope.reaches(case, CONTENT)
    return {
        "closing": _closing(case, user) if case.status == CaseStatus.CLOSED else None,
        "ending_steps": _steps(case, user) if writes else [],
        "summary_url": reverse("desk:case-summary", args=[case.pk]),
    }


def handing_over(case: Case, user: User) -> dict[str, object]:
    """One query: the offer that waits, or the way to one."""
    hands_over = user.scope.reaches(case, CONTENT) and user.has_perm(Perm.CASE_TRANSFER)
    offer = _offer(case, user, hands_over)
    may_offer = hands_over and not offer and not case.sealed and case.status != CaseStatus.CLOSED
    url = reverse("casework:transfer-case", args=[case.pk]) if may_offer else ""
    return {"offer": offer, "transfer_url": url}


def _steps(case: Case, user: User) -> list[dict[str, object]]:
    return [
        {"label": case_workflow.steps[name].label, "url": reverse(page, args=[case.pk])}
        for name, page in PAGES.items()
        if case_workflow.steps[name].refusal(case, case.status, user) is None
    ]


def _closing(case: Case, user: User) -> dict[str, object] | None:
    row = case.rows(Closing, user).in_force().select_related("closed_by").first()
    if row is None:
        return None
    words = case.rows(ClosingWords, user).filter(closing=row).first()
    return {
        "on": row.closed_on,
        "by": row.closed_by.name if user.has_perm(Perm.TEAM_VIEW) else "",
        "reason": row.get_reason_display(),
        "note": (words and words.note) or "",
        "override": (words and words.override) or "",
    }


def _offer(case: Case, user: User, hands_over: bool) -> dict[str, object] | None:
    beside = ("to_person", "to_office", "from_person")
    row = case.rows(Transfer, user).waiting().select_related(*beside).first()
    if row is None:
        return None
    to = row.to_person or row.to_office
    return {
        "words": _("Offered to %(to)s, who has not answered") % {"to": to.name},
        "asked_at": row.asked_at,
        "reason": row.reason,
        "from": row.from_person.name if row.from_person else "",
        "withdraw_url": reverse("casework:withdraw-transfer", args=[row.pk]) if hands_over else "",
        "answer_url": reverse("casework:transfers") if row.to_person_id == user.pk else "",
    }
