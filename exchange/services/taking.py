"""What the ways to take files in share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from accounts.models import Office, User


def own_office(office: Office | None, actor: User) -> Office:
    """The office a file is taken in by: one's own."""
    office = office or actor.home_office
    if office is None or not any(office.pk == mine for mine, _role in actor.roles):
        raise Refused(_("You can open cases only in your own office."), "office")
    return office


def require_looked_at(digest: str, of_now: str) -> None:
    """What is taken in is what was looked at."""
    if digest != of_now:
        words = _("This is not what you looked at. Look at it again, then take it in.")
        raise Refused(words, "digest")
