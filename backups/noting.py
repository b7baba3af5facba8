"""Makes a backup as the settings say; writes down what came of it, and of a drill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from backups import drilling, keeping, making, sealing
from backups.faults import Fault
from backups.models import Backup, Drill
from backups.stores import name_at
from core import audit
from core.files import store as file_store

if TYPE_CHECKING:
    from datetime import datetime

    from backups.restoring import Restored
    from backups.stores import Store


def make_backup(store: Store) -> tuple[making.Making, list[str]]:
    """Make one, and take away what is too old; their names. Writes nothing into the database."""
    keeping.numbers()
    drilling.sweep()
    made = making.make(
        making.Making(
            url=settings.BACKUP_DATABASE_URL,
            keys=settings.FIELD_KEYS,
            lying=file_store.store(),
            to=sealing.recipients(settings.BACKUP_RECIPIENTS),
        ),
        store,
    )
    return made, keeping.prune(store)


def note_backup(made: making.Making, gone: list[str], store: Store) -> Backup:
    row: Backup = Backup.objects.create(
        made_at=made.made_at,
        name=made.name,
        place=str(store)[:300],
        seconds=round(made.seconds),
        size=made.size,
        files=made.files.count,
        without_file=made.without_file,
        keys=", ".join(
            f"{number}: {fingerprint}" for number, fingerprint in made.about["keys"].items()
        ),
    )
    audit.record("backup.made", row, actor=None, size=made.size)
    lying = Backup.objects.filter(name__in=gone, place=row.place, taken_away_at=None)
    lying.update(taken_away_at=timezone.now(), updated_at=timezone.now())
    return row


def note_failed_backup(place: str, began: datetime, fault: Fault) -> Backup:
    row: Backup = Backup.objects.create(
        made_at=began,
        name=name_at(began),
        place=place[:300],
        seconds=_since(began),
        failure=str(fault)[:500],
    )
    audit.record("backup.failed", row, actor=None)
    return row


def note_drill(backup: str, began: datetime, outcome: Restored | Fault) -> Drill:
    """What differed, or why it could not be restored."""
    failure = str(outcome) if isinstance(outcome, Fault) else ""
    differences = [] if isinstance(outcome, Fault) else outcome.differences
    row: Drill = Drill.objects.create(
        drilled_at=began,
        backup=backup[:60],
        seconds=_since(began),
        differences=[line[:300] for line in differences],
        failure=failure[:500],
    )
    if failure:
        audit.record("drill.failed", row, actor=None)
    else:
        audit.record("drill.done", row, actor=None, differences=len(differences))
    return row


def _since(began: datetime) -> int:
    return round((timezone.now() - began).total_seconds())
