"""Give out survivors in the columns of CTDC as a user, by the verb of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from accounts.commands import acting
from core.sheets.spreadsheets import as_text
from core.sheets.workbooks import workbook
from reports.ctdc.services import SentFor, export_ctdc

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Write FILE, .csv or .xlsx: one line a survivor who agreed, in the columns of CTDC, in"
        " which nobody can be picked out; see docs/guide/reports.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="user who acts")
        parser.add_argument(
            "--year", type=int, required=True, help="until its end; one that is over"
        )
        parser.add_argument("--reason", choices=SentFor.values, required=True)

    def handle(
        self, *args: object, file: Path, username: str, year: int, reason: str, **options: object
    ) -> None:
        with acting(username) as user:
            made = export_ctdc(year=year, reason=reason, actor=user)
            is_workbook = file.suffix.lower() == ".xlsx"
            table = made.table
            file.write_bytes(workbook(table, "CTDC") if is_workbook else as_text(table).encode())
        left_out = "1 to 10" if made.left_out is None else made.left_out
        self.stdout.write(
            f"{len(made.table) - 1} lines of {made.agreed} people; {left_out} have not agreed and"
            " are not in it."
        )
