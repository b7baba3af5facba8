"""Whether the last backup is too old: said on Today of administrators, in `/readyz`, on the page.

Where no place for backups is set and nobody real may be (a demonstration, a working copy), nobody
is alarmed. `core.real_names` asks there, too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from backups.models import Backup, Drill
from core.watch.gauges import age, gauge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from accounts.models import User
    from core.access import ScopedQuerySet

OLDEST = timedelta(hours=26)  # a night, and two hours for one that takes long
OLDEST_DRILL = timedelta(days=35)  # a month, and some days for one that was put off


def last() -> Backup | None:
    """The newest backup that was made."""
    return Backup.objects.filter(failure="").order_by("-made_at", "-id").first()


def fresh() -> ScopedQuerySet:
    """Those that are no older than they should be."""
    return Backup.objects.filter(failure="", made_at__gte=timezone.now() - OLDEST)


def is_late() -> bool:
    return bool(settings.PRODUCTION or settings.BACKUP_TO) and not fresh().exists()


def no_backup() -> str:
    if fresh().exists():
        return ""
    return _(
        "No backup was made in the last 26 hours. Make one with manage.py backup, and check that"
        " beat and the worker of backups run, which make one each night."
    )


def no_drill() -> str:
    """The newest one counts: one that failed says more than one that passed before it."""
    newest = Drill.objects.order_by("-drilled_at", "-id").first()
    if newest is None or newest.drilled_at < timezone.now() - OLDEST_DRILL:
        return _(
            "No backup was restored in the last 35 days, so it is not known whether one can be."
            " Restore one with manage.py drill."
        )
    if not newest.is_sound:
        return _(
            "The last drill failed or found differences. Make a backup, and restore that one with"
            " manage.py drill."
        )
    return ""


def of(user: User) -> dict[str, Any]:
    """For Today of this person."""
    return {"backup_late": user.has_perm(Perm.BACKUP_VIEW) and is_late()}


def readiness() -> str:
    """For whoever watches the server from outside: ready all the same."""
    return "backup older than 26 hours" if is_late() else ""


def figures() -> Iterator[Metric]:
    """For whoever watches the server by numbers."""
    made, sound = last(), Drill.objects.filter(failure="", differences=[])
    drilled = sound.order_by("-drilled_at", "-id").values_list("drilled_at", flat=True).first()
    moment = made.made_at if made else None
    yield gauge("casework_backup_age_seconds", "The newest backup.", age(moment))
    yield gauge(
        "casework_drill_age_seconds",
        "The newest backup that was restored as it was.",
        age(drilled),
    )
