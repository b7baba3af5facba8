"""Offices for practice: people there work in no other one, and their cases are deleted at once.

So the two worlds never meet: figures, exports and messages know real offices alone, and nobody
logs a real rescue where it is deleted, or an invented one where it counts. The database keeps
them apart as well (`core/wall/practice.sql`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from accounts.models import Membership
from accounts.roles import PRACTISED
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from accounts.models import Office, User


def keep_practice_apart(user: User, office: Office | None, role: str) -> None:
    """Raises `Refused` where somebody would work in an office for practice and in another one, or
    is still on the team of a case there: a role would open it again."""
    if office is None:
        return
    if office.is_practice and role not in PRACTISED:
        raise Refused(_("This role is not one for practice."), "role")
    held = Membership.objects.in_force().filter(user=user)
    if held.exclude(office__is_practice=office.is_practice).exists():
        words = _(
            "A person who practises works in no other office. Invite them with a second account."
        )
        raise Refused(words, "office")
    if _on_cases_across(user, office):
        words = _(
            "This person is still on the team of a case elsewhere. A person who practises works in"
            " no other office. Invite them with a second account."
        )
        raise Refused(words, "office")


def _on_cases_across(user: User, office: Office) -> bool:
    """Asked of the database: whoever gives roles sees no team."""
    with connection.cursor() as cursor:
        cursor.execute("select on_cases_across(%s, %s)", [user.pk, office.pk])
        return bool(cursor.fetchone()[0])
