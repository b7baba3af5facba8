"""What does not work just now and nobody would otherwise notice: workers, mail, the chain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import Notice
from accounts.permissions import Perm
from backups import alarms
from core.chain.standing import standing
from core.jobs import silent_since

if TYPE_CHECKING:
    from accounts.models import User

MAILED_WITHIN = timedelta(minutes=15)  # mail is sent each minute


def outages(user: User) -> dict[str, object]:
    """Since when workers are silent; or, while they answer, a letter to this reader is late.

    Whoever looks after the history or the system is told what is wrong with its chain, and that the
    last backup is too old.
    """
    amiss = standing().alarms if user.has_perm(Perm.CHAIN_VIEW) else []
    return {"history_amiss": amiss} | alarms.of(user) | _of_workers(user)


def _of_workers(user: User) -> dict[str, object]:
    if since := silent_since():
        return {"workers_silent_since": since}
    late = Notice.objects.unseen().filter(user=user, mailed_at__isnull=True)
    late = late.filter(created_at__lt=timezone.now() - MAILED_WITHIN)
    return {"mail_late": bool(user.email) and late.exists()}
