"""Make a backup now, as beat does each night."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from backups import noting
from backups.faults import Fault
from backups.stores import store
from core.context import acting_as


class Command(BaseCommand):
    """Says what was made, where it lies and who can open it; never what stands in it."""

    help = (
        "Write one encrypted file with the database, its roles and the received files to BACKUP_TO,"
        " for BACKUP_RECIPIENTS; then take away what BACKUP_KEEP says is too old."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        parser.add_argument("--to", help="another folder or bucket than BACKUP_TO")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or end with one line and nothing half done."""
        began, place = timezone.now(), options["to"] or settings.BACKUP_TO
        try:
            where = store(place)
            made, gone = noting.make_backup(where)
        except Fault as fault:
            with suppress(DatabaseError), acting_as(None):  # it may be what is away
                noting.note_failed_backup(place, began, fault)
            raise CommandError(str(fault)) from None
        with acting_as(None):
            noting.note_backup(made, gone, where)
        self.stdout.write(
            f"{made.name} in {where}: {made.size / 1e6:.1f} MB, {made.files.count} files,"
            f" {made.seconds:.1f} s, for {len(made.to)} recipients."
        )
        for number, fingerprint in made.about["keys"].items():
            self.stdout.write(f"Written with field key {number}: {fingerprint}")
        if gone:
            self.stdout.write(f"Taken away: {len(gone)} older ones.")
        if made.without_file:
            raise CommandError(
                f"The backup was made, but {made.without_file} received files that the database"
                " names are not where files are kept. Run `manage.py check_files`."
            )
