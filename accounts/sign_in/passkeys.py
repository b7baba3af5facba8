"""Whether two administrators sign in by a passkey, which no copied page can ask them for."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role

FEWEST = 2  # one must be able to let the other in again


def lack() -> str:
    """For `core.real_names`."""
    of_theirs = {"user": OuterRef("pk")}
    role = Membership.objects.in_force().filter(role=Role.SYSTEM_ADMIN, **of_theirs)
    passkey = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, **of_theirs)
    having = User.objects.filter(Exists(role), Exists(passkey), is_active=True).count()
    if having >= FEWEST:
        return ""
    words = _(
        "System administrators with a passkey: %(having)s; at least two must have one. Each adds"
        " a passkey under Sign-in and security, in the menu with their name."
    )
    return words % {"having": having}
