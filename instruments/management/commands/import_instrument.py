"""Add a set of questions for assessments from a file, such as one used under a licence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.context import acting_as
from instruments.checking import NotAnInstrument
from instruments.services import added, parsed, previewed

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from instruments.services import Preview


class Command(BaseCommand):
    help = (
        "Show an instrument of assessment from a JSON file, and with --add, add it;"
        " see docs/guide/instruments.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--add", action="store_true", help="add it; without: look only")

    def handle(self, *args: object, file: Path, add: bool, **options: object) -> None:
        try:
            instrument = parsed(file.read_text())
            with acting_as(None), transaction.atomic():
                self._show(previewed(instrument))
                if add:
                    made = added(instrument, actor=None, by="command line")
                    self.stdout.write(f"Added {made}.")
        except (OSError, UnicodeDecodeError):
            raise CommandError("This file cannot be read.") from None
        except NotAnInstrument as exc:
            raise CommandError(str(exc)) from None
        if not add:
            self.stdout.write("Nothing is added yet. With --add it is.")

    def _show(self, preview: Preview) -> None:
        data = preview.instrument
        self.stdout.write(f"{data['name']}, {data['code']} {data['edition']}: {data['licence']}")
        for domain in data["domains"]:
            age = f", from {domain['from_months']} months" if domain.get("from_months") else ""
            self.stdout.write(f"  {domain['label']}: {len(domain['items'])} items{age}")
        for edition in preview.replaces:
            self.stdout.write(f"Edition {edition} is offered no more then.")
