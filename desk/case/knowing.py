"""Who may know of a case, and who must not: a section of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.permissions import Perm
from casework.enums import SealStatus
from casework.models import Assignment, Case, Conflict, Seal
from core.access import CONTENT, EXISTS

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User


def knowing(case: Case, user: User) -> dict[str, object]:
    """Empty for who is shown the case to read only and has nothing to do here."""
    may = user.has_perm
    names = case.sealed and may(Perm.CASE_NAME) and user.scope.reaches(case, EXISTS)
    writes = may(Perm.CASE_SEAL) and user.scope.reaches(case, CONTENT)
    reads = user.scope.reaches(case, CONTENT)
    return {
        "named": _named(case, user, names) if case.sealed else [],
        "seal": _seal(case, user, writes) if case.sealed else None,
        "conflicts": _conflicts(case, user) if may(Perm.CONFLICT_VIEW) else [],
        "seal_url": _link("seal", case) if writes and not case.sealed else "",
        "name_url": _link("name", case) if names else "",
        "conflict_url": _link("declare-conflict", case) if may(Perm.CONFLICT_DECLARE) else "",
        "holds_url": _holds(case) if may(Perm.HOLD_VIEW) and reads else "",
    }


def _link(verb: str, row: Model) -> str:
    return reverse(f"casework:{verb}", args=[row.pk])


def _holds(case: Case) -> str:
    return reverse("retention:holds", args=[case.pk])


def _named(case: Case, user: User, names: bool) -> list[dict[str, object]]:
    rows = case.rows(Assignment, user).in_force().filter(named=True)
    return [
        {
            "name": row.user.name,
            "since": row.started_at,
            "take_url": _link("take-name", row) if names else "",
        }
        for row in rows.select_related("user").order_by("user__name")
    ]


def _seal(case: Case, user: User, writes: bool) -> dict[str, object] | None:
    """The reasons only to who decides; whether opening is asked for, to who may ask."""
    people = ("sealed_by", "asked_by")
    seal = Seal.objects.in_force().filter(case=case).select_related(*people).first()
    if seal is None:
        return None
    reads = user.has_perm(Perm.SEAL_VIEW)
    mine = seal.asked_by_id == user.pk
    asked = seal.status == SealStatus.ASKED
    decides = asked and not mine and user.has_perm(Perm.CASE_UNSEAL)
    return {
        "by": seal.sealed_by.name,
        "at": seal.sealed_at,
        "reason": seal.reason if reads else "",
        "version": seal.version,
        "asked": asked,
        "asked_by": seal.asked_by.name if seal.asked_by else "",
        "asked_at": seal.asked_at,
        "asked_reason": seal.asked_reason if reads else "",
        "ask_url": _link("ask-to-open", case) if writes and not asked else "",
        "withdraw_url": _link("withdraw-asking", case) if writes and mine else "",
        "confirm_url": _link("confirm-opening", seal) if decides else "",
        "refuse_url": _link("refuse-opening", seal) if decides else "",
    }


def _conflicts(case: Case, user: User) -> list[dict[str, object]]:
    rows = Conflict.objects.known_to(user).in_force().filter(case=case)
    return [
        {
            "name": row.user.name,
            "kind": row.get_kind_display(),
            "declared_by": row.declared_by.name,
            "declared_at": row.declared_at,
            "lift_url": _link("lift-conflict", row)
            if user.pk not in (row.user_id, row.declared_by_id)
            else "",
        }
        for row in rows.select_related("user", "declared_by").order_by("declared_at", "pk")
    ]
