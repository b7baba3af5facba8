"""After a restore, before anybody is served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from retention.ledger import KeyMissing, path
from retention.replay import replay

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Erase again, in a restored database, what the ledger says was erased."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ledger", type=Path, help="the file; that of this machine if left out"
        )

    def handle(self, *args: Any, ledger: Path | None = None, **options: Any) -> None:
        file = ledger or path()
        if not file.exists():
            raise CommandError(f"There is no ledger of erasures at {file}.")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                erased = replay(cursor, file)
        except KeyMissing as missing:
            raise CommandError(
                f"The ledger has lines under field key {missing}, which FIELD_KEYS lacks. "
                "Give that key as well; without it nobody knows whom they name."
            ) from None
        self.stdout.write(f"{erased} cases and survivors were here again and are erased.")
