"""Say whether this installation may serve, and whether names of real people may be entered."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core import preflight, real_names

READY = "Ready for real names. Casework is new, and nobody outside has tried it."
NOT_READY = "Not for real names: {}"
ASK_AGAIN = "mend what is named above, and ask again."


class Command(BaseCommand):
    """Look at settings and database as the role that serves."""

    help = (
        "Refuse, each with its reason, what production refuses to start with. Then name what still"
        " lacks before names of real people are entered."
    )
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: object, **options: object) -> None:
        """Print every fault and all that lacks; end with an error if there is a fault."""
        faults = preflight.faults()
        for fault in faults:
            self.stderr.write(fault)
        lacking = _lacking(faults)
        for line in lacking:
            self.stdout.write(NOT_READY.format(line))
        if faults:
            raise CommandError("Not fit to serve.")
        self.stdout.write("Settings and database are as they should be.")
        if not lacking:
            self.stdout.write(READY)


def _lacking(faults: list[str]) -> list[str]:
    """An installation that may not serve is not ready either, and may not even answer."""
    try:
        gaps = [*real_names.lacking(), *real_names.failing()]
    except DatabaseError:
        gaps = []
    return [*gaps, ASK_AGAIN] if faults else gaps
