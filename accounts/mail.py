"""What leaves by mail: words that say nothing to whoever else reads them.

Notices and invitations are the outbox, and what other apps put into it. A letter is sent and then
marked, in one transaction behind a lock of its own: two sweeps at once send it once, and after a
sweep that was killed the next one sends it, perhaps for a second time.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts import invitations, letters
from accounts.models import Invitation, Notice, User
from core.days import clock
from core.languages import spoken_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

log = logging.getLogger("accounts.mail")
MOST = 200  # letters of one sweep
PATIENCE = "5min"  # for a slow mail server, which may take EMAIL_TIMEOUT for each of its answers


def sweep() -> int:
    """Send what waits; how many letters left. A letter that cannot be made, or whose address is
    refused, holds up no other.
    """
    sent = 0
    for letter in (letter for waiting in OUTBOX for letter in waiting()):
        try:
            sent += letter()
        except SMTPRecipientsRefused:
            log.warning("an address was refused", exc_info=True)
        except (SMTPException, OSError):
            log.warning("mail is not taken", exc_info=True)
            break
        except Exception:
            log.exception("a letter could not be made")
    return sent


def _invitations() -> list[Callable[[], bool]]:
    waiting = Invitation.objects.open().filter(digest__isnull=True).select_related("user")
    rows = waiting.order_by("created_at")[:MOST]
    return [lambda row=row: _invite(row) for row in rows]  # type: ignore[misc]


def _invite(invitation: Invitation) -> bool:
    with alone(invitation.pk) as mine, spoken_to(invitation.user):
        if not mine or not Invitation.objects.filter(pk=invitation.pk, digest=None).exists():
            return False  # another sweep sends it, or has sent it
        token = invitations.new_token()
        link = invitations.address(token)
        subject = _("You are invited to Casework")
        words = _("Choose a password within 72 hours. The link works once:")
        _send(invitation.user, subject, f"{words}\n\n{link}\n")
        return invitations.open_link(invitation, token)


def _notices() -> list[Callable[[], bool]]:
    """One letter a person, however much there is to tell."""
    waiting = Notice.objects.unseen().filter(mailed_at__isnull=True, user__is_active=True)
    users = User.objects.filter(pk__in=waiting.exclude(user__email="").values("user"))
    return [lambda user=user: _tell(user) for user in users[:MOST]]  # type: ignore[misc]


def _tell(user: User) -> bool:
    with alone(user.pk) as mine, spoken_to(user):
        waiting = Notice.objects.unseen().filter(user=user, mailed_at__isnull=True)
        kinds = dict(waiting.values_list("pk", "kind")) if mine else {}
        if not kinds:
            return False
        subject = _("You have an update in Casework")
        body = f"{_('Sign in to read it:')}\n\n{settings.SITE_URL}/\n"
        if letters.ASKED in kinds.values():
            words = _("You asked whether mail arrives. It does; open this to say so:")
            body += f"\n{words}\n\n{letters.address(user)}\n"
        _send(user, subject, body)
        Notice.objects.filter(pk__in=kinds).update(mailed_at=Now())
    return True


@contextmanager
def alone(about: UUID) -> Iterator[bool]:
    """A transaction for one letter; whether no other sweep is at it.

    No row is locked, or whoever opens a notice would wait for the mail server.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended(%s, 0)),"
            " set_config('idle_in_transaction_session_timeout', %s, true)",
            [f"mail:{about}", PATIENCE],
        )
        yield cursor.fetchone()[0]


def _send(user: User, subject: str, body: str) -> None:
    with clock.by(user.zone):
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])


OUTBOX: list[Callable[[], Iterable[Callable[[], bool]]]] = [_invitations, _notices]
