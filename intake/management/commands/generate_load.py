"""Fill a database with a large invented world, for measurements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from casework.models import Case
from core.access import CaseRows, PersonRows

CASES = 250_000
WORLD = Path(__file__).parents[2] / "load" / "world.sql"


class Command(BaseCommand):
    help = "Make --scale times 250,000 invented cases with all that hangs from them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--scale", type=float, default=1.0)

    def handle(self, *args: Any, scale: float, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a private or demonstration database.")
        if Case.objects.filter(reference__startswith="L-").exists():
            raise CommandError("The load is here already. Nothing was changed.")
        tables = [
            model._meta.db_table
            for model in apps.get_models()
            if isinstance(getattr(model, "access", None), CaseRows | PersonRows)
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            # The rows carry their scope already and are not history.
            for table in tables:
                cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(WORLD.read_text(), {"cases": int(CASES * scale)})
            cursor.execute("set constraints all immediate")
            for table in tables:
                cursor.execute(f"alter table {table} enable trigger user")
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        self.stdout.write(f"{int(CASES * scale):,} invented cases are there.")
