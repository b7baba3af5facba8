"""Print a report, computed by the code the worker runs."""

from __future__ import annotations

import csv
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from psycopg2.errors import InsufficientPrivilege

from accounts.models import User
from core.context import acting_as, at_work
from core.database import replica
from core.days import clock
from reports.base import REPORTS
from reports.closed import params_of
from reports.exports import as_table, mark_in_file
from reports.on_paper import made
from reports.params import CHOICES, NAMES, BadParams
from reports.present import rows_for
from reports.readers import Reporter
from reports.run import compute, document, snapshot_of, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

    from reports.models import Snapshot

EXAMPLES = {"attribution": "own,supported"} | {k: " | ".join(v) for k, v in CHOICES.items()}


class Command(BaseCommand):
    help = (
        "Print a report as JSON or CSV, or write it as PDF. "
        "Dates are included: --from 2026-01-01 --to 2026-12-31."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", choices=sorted(REPORTS))
        for name in NAMES:
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=EXAMPLES.get(name))
        parser.add_argument("--as", dest="reader", help="user name: print what that person sees")
        parser.add_argument("--format", choices=("json", "csv", "pdf"), default="json")
        parser.add_argument("--output", type=Path, help="the file a PDF is written to")

    def handle(self, *args: object, slug: str, reader: str | None, **options: Any) -> None:
        report = REPORTS[slug]
        given = {name: options[name] for name in NAMES if options[name] is not None}
        who = self._reader(reader) if reader else Reporter()
        with clock.by(clock.of(who)):
            try:
                params = params_of(given, report, who)
            except BadParams as bad:
                raise CommandError(str(bad)) from None
        counting = nullcontext if reader else _the_worker

        def counted() -> Snapshot:
            with counting(), acting_as(who.pk, one_moment=True):
                return snapshot_of(report, who, params, compute(report, who, params))

        snapshot = replica.read(counted)
        if snapshot.closed_for:  # what was shown is kept: the next one is held against it
            with acting_as(who.pk):
                store(snapshot)
        rows = rows_for(snapshot, who)
        if options["format"] == "pdf":
            self._write(options["output"], snapshot, who)
            return
        if options["format"] == "json":
            text = orjson.dumps(document(report, params, rows), option=orjson.OPT_INDENT_2)
            self.stdout.write(text.decode())
            return
        writer = csv.writer(self.stdout)
        mark = mark_in_file(params.as_json())
        writer.writerows(as_table(report.variant(params.measure), rows, mark))

    def _reader(self, name: str) -> User:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no user {name}.")
        return user

    def _write(self, output: Path | None, snapshot: Snapshot, reader: User | Reporter) -> None:
        if output is None:
            raise CommandError("A PDF needs a file: --output FILE.")
        output.write_bytes(made(snapshot, reader))


@contextmanager
def _the_worker() -> Iterator[None]:
    """Without a reader the database lets the worker count, and nobody else."""
    try:
        with at_work():
            yield
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise CommandError(
            "Without a reader only the worker counts: name one with --as, or run this as"
            " casework_worker."
        ) from None
