"""Rows that say who may know of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from casework.enums import Part
from casework.models import BreakGlass, Conflict, Disclosure, Seal
from tests import factories

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

HERE = UUID(int=1)  # the session of a test; those of its clients are this one unless said


def seal(case: Case | None = None, **fields: Any) -> Seal:
    """In force, a case has one; `level` of the case is the test's to set."""
    case = case or factories.case()
    known = Seal.objects.in_force().filter(case=case).first()
    values = {"reason": "Invented reason", "sealed_by": factories.user()}
    return known or Seal.objects.create(case=case, **(values | fields))


def conflict(case: Case | None = None, user: User | None = None, **fields: Any) -> Conflict:
    values = {"kind": "relative", "declared_by": user or factories.user()}
    values |= {"user": values["declared_by"]}
    return Conflict.objects.create(case=case or factories.case(), **(values | fields))


def disclosure(case: Case | None = None, user: User | None = None, **fields: Any) -> Disclosure:
    """Confirmed, unless said otherwise, with every part."""
    values = {
        "user": user or factories.user("prosecutor"),
        "parts": Part.values,
        "basis": "order",
        "document": "Invented order 12 of 2026",
        "reason": "Invented reason",
        "status": "confirmed",
        "proposed_by": factories.user("legal_officer"),
        "confirmed_by": factories.user("case_manager"),
        "confirmed_at": timezone.now(),
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return Disclosure.objects.create(case=case or factories.case(), **(values | fields))


def break_glass(case: Case | None = None, user: User | None = None, **fields: Any) -> BreakGlass:
    values = {
        "user": user or factories.user(),
        "session": HERE,
        "reason": "Invented emergency of tonight",
    }
    return BreakGlass.objects.create(case=case or factories.case(), **(values | fields))


FACTORIES: dict[Any, Any] = {
    Seal: seal,
    Conflict: conflict,
    Disclosure: disclosure,
    BreakGlass: break_glass,
}
