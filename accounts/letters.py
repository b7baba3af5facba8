"""A letter to oneself: whoever opens its link has shown that mail leaves and arrives.

Nothing else shows it. A letter that was handed to a server may have been thrown away there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import User

ASKED, ARRIVED = "letter-asked", "letter-arrived"  # kinds of notices
LASTS = timedelta(days=3)
SALT = "accounts.letters"


def address(user: User) -> str:
    """The link that stands in the letter of this person, and opens for nobody else."""
    token = signing.dumps(str(user.pk), salt=SALT)
    return f"{settings.SITE_URL}{reverse('people:letter-arrived', args=[token])}"


def is_of(token: str, user: User) -> bool:
    """Whether the link was sent to this person, not too long ago."""
    try:
        return bool(signing.loads(token, salt=SALT, max_age=LASTS) == str(user.pk))
    except signing.BadSignature:
        return False
