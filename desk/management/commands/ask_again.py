"""Ask the rules again of every case that is noted, as the worker does each minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from desk.to_do import derived

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Ask the rules again of every case in which something was written since, so that readers "
        "find the answers kept. The worker does the same each minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        every = "Of all cases, as the owner: after rows were written past the triggers."
        parser.add_argument("--all", action="store_true", help=every)

    def handle(self, *args: object, **options: object) -> None:
        if options["all"]:
            derived.note_all()
        self.stdout.write(f"{derived.ask_noted():,} cases were asked again.")
