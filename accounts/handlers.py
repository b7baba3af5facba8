"""Signing in and out leaves a mark, whatever door was used."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from core import audit


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(user: Any, **_: Any) -> None:
    audit.sign_in("signed_in", actor=user)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        audit.sign_in("signed_out", actor=user)


@receiver(user_login_failed, dispatch_uid="accounts.sign_in_failed")
def sign_in_failed(**_: Any) -> None:
    """Who it was meant to be is not kept: a password typed into the wrong field would be."""
    audit.sign_in("sign_in_failed", actor=None)
