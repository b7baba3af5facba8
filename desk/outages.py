"""What does not work just now and nobody would otherwise notice: workers, mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import Notice
from backups import alarms
from core.jobs import silent_since

if TYPE_CHECKING:
    from accounts.models import User

MAILED_WITHIN = timedelta(minutes=15)  # mail is sent each minute


def outages(user: User) -> dict[str, Any]:
    """The last backup is too old, for whoever looks after it. Since when workers are silent; or,
    while they answer, a letter to this reader is late."""
    found = alarms.of(user)
    if since := silent_since():
        return found | {"workers_silent_since": since}
    late = Notice.objects.unseen().filter(user=user, mailed_at__isnull=True)
    late = late.filter(created_at__lt=timezone.now() - MAILED_WITHIN)
    return found | {"mail_late": bool(user.email) and late.exists()}
