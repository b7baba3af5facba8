"""Whose a row of this app is: one office's or the whole's. All read it; its own change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from accounts.models import Office
from accounts.permissions import Perm
from accounts.roles import GRANTS
from studies.models.numbers import OfficeRecord

if TYPE_CHECKING:
    from accounts.models import User
    from core.access import ScopedQuerySet
    from studies.models.numbers import NumberRecord


def is_own(row: NumberRecord, actor: User, perm: str = Perm.STUDY_KEEP) -> bool:
    """Whether this person changes it: of the row's office, or of the global one, which has all."""
    mine = _offices(actor, perm)
    return bool(mine & actor.globally) or row.kept_by in mine


def require_own(row: NumberRecord, actor: User, perm: str = Perm.STUDY_KEEP) -> None:
    if not is_own(row, actor, perm):
        raise PermissionDenied("row of another office")


def of_others(rows: ScopedQuerySet, actor: User) -> ScopedQuerySet:
    """Those of these rows that this person may not change."""
    mine = _offices(actor, Perm.STUDY_KEEP)
    if mine & actor.globally:
        return rows.none()
    return rows.exclude(**{f"{rows.model.office_path()}__in": mine})


def settle(row: NumberRecord, actor: User) -> None:
    """A new row belongs to the office of whoever records it; from the global one, to the whole."""
    mine = _offices(actor, Perm.STUDY_KEEP)
    if isinstance(row, OfficeRecord) and row.office_id is None and not mine & actor.globally:
        row.office = Office.objects.filter(pk__in=mine).order_by("opened_on", "code").first()


def _offices(actor: User, perm: object) -> set[Any]:
    return {office for office, role in actor.roles if perm in GRANTS[role]}
