"""Put a backup into an empty place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backups import drilling, restoring
from backups.faults import Fault
from backups.sources import source_of
from core import servers
from core.management.commands.provision_roles import PASSWORDS


class Command(BaseCommand):
    """All of it or nothing; and says whether it is what was backed up."""

    help = (
        "Restore a backup into a database and a folder that are empty. Needs DATABASE_ADMIN_URL"
        " (the server's superuser), DATABASE_OWNER_URL, the FIELD_KEYS of then and a private key."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", help="a file; or the name of one in BACKUP_TO")
        parser.add_argument("--identity", required=True, type=Path, help="file with a private key")
        parser.add_argument("--database", help="another name than that of DATABASE_URL")
        parser.add_argument("--files", type=Path, help="another folder than CASEWORK_FILES")
        parser.add_argument(
            "--despite-differences",
            action="store_true",
            help="keep what was restored although it is not what was backed up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or end with one line and nothing half done."""
        drilling.sweep()
        try:
            target = self._target(options)
            source = source_of(options["file"], options["identity"])
            done = restoring.restore(source, target, despite=options["despite_differences"])
        except Fault as fault:
            if isinstance(fault, restoring.Differs):
                for line in fault.restored.differences:
                    self.stderr.write(line)
            raise CommandError(str(fault)) from None
        for line in done.differences:
            self.stderr.write(line)
        words = f"{len(done.differences)} differences" if done.differences else "no difference"
        self.stdout.write(
            f"Restored {done.backup.name} of {done.backup.about['made_at'][:16]} UTC into"
            f" {target.name} and {target.files} in {done.seconds:.0f} s: {words}."
        )

    def _target(self, options: dict[str, Any]) -> restoring.Target:
        database = settings.DATABASES["default"]
        server = os.environ.get("DATABASE_ADMIN_URL")
        owner = os.environ.get("DATABASE_OWNER_URL")
        if not (server and owner):
            raise Fault(
                "Set DATABASE_ADMIN_URL to the server's superuser and DATABASE_OWNER_URL to the"
                " owner of the tables."
            )
        return restoring.Target(
            server=servers.for_libpq("DATABASE_ADMIN_URL", server),
            owner=owner,
            name=options["database"] or database["NAME"],
            files=(options["files"] or Path(settings.FILES_ROOT)).absolute(),
            keys=settings.FIELD_KEYS,
            passwords={role: os.environ.get(name, "") for role, name in PASSWORDS.items()},
        )
