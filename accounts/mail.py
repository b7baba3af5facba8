"""What leaves by mail: words that say nothing to whoever else reads them.

Every notice and every invitation is its own job: marked before it is sent, so that two sweeps do
not send it twice, and unmarked when the mail could not leave, so that the next sweep tries again.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import Invitation, Notice, User

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("accounts.mail")
MOST = 200  # letters of one sweep


def sweep() -> int:
    """Send what waits; how many letters left. An address that is refused holds up no other."""
    sent = 0
    for letter in (*_invitations(), *_notices()):
        try:
            sent += letter()
        except SMTPRecipientsRefused:
            log.warning("an address was refused", exc_info=True)
        except (SMTPException, OSError):
            log.warning("mail is not taken", exc_info=True)
            break
    return sent


def _invitations() -> list[Callable[[], bool]]:
    waiting = Invitation.objects.open().filter(digest__isnull=True).select_related("user")
    rows = waiting.order_by("created_at")[:MOST]
    return [lambda row=row: _invite(row) for row in rows]  # type: ignore[misc]


def _invite(invitation: Invitation) -> bool:
    token = invitations.make_link(invitation)
    if token is None:
        return False  # another sweep has it
    link = settings.SITE_URL + reverse("people:invitation", args=[token])
    subject = _("You are invited to Casework")
    words = _("Choose a password within 72 hours. The link opens once:")
    try:
        _send(invitation.user, subject, f"{words}\n\n{link}\n")
    except (SMTPException, OSError):
        invitations.unmake_link(invitation)
        raise
    return True


def _notices() -> list[Callable[[], bool]]:
    """One letter a person, however much there is to tell."""
    waiting = Notice.objects.unseen().filter(mailed_at__isnull=True, user__is_active=True)
    users = User.objects.filter(pk__in=waiting.exclude(user__email="").values("user"))
    return [lambda user=user: _tell(user) for user in users[:MOST]]  # type: ignore[misc]


def _tell(user: User) -> bool:
    waiting: Any = Notice.objects.unseen().filter(user=user, mailed_at__isnull=True)
    ids = list(waiting.values_list("pk", flat=True))
    mine = Notice.objects.filter(pk__in=ids)
    if not mine.filter(mailed_at__isnull=True).update(mailed_at=Now()):
        return False
    subject = _("You have an update in Casework")
    try:
        _send(user, subject, f"{_('Sign in to read it:')}\n\n{settings.SITE_URL}/\n")
    except (SMTPException, OSError):
        mine.update(mailed_at=None)
        raise
    return True


def _send(user: User, subject: str, body: str) -> None:
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
