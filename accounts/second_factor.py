"""The second factor of a person, as far as administrators have to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    from accounts.models import User


def forget(user: User) -> None:
    """Delete what this person confirms with; the next sign-in asks for a new one."""
    Authenticator.objects.filter(user=user).delete()
