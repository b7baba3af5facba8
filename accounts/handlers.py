"""Signing in and out leaves a mark, whatever door was used, and so does all that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import (
    authentication_step_completed,
    password_changed,
    password_reset,
)
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from accounts import keys, links
from accounts.languages import take_over
from accounts.notices import tell
from accounts.sign_in import failures, limits, provider, session, sessions
from core import audit
from core.watch.counters import failed_sign_ins

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from accounts.models import User


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: HttpRequest, user: User, **_: object) -> None:
    session.begin(request)
    audit.sign_in("signed_in", actor=user)
    take_over(request, user)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(user: User, **_: object) -> None:
    if user is not None:
        audit.sign_in("signed_out", actor=user)


@receiver(user_login_failed, dispatch_uid="accounts.sign_in_failed")
def sign_in_failed(credentials: Any, request: HttpRequest | None = None, **_: Any) -> None:
    """Nobody is known yet; whose account was tried, and from where, is."""
    tried = failures.trace(request, credentials.get("username") or "")
    audit.sign_in("sign_in_failed", actor=None, **tried)
    failed_sign_ins.labels("password").inc()


@receiver(provider.turned, dispatch_uid="accounts.provider_turned")
def not_let_in(request: HttpRequest, why: str, **_: object) -> None:
    """By the organisation's provider: nothing was typed here."""
    actor = request.user if request.user.is_authenticated else None
    audit.sign_in("sign_in_failed", actor=actor, why=why, **failures.trace(request, ""))
    failed_sign_ins.labels("provider").inc()


@receiver(social_account_added, dispatch_uid="accounts.linked")
def linked(request: HttpRequest, **_: object) -> None:
    me: Any = request.user
    tell([me], "account-linked", target=me)
    audit.sign_in("provider_linked", actor=me, account=links.digests(me))


@receiver(limits.limited, dispatch_uid="accounts.limited")
def sign_in_limited(request: HttpRequest, user: User, name: str, **_: object) -> None:
    audit.sign_in("sign_in_limited", actor=user, **failures.trace(request, name))
    failed_sign_ins.labels("too often").inc()


@receiver(authentication_step_completed, dispatch_uid="accounts.stepped_up")
def stepped_up(user: User, method: str, reauthenticated: bool = False, **_: object) -> None:
    if reauthenticated:
        audit.sign_in("stepped_up", actor=user, method=method)


@receiver(authentication_failed, dispatch_uid="accounts.factor_failed")
def factor_failed(user: User, request: HttpRequest | None = None, **_: object) -> None:
    tried = failures.trace(request, user.get_username())
    audit.sign_in("second_factor_failed", actor=user, **tried)
    failed_sign_ins.labels("second factor").inc()


@receiver(authenticator_added, dispatch_uid="accounts.factor_added")
def factor_added(user: User, authenticator: Authenticator, **_: object) -> None:
    audit.sign_in("second_factor_added", actor=user, type=authenticator.type)


@receiver(authenticator_removed, dispatch_uid="accounts.factor_removed")
def factor_removed(user: User, authenticator: Authenticator, **_: object) -> None:
    audit.sign_in("second_factor_removed", actor=user, type=authenticator.type)


@receiver(authenticator_reset, dispatch_uid="accounts.codes_renewed")
def codes_renewed(user: User, **_: object) -> None:
    audit.sign_in("recovery_codes_renewed", actor=user)


@receiver([password_changed, password_reset], dispatch_uid="accounts.password_changed")
def password_is_new(user: User, **_: object) -> None:
    audit.sign_in("password_changed", actor=user)


@receiver(password_reset, dispatch_uid="accounts.keys_end")
def keys_end(user: User, **_: object) -> None:
    """Whoever had the password may have had a key made, too: the person asks for new ones."""
    with transaction.atomic():
        if number := keys.revoke_all(user):
            tell([user], "keys-ended", target=user)
            audit.sign_in("keys_ended", actor=user, number=number)


@receiver(password_reset, dispatch_uid="accounts.link_ends")
def link_ends(user: User, **_: object) -> None:
    """Whoever was in the account may have linked one of their own: the person links anew."""
    with transaction.atomic():
        if gone := links.unlink(user):
            tell([user], "account-unlinked", target=user)
            audit.sign_in("provider_unlinked", actor=user, account=gone)


@receiver(sessions.ended, dispatch_uid="accounts.sessions_ended")
def sessions_ended(user: User, number: int, request: HttpRequest, **_: object) -> None:
    """By themselves from a page, or by whoever took their access."""
    by = getattr(request, "user", None)
    actor = by if getattr(by, "is_authenticated", False) else user
    audit.sign_in("sessions_ended", actor=actor, user=str(user.pk), number=number)
