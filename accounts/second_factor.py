"""The second factor of a person, as far as administrators have to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from accounts.models import User


def forget(user: User) -> None:
    """Delete what this person confirms with; the next sign-in asks for a new one."""
    if apps.is_installed("allauth.mfa"):
        factors: Any = apps.get_app_config("mfa").get_model("Authenticator")
        factors.objects.filter(user=user).delete()
