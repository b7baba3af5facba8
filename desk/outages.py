"""What does not work just now and nobody would otherwise notice: workers, mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import Notice
from core.jobs import silent_since

if TYPE_CHECKING:
    from accounts.models import User

MAILED_WITHIN = timedelta(minutes=15)  # mail is sent each minute


def outages(user: User) -> dict[str, Any]:
    """Since when workers are silent; or, while they answer, a letter to this reader is late."""
    if since := silent_since():
        return {"workers_silent_since": since}
    late = Notice.objects.unseen().filter(user=user, mailed_at__isnull=True)
    late = late.filter(created_at__lt=timezone.now() - MAILED_WITHIN)
    return {"mail_late": bool(user.email) and late.exists()}
