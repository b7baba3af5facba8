"""Trying whether mail leaves and arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.letters import ARRIVED, ASKED, is_of
from accounts.models import Notice
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Send yourself a letter"))
def ask_letter(*, actor: User) -> User:
    """It leaves within a minute, to your own address. Open the link in it within three days: that
    shows that mail leaves from here and arrives."""
    if not actor.email:
        raise Refused(_("There is no address for your mail. Another administrator can add it."))
    _seen(actor, ASKED)  # one that was sent before is sent once more
    tell([actor], ASKED, target=actor)
    audit.record("letter.asked", actor, actor=actor)
    return actor


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Your letter arrived"))
def note_letter(*, token: str, actor: User) -> User:
    """Mail leaves from here and arrives."""
    if not is_of(token, actor):
        words = _("This link is too old, or was sent to somebody else. Send yourself a new letter.")
        raise Refused(words)
    _seen(actor, ASKED, ARRIVED)
    tell([actor], ARRIVED, target=actor)
    audit.record("letter.arrived", actor, actor=actor)
    return actor


def _seen(user: User, *kinds: str) -> None:
    unseen = Notice.objects.unseen().filter(user=user, kind__in=kinds)
    unseen.update(seen_at=Now(), updated_at=Now())
