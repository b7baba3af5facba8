"""Take in the workbook of an organisation as a user, by the verbs and jobs of the page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from accounts.commands import acting
from accounts.models import Office
from casework.files.arriving import Upload
from casework.files.received import Received
from core import jobs
from exchange.models import WorkbookImport
from exchange.services.workbooks import confirm_workbook, end_workbook, send_workbook
from exchange.workbooks.models import ImportState
from exchange.workbooks.words import UNDER_WAY, progress

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from accounts.models import User

PIECE = 1 << 16


class Command(BaseCommand):
    help = (
        "Show what a workbook would add, and with --add, take it in: all of it or nothing; see"
        " docs/how-to/move-in-by-workbook.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="user who acts")
        parser.add_argument("--office", help="code; the user's own where it is left out")
        parser.add_argument("--add", action="store_true", help="take it in; without: look only")

    def handle(
        self, *args: object, file: Path, username: str, office: str, add: bool, **options: object
    ) -> None:
        with acting(username) as user:
            sent = self.send(file, office, user)
        sent = self.done(sent)
        self.show(sent)
        with acting(username) as user:
            if not add or sent.state != ImportState.READY:
                end_workbook(sent, actor=user)
                self.over(sent)
                return
            confirm_workbook(sent, version=sent.version, actor=user)
        self.over(self.done(sent))

    def send(self, file: Path, office: str, user: User) -> WorkbookImport:
        try:
            given: dict[str, Any] = {"office": Office.objects.get(code=office)} if office else {}
            with file.open("rb") as content:
                received = Received.of(iter(lambda: content.read(PIECE), b""))
        except OSError:
            raise CommandError("This file cannot be read.") from None
        except Office.DoesNotExist:
            raise CommandError(f"There is no office {office}.") from None
        try:
            upload = Upload(file.name, received, received.size)
            return send_workbook(file=upload, actor=user, **given)
        finally:
            received.close()

    def done(self, sent: WorkbookImport) -> WorkbookImport:
        """The job at its end, done here unless a worker is at it already."""
        while True:
            sent = WorkbookImport.objects.select_related("job").get(pk=sent.pk)
            if sent.state not in UNDER_WAY:
                return sent
            jobs.run(sent.job_id)
            time.sleep(0.1)

    def show(self, sent: WorkbookImport) -> None:
        preview = sent.preview
        for fault in preview["faults"]:
            self.stdout.write(str(fault))
        for sheet, rows in preview["new"].items():
            self.stdout.write(f"{sheet}: {rows}")
        rows = sum(preview["new"].values())
        self.stdout.write(f"{rows} rows to be added; {preview['known']} known already.")

    def over(self, sent: WorkbookImport) -> None:
        if sent.state == ImportState.TAKEN:
            self.stdout.write("Taken in.")
        elif sent.state == ImportState.READY and not sent.changed:
            self.stdout.write("Nothing is taken in yet. With --add it is.")
        elif sent.state == ImportState.FAULTY:
            raise CommandError(f"{sent.faults} faults. Nothing was taken in.")
        else:
            why = progress(sent)["why"] or sent.state.label
            raise CommandError(f"Nothing was taken in: {why}")
