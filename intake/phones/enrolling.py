"""What is asked of a person before one more phone is enrolled, and whose it then is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.refusals import gettext as _
from core.services import Refused
from intake.models import Phone

if TYPE_CHECKING:
    from accounts.models import Office, User

MOST = 10  # in force, of one person


def require_fewer(user: User) -> None:
    if Phone.objects.filter(person=user).in_force().count() >= MOST:
        raise Refused(_("You have ten phones here. Stop using one first."))


def office_of(user: User) -> Office:
    """Whose case managers look after it; of whoever works for all offices the global one."""
    own: Office | None = user.home_office
    if own is None:
        first = user.memberships.in_force().select_related("office").first()
        own = first.office if first else None
    if own is None:
        raise Refused(_("You do not work in an office yet."))
    return own
