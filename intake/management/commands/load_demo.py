"""Fill an empty database with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intake.demo import world


class Command(BaseCommand):
    help = "Load the invented demonstration into an empty database. Does nothing if it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is not the private development database. Set DEMO=1 if the demonstration "
                "shall go there; never in production."
            )
        try:
            made = world.load()
        except world.NotEmpty:
            raise CommandError(
                "There are records here that are not the demonstration’s. Nothing was changed."
            ) from None
        self.stdout.write("The demonstration is loaded." if made else "The demonstration is here.")
