"""Restore a backup into a server of its own, compare, and throw it away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from backups import drilling, noting
from backups.faults import Fault
from backups.sources import last_source, source_of
from core.context import acting_as

if TYPE_CHECKING:
    from datetime import datetime

    from backups.restoring import Restored


class Command(BaseCommand):
    """Shows that the last backup can be restored, and how long that takes."""

    help = (
        "Restore the last backup (or FILE) into a server of its own, compare it with what was"
        " backed up, and throw it away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", nargs="?", help="a file; or the name of one in BACKUP_TO")
        parser.add_argument("--identity", help="file with a private key; else DRILL_IDENTITY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; end with an error if anything differs."""
        identity = options["identity"] or settings.DRILL_IDENTITY
        if not identity:
            raise CommandError("Name a file with a private key: --identity, or DRILL_IDENTITY.")
        began, name = timezone.now(), options["file"] or ""
        try:
            source = source_of(name, Path(identity)) if name else last_source(identity)
            name = source.name
            done = drilling.drill(source)
        except Fault as fault:
            self._note(name, began, fault)
            raise CommandError(str(fault)) from None
        self._note(name, began, done)
        for line in done.differences:
            self.stderr.write(line)
        if done.differences:
            raise CommandError(f"{name} differs from what was backed up.")
        self.stdout.write(f"{name} was restored in {done.seconds:.0f} s: nothing differs.")

    def _note(self, name: str, began: datetime, outcome: Restored | Fault) -> None:
        """A drill may be done on a machine from which the database cannot be reached."""
        try:
            with acting_as(None):
                noting.note_drill(name, began, outcome)
        except DatabaseError:
            self.stderr.write("The database does not answer here: the drill is not on its page.")
