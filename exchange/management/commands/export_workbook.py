"""Write the workbook of an office as a locked file, by the verbs of the pages; or an empty one."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from accounts.commands import acting
from core import jobs
from core.files import vault
from core.sheets.workbooks import Workbook
from exchange.exports.models import Decision, Export, State
from exchange.exports.offer import Format, Reason, What
from exchange.services.exports import ask_export
from exchange.services.giving import take_export
from exchange.workbooks.giving import write_empty

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from accounts.models import User


class Command(BaseCommand):
    help = (
        "Write FILE: a ZIP locked with the passphrase that is shown, in it the workbook of the"
        " user's office. With --empty: the workbook to be filled in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--empty", action="store_true")
        parser.add_argument("--as", dest="username", help="user who acts")
        parser.add_argument("--reason", choices=Reason.values, default=Reason.HANDOVER)

    def handle(
        self, *args: object, file: Path, empty: bool, username: str, reason: str, **options: object
    ) -> None:
        try:
            with TemporaryDirectory(dir=file.parent, prefix=".export-") as aside:
                whole = Path(aside) / "whole"
                with whole.open("wb") as out:
                    self.write(out, username or "", reason, empty=empty)
                whole.replace(file)  # what was there before stays until then
        except OSError:
            raise CommandError("This file cannot be written.") from None

    def write(self, out: object, username: str, reason: str, *, empty: bool) -> None:
        if not empty:
            self.give(out, username, reason)
            return
        book = Workbook(out)
        write_empty(book)
        book.close()

    def give(self, out: object, username: str, reason: str) -> None:
        asked: dict[str, Any] = {"what": What.WORKBOOK, "format": Format.XLSX, "identifiers": True}
        with acting(username) as user:
            made = ask_export(reason=reason, actor=user, **asked)
        if made.row.decision == Decision.WAITING:
            self.stdout.write(f"Passphrase: {made.passphrase}")
            raise CommandError("A second person decides. Then take it on the page of exports.")
        export = self.done(made.row)
        with acting(username) as user:
            self.take(export, out, user)
        self.stdout.write(f"Passphrase: {made.passphrase}")

    def done(self, export: Export) -> Export:
        """As it is when its job has ended, done here unless a worker is at it already."""
        while True:
            jobs.run(export.job_id)
            export = Export.objects.select_related("job").get(pk=export.pk)
            if export.state not in (State.QUEUED, State.RUNNING):
                return export
            time.sleep(0.1)

    def take(self, export: Export, out: Any, user: User) -> None:
        if export.state != State.READY:
            raise CommandError(f"There is no file: {export.state.label}.")
        with take_export(export, actor=user).text as text:
            for piece in vault.parts(text):
                out.write(piece)
