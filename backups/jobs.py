"""By the clock: a backup each night, a drill each month.

Both run in a worker of their own (`--queues=backups`): it alone knows the role that reads
everything.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from backups import alarms, drilling, noting
from backups.faults import Fault
from backups.sources import last_source
from backups.stores import store
from core.jobs import job

if TYPE_CHECKING:
    from backups.restoring import Restored
    from core.jobs import Run

NIGHTLY, MONTHLY, QUEUE = "nightly-backup", "monthly-drill", "backups"
RECENT = timedelta(hours=20)  # made by hand or by another clock: not once more


@job(NIGHTLY, queue=QUEUE)
def nightly_backup(_run: Run) -> dict[str, Any]:
    """Tells administrators if none could be made; the night after it is tried again."""
    newest = alarms.last()
    if not settings.BACKUP_TO:
        return {"made": False, "why": "BACKUP_TO is not set"}
    if newest and newest.made_at > timezone.now() - RECENT:
        return {"made": False, "why": "there is a new one"}
    _take_time()
    began = timezone.now()
    try:
        where = store()
        made, gone = noting.make_backup(where)
    except Fault as fault:
        failed = noting.note_failed_backup(settings.BACKUP_TO, began, fault)
        tell(User.objects.holding(Perm.BACKUP_VIEW), "backup-failed", target=failed)
        return {"made": False}
    row = noting.note_backup(made, gone, where)
    if row.without_file:
        tell(User.objects.holding(Perm.BACKUP_VIEW), "files-differ", target=row)
    return {"made": True, "taken_away": len(gone)}


@job(MONTHLY, queue=QUEUE)
def monthly_drill(_run: Run) -> dict[str, Any]:
    """Only where a private key is offered to it, on the first day of a month."""
    if timezone.now().day != 1 or not (settings.BACKUP_TO and _is_offered()):
        return {"drilled": False}
    _take_time()
    began, name = timezone.now(), ""
    try:
        source = last_source(settings.DRILL_IDENTITY)
        name = source.name
        outcome: Restored | Fault = drilling.drill(source)
    except Fault as fault:
        outcome = fault
    row = noting.note_drill(name, began, outcome)
    if not row.is_sound:
        tell(User.objects.holding(Perm.BACKUP_VIEW), "drill-differs", target=row)
    return {"drilled": True, "sound": row.is_sound}


def _is_offered() -> bool:
    return bool(settings.DRILL_IDENTITY) and Path(settings.DRILL_IDENTITY).is_file()


def _take_time() -> None:
    """The transaction of this job reads nothing while a backup is made: it may wait for hours."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('idle_in_transaction_session_timeout', '0', true)")
