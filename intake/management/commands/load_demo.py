"""Fill an empty database with the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import jobs
from intake.demo import world
from intake.demo.many import load_many

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Load the invented demonstration into an empty database. Does nothing if it is there."

    def add_arguments(self, parser: CommandParser) -> None:
        words = "leave out the three thousand survivors of former years"
        parser.add_argument("--small", action="store_true", help=words)

    @transaction.atomic
    def handle(self, *args: object, small: bool, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is not the private development database. Set DEMO=1 if the demonstration "
                "shall go there; never in production."
            )
        try:
            made = world.load()
            if made and not small:
                load_many()
            if made:
                jobs.request("nightly-figures", everyone=True)  # so that no page begins empty
        except world.NotEmpty:
            raise CommandError(
                "There are records here that are not the demonstration’s. Nothing was changed."
            ) from None
        self.stdout.write("The demonstration is loaded." if made else "The demonstration is here.")
