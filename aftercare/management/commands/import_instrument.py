"""Add a set of questions for assessments from a file, such as one used under a licence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aftercare.instruments import NotAnInstrument
from aftercare.models import Instrument
from aftercare.services.instruments import import_instrument


class Command(BaseCommand):
    help = "Add an instrument of assessment from a JSON file; see docs/guide/instruments.md."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            made = import_instrument(file.read_text(), Instrument.objects)
        except (OSError, UnicodeDecodeError):
            raise CommandError("This file cannot be read.") from None
        except NotAnInstrument as exc:
            raise CommandError(str(exc)) from None
        self.stdout.write(f"Added {made}.")
