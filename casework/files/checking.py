"""Whether what is kept is still what was received; and what is kept without a row.

Every file is read whole, decrypted and hashed: each night, and when `manage.py check_files` asks.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.files.received import opened, orphans
from casework.models import StoredFile
from casework.paper_codes import WRONG, FileFinding
from core import jobs
from core.files.store import store
from core.files.vault import parts
from core.jobs import Run, job
from core.keys.crypto import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

VERIFY, SWEEP = "verify-files", "sweep-files"
AT_A_TIME = timedelta(minutes=5)  # then another job goes on, within the limits of jobs
TOLD = (Perm.GLASS_REVIEW, Perm.PEOPLE_MANAGE)  # safeguarding leads, system administrators


@job(VERIFY)
def verify_files(run: Run) -> dict[str, int]:
    """Compare every file not compared since this round began; tell if one is wrong."""
    since = run.job.parameters.get("since") or run.job.created_at.isoformat()
    begun, counts = monotonic(), Counter[str]()
    for row in verified(datetime.fromisoformat(since)):
        counts[row.finding] += 1
        run.progress(counts.total(), counts.total())
        if monotonic() - begun > AT_A_TIME.total_seconds():
            jobs.request(VERIFY, since=since)
            break
    if any(counts[finding] for finding in WRONG):
        for permission in TOLD:
            tell(User.objects.holding(permission), "files-differ", target=run.job)
    if counts[FileFinding.UNREAD]:
        tell(User.objects.holding(Perm.PEOPLE_MANAGE), "files-unread", target=run.job)
    return dict(counts)


def verified(since: datetime) -> Iterator[StoredFile]:
    """Each file not compared since then, compared; what was found is in its row."""
    due = StoredFile.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=since))
    due = due.order_by(F("checked_at").asc(nulls_first=True), "id")
    while row := due.first():
        # Clocks of machines differ: not before the round began, or it would never end.
        finding = finding_of(row)
        if not (finding == FileFinding.UNREAD and row.is_wrong):  # what is known stays known
            row.finding = finding
        row.checked_at = max(timezone.now(), since)
        row.save(update_fields=["finding", "checked_at"])
        yield row


def finding_of(row: StoredFile) -> FileFinding:
    """Read it whole, as whoever opens it would.

    Only what was read and does not fit is altered: a key that is not there, a disk that does not
    answer and a directory that is closed say nothing about the bytes.
    """
    digest = hashlib.sha256()
    try:
        _ = row.data_key
    except Unreadable:
        return FileFinding.UNREAD
    try:
        with opened(row) as text:
            for part in parts(text):
                digest.update(part)
    except FileNotFoundError:
        return FileFinding.MISSING
    except OSError:
        return FileFinding.UNREAD
    except Unreadable:
        return FileFinding.ALTERED
    return FileFinding.SOUND if digest.digest() == bytes(row.sha256) else FileFinding.ALTERED


@job(SWEEP)
def sweep_files(_run: Run) -> dict[str, Any]:
    """Take away what a broken upload left: files older than a day that no row names."""
    taken = 0
    for name in list(orphans()):
        taken += store().take_away(name)  # what a bucket locks is asked again tomorrow
    return {"taken": taken}
