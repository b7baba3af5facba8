"""What disclosures and emergencies ask alike, and who is told of them.

A disclosure names parts, and a part is the tables behind one permission: a table is shown or not,
in both walls alike, and no field is masked. An emergency opens only a case that the person may
already know of, for the page would tell otherwise that there is one; never a sealed one, never
with a conflict. What is opened this way is read only (`Scope.reads`, not `Scope.reaches`). Where
nobody could be told of an emergency it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership, User
from accounts.roles import GRANTS, Role
from casework.enums import REASON_LENGTH
from casework.models import Assignment, Conflict
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from accounts.models.people import UserQuerySet
    from accounts.permissions import Perm
    from casework.models import Case
    from casework.querysets import AssignmentQuerySet
    from core.access import ScopedQuerySet

EVERYWHERE = Q()
FEWEST_LETTERS = 6  # different ones, in the reason of an emergency


def require_reason(reason: str, at_least: int = REASON_LENGTH, field: str = "reason") -> None:
    """Whoever reads it later must understand it."""
    if len(reason.strip()) < at_least:
        raise Refused(_("Say why, in at least %(n)s characters.") % {"n": at_least}, field)


def require_words(reason: str) -> None:
    """A key that was held down is long, and no reason."""
    require_reason(reason)
    if len({sign for sign in reason.casefold() if sign.isalpha()}) < FEWEST_LETTERS:
        raise Refused(
            _("Say why in words: who needs what, and what happens if it is not done."), "reason"
        )


def prosecutors() -> UserQuerySet:
    """Everybody to whom something can be disclosed."""
    return _in_roles([Role.PROSECUTOR])


def holding_on(case: Case, perm: Perm) -> ScopedQuerySet:
    """Who may do this about the case: of its office and the global one; sealed, those it names."""
    roles = [role for role, perms in GRANTS.items() if perm in perms]
    where = Q(office=case.office_id) | Q(office__is_global=True)
    where = EVERYWHERE if case.sealed else where
    people = _without_conflict(_in_roles(roles, where), case)
    return people.filter(Exists(_assigned(case))) if case.sealed else people


def team_of(case: Case) -> ScopedQuerySet:
    """Who is on the case now, and sees it."""
    on_team = User.objects.filter(Exists(_assigned(case)), is_active=True)
    return _without_conflict(on_team, case)


def _in_roles(roles: list[str], where: Q = EVERYWHERE) -> UserQuerySet:
    held = Membership.objects.in_force().filter(where, user=OuterRef("pk"), role__in=roles)
    return User.objects.filter(Exists(held), is_active=True)


def _assigned(case: Case) -> AssignmentQuerySet:
    rows = Assignment.objects.in_force().filter(case=case, user=OuterRef("pk"))
    return rows.filter(named=True) if case.sealed else rows


def _without_conflict(people: UserQuerySet, case: Case) -> UserQuerySet:
    conflicts = Conflict.objects.in_force().filter(case=case, user=OuterRef("pk"))
    return people.exclude(Exists(conflicts))
