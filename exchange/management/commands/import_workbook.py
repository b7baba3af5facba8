"""Take in the workbook of an organisation as a user, by the verbs of the page."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.commands import acting
from accounts.models import Office
from exchange.services.workbooks import import_workbook, preview_workbook


class Command(BaseCommand):
    help = (
        "Show what a workbook would add, and with --add, take it in: all of it or nothing; see"
        " docs/how-to/move-in-by-workbook.md."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="user who acts")
        parser.add_argument("--office", help="code; the user's own where it is left out")
        parser.add_argument("--add", action="store_true", help="take it in; without: look only")

    def handle(
        self, *args: Any, file: Path, username: str, office: str, add: bool, **options: Any
    ) -> None:
        try:
            with acting(username) as user:
                workbook = base64.b64encode(file.read_bytes()).decode()
                given: dict[str, Any] = {"actor": user, "workbook": workbook}
                if office:
                    given["office"] = Office.objects.get(code=office)
                self.take(given, add=add)
        except Office.DoesNotExist:
            raise CommandError(f"There is no office {office}.") from None

    def take(self, given: dict[str, Any], *, add: bool) -> None:
        shown = preview_workbook(**given)
        for fault in shown.faults:
            self.stdout.write(str(fault))
        if shown.faults:
            raise CommandError(f"{len(shown.faults)} faults. Nothing was taken in.")
        for sheet, rows in shown.new.items():
            self.stdout.write(f"{sheet}: {rows}")
        self.stdout.write(f"{shown.rows} rows to be added; {shown.known} known already.")
        if add:
            import_workbook(digest=shown.digest, **given)
        self.stdout.write("Taken in." if add else "Nothing is taken in yet. With --add it is.")
