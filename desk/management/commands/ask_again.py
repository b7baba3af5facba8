"""Ask every rule of every case again, as the night does."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from desk import derived


class Command(BaseCommand):
    help = (
        "Compare the tasks that are kept with what the record asks, case by case, and put right "
        "what differs. Every night does the same; after rows were written past the triggers of "
        "the database it is done by hand."
    )

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{derived.ask_all_again():,} tasks were put right.")
