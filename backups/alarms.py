"""Whether the last backup is too old: said on Today of administrators, in `/readyz`, on the page.

Where no place for backups is set and nobody real may be (a demonstration, a working copy), nobody
is alarmed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from accounts.permissions import Perm
from backups.models import Backup

if TYPE_CHECKING:
    from accounts.models import User

OLDEST = timedelta(hours=26)  # a night, and two hours for one that takes long


def last() -> Backup | None:
    """The newest backup that was made."""
    return Backup.objects.filter(failure="").order_by("-made_at", "-id").first()


def is_late() -> bool:
    if not (settings.PRODUCTION or settings.BACKUP_TO):
        return False
    newest = last()
    return newest is None or newest.made_at < timezone.now() - OLDEST


def of(user: User) -> dict[str, Any]:
    """For Today of this person."""
    return {"backup_late": user.has_perm(Perm.BACKUP_VIEW) and is_late()}


def readiness() -> str:
    """For whoever watches the server from outside: ready all the same."""
    return "backup older than 26 hours" if is_late() else ""
