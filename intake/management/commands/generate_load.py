"""Fill a database with a large invented world, for measurements."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from casework.models import Case
from core.access import CaseRows, PersonRows
from prosecutions.models import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser
    from django.db.backends.utils import CursorWrapper

CASES = 250_000
LOAD = Path(__file__).parents[2] / "load"
WORLD, AFTERMATH = "world.sql", "aftermath.sql"
FOREIGN_KEYS = """
select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
       format('alter table %%s add constraint %%I %%s',
              conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where contype = 'f' and conrelid = any (%s::regclass[])
"""
INDEXES = """
select format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  from pg_index where not indisunique and indrelid = any (%s::regclass[])
"""
# But the numbers by which figures know rows are given here as everywhere.
NUMBERED = """
do $$
declare
  enable text;
begin
  for enable in select format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
                  from pg_trigger where tgfoid = 'number_rows()'::regprocedure loop
    execute enable;
  end loop;
end $$
"""


class Command(BaseCommand):
    help = (
        "Make --scale times 250,000 invented cases with all that hangs from them. Where the cases "
        "are there already, only what is missing of them is made, whatever the scale."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0)

    def handle(self, *args: object, scale: float, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a private or demonstration database.")
        parts = list(_missing())
        if not parts:
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
            cursor.execute(NUMBERED)
            text = "".join((LOAD / part).read_text() for part in parts)
            written = set(re.findall(r"^(?:insert into|update) (\w+)", text, re.MULTILINE))
            with _without_keys(cursor, written):
                for part in parts:
                    wanted = {"cases": int(CASES * scale)} if part == WORLD else None
                    cursor.execute((LOAD / part).read_text(), wanted)
                cursor.execute("set constraints all immediate")
            for table in tables:
                cursor.execute(f"alter table {table} enable trigger user")
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        call_command("ask_again", all=True)  # no trigger noted them
        cases = Case.objects.filter(reference__startswith="L-").count()
        self.stdout.write(f"{cases:,} invented cases are there.")


def _missing() -> Iterator[str]:
    """The parts that are not there yet, in their order."""
    if not Case.objects.filter(reference__startswith="L-").exists():
        yield WORLD
    if not Complaint.objects.filter(number__startswith="L-").exists():
        yield AFTERMATH


@contextmanager
def _without_keys(cursor: CursorWrapper, tables: set[str]) -> Iterator[None]:
    """Foreign keys and indexes of these tables are set aside, and made again from the whole.

    To check ten million rows one by one, and to put each into place in every index, takes several
    times as long.
    """
    statements = []
    for asked in (FOREIGN_KEYS, INDEXES):
        cursor.execute(asked, [sorted(tables)])
        statements += cursor.fetchall()
    for drop, _make in statements:
        cursor.execute(drop)
    yield
    cursor.execute("set local maintenance_work_mem = '256MB'")
    for _drop, make in reversed(statements):
        cursor.execute(make)
