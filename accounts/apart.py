"""Offices for practice: who works there works nowhere else, and what is done there goes at once.

So the two worlds never meet: figures, exports and messages know real offices alone, and nobody
logs a real rescue where it is taken away, or an invented one where it counts. The database keeps
them apart as well (`core/wall/practice.sql`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.roles import PRACTISED
from core.services import Refused

if TYPE_CHECKING:
    from accounts.models import Office, User


def keep_practice_apart(user: User, office: Office | None, role: str) -> None:
    """Raises `Refused` where somebody would work in an office for practice and in another one."""
    if office is None:
        return
    if office.is_practice and role not in PRACTISED:
        raise Refused(_("This role is not one for practice."), "role")
    held = Membership.objects.in_force().filter(user=user)
    if held.exclude(office__is_practice=office.is_practice).exists():
        words = _("Whoever practises works nowhere else. Invite this person with a second account.")
        raise Refused(words, "office")
