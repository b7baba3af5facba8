"""Say whether this installation may serve, before anyone relies on it."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from core import preflight


class Command(BaseCommand):
    """Look at settings and database as the role that serves."""

    help = "Refuse, each with its reason, what production refuses to start with."
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: object, **options: object) -> None:
        """Print every fault; end with an error if there is one."""
        found = preflight.faults()
        for fault in found:
            self.stderr.write(fault)
        for warning in preflight.warnings():
            self.stdout.write(warning)
        if found:
            raise CommandError("Not fit to serve.")
        self.stdout.write("Settings and database are as they should be.")
