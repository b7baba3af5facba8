"""What is shown of backups and drills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from backups.models import Backup, Drill
from core import audit, real_names
from core.services import service

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 60


@service(Perm.BACKUP_VIEW)
def read_backups(*, actor: User) -> dict[str, Any]:
    """The last backups and drills, with what came of each."""
    backups = list(Backup.objects.visible_to(actor).order_by("-made_at", "-id")[:SHOWN])
    drills = list(Drill.objects.visible_to(actor).order_by("-drilled_at", "-id")[:SHOWN])
    audit.read_rows("backups.listed", "backups.Backup", [row.pk for row in backups], actor=actor)
    return {"backups": backups, "drills": drills}


@service(Perm.BACKUP_VIEW)
def read_real_names(*, actor: User) -> dict[str, Any]:
    """What lacks before names of real people may be entered, a line each."""
    lacks = real_names.lacking()
    audit.read_rows("backups.real_names", "backups.Backup", [], actor=actor)
    return {"ready": not lacks, "lacks": lacks}
