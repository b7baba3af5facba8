"""The links of invitations: made once, found again by digest, good for one password."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from accounts import links
from accounts.models import Invitation
from accounts.models.changes import VALID_FOR
from core import audit
from core.keys import vouching

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

KEPT = "invitation"  # in the session: the digest, in hexadecimal


def new_token() -> str:
    return secrets.token_urlsafe(32)


def address(token: str) -> str:
    """Where the link with this token leads."""
    return settings.SITE_URL + reverse("people:invitation", args=[token])


def open_link(invitation: Invitation, token: str) -> bool:
    """From now on the link with this token opens an invitation that has none yet. Only a digest of
    the token is kept. False: it has one, or is no longer open."""
    without = Invitation.objects.open().filter(pk=invitation.pk, digest__isnull=True)
    digest = digest_of(token)
    with vouching.vouched("invitation", invitation.pk, digest.hex()):
        made = without.update(digest=digest, expires_at=Now() + VALID_FOR, updated_at=Now())
    return bool(made)


def digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def find(digest: bytes) -> Invitation | None:
    """The invitation this link opens. Used, withdrawn, expired and unknown look the same."""
    rows = Invitation.objects.open().filter(digest=digest, user__is_active=False)
    return rows.select_related("user").first()


def link_opened(request: HttpRequest) -> bytes:
    """The link that was opened in this session; nothing: none was."""
    return bytes.fromhex(request.session.get(KEPT, ""))


@transaction.atomic
def accept(digest: bytes, password: str | None = None, *, uid: str = "") -> User | None:
    """Open the account with this password, or by this account of the organisation's provider, once.
    Whatever opened it before does so no longer.

    No verb of a role: whoever accepts is nobody yet, and the link is the permission. What the
    account may do was asked by one person and is confirmed by another.
    """
    row = Invitation.objects.select_for_update().filter(digest=digest).first()
    invitation = find(digest) if row else None
    if invitation is None:
        return None
    user: User = invitation.user
    links.unlink(user)
    if uid and not links.link(user, uid):
        return None
    user.is_active = True
    user.version += 1
    user.set_password(password)
    user.save(update_fields=["is_active", "password", "version", "updated_at"])
    Invitation.objects.filter(pk=invitation.pk).update(used_at=Now(), updated_at=Now())
    by = {"by": "provider", "account": links.digests(user)} if uid else {}
    audit.record("invitation.accepted", invitation, actor=user, **by)
    return user
