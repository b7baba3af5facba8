"""Give out or take in a file of HTCDS 2.0 as a user, by the verbs of the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from accounts.commands import acting
from casework.enums import Programme
from core.sheets.workbooks import workbook
from exchange.enums import GivenFor, GivenTo
from exchange.services.htcds import export_htcds, import_htcds, preview_htcds
from exchange.standards import sheets
from places.models import Jurisdiction

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from accounts.models import User


class Command(BaseCommand):
    help = (
        "give FILE, .csv or .xlsx: write people by code as HTCDS 2.0. take FILE: show what such a"
        " file would add, and with --add, take it in; see docs/how-to/exchange-htcds.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["give", "take"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="user who acts")
        parser.add_argument("--to", choices=GivenTo.values, default=GivenTo.OWN)
        parser.add_argument("--reason", choices=GivenFor.values, default=GivenFor.MOVING)
        parser.add_argument("--source", help="from whom the file is")
        parser.add_argument("--programme", choices=Programme.values)
        parser.add_argument("--jurisdiction", help="code of the place of its cases")
        parser.add_argument("--add", action="store_true", help="take it in; without: look only")

    def handle(self, *args: object, what: str, username: str, **options: object) -> None:
        try:
            with acting(username) as user:
                getattr(self, what)(user, **options)
        except sheets.NotATable as exc:
            raise CommandError(str(exc)) from None

    def give(self, user: User, *, file: Path, to: str, reason: str, **options: Any) -> None:
        made = export_htcds(to=to, reason=reason, programme=options["programme"] or "", actor=user)
        is_workbook = file.suffix.lower() == ".xlsx"
        file.write_bytes(workbook(made.table, "HTCDS") if is_workbook else made.text.encode())
        self.stdout.write(
            f"{made.people} people; {made.left_out} have not agreed and are not in it."
        )

    def take(self, user: User, *, file: Path, add: bool, **options: Any) -> None:
        given = {name: options[name] for name in ("source", "programme")}
        place = Jurisdiction.objects.filter(code=options["jurisdiction"] or "").first()
        if place is None or not all(given.values()):
            raise CommandError("Give --source, --programme and --jurisdiction.")
        given |= {"text": sheets.read(file.read_bytes()), "jurisdiction": place}
        preview = preview_htcds(actor=user, **given)
        for fault in preview.faults:
            self.stdout.write(str(fault))
        if preview.faults:
            raise CommandError(f"{len(preview.faults)} faults. Nothing was taken in.")
        self.stdout.write(
            f"{preview.cases} cases, {preview.survivors} survivors, {preview.suspects} suspects;"
            f" {preview.known} known already."
        )
        if preview.left_out:
            self.stdout.write(f"Left out: {', '.join(preview.left_out)}.")
        if add:
            import_htcds(actor=user, digest=preview.digest, **given)
        self.stdout.write("Taken in." if add else "Nothing is taken in yet. With --add it is.")
