"""Say whether anybody changed the history, and what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.chain import anchors
from core.chain.verifying import Verification, verify

if TYPE_CHECKING:
    from argparse import ArgumentParser

SEES_ALL = """
select bool_or(r.rolsuper or r.rolbypassrls or c.relowner = r.oid)
  from pg_roles r, pg_class c
 where r.rolname = current_user and c.oid = 'core_auditevent'::regclass
"""


class Command(BaseCommand):
    """Compare every event with its digest, every link with the one before, and with anchors."""

    help = (
        "Say what was altered, missing, added, out of order, cut off or rewritten; then end with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="a letter or a file that left this machine; several times for several",
        )

    def handle(self, *args: object, anchor: list[Path], **options: object) -> None:
        """Read only: whatever is found stays as it is."""
        try:
            given = [anchors.read_file(path) for path in anchor]
        except anchors.NoAnchor as error:
            raise CommandError(str(error)) from error
        with connection.cursor() as cursor:
            cursor.execute(SEES_ALL)
            if cursor.fetchone() != (True,):
                raise CommandError("This role sees a part of the history: ask as the owner.")
        report = verify(given)
        self._tell(report, given)
        if not report.whole:
            raise CommandError("The history is not as it was linked.")

    def _tell(self, report: Verification, given: list[anchors.Anchor]) -> None:
        for act in report.acts:
            self.stdout.write(
                f"By an act of {act.at:%Y-%m-%d} {act.gone} of {act.events} events went"
                f" ({act.basis}): asked by {act.asked_by}, confirmed by {act.confirmed_by}."
            )
        for kind, sentences in report.said.items():
            for sentence in sentences:
                self.stderr.write(f"{kind}: {sentence}")
            if (more := report.number[kind] - len(sentences)) > 0:
                self.stderr.write(f"{kind}: {more} more.")
        self.stdout.write(
            f"Looked at {report.links} links, {report.events} events, {len(given)} anchors;"
            f" unsealed = {report.waiting}."
        )
        if report.whole:
            self.stdout.write("The history is as it was linked.")
        if not given:
            self.stdout.write("Without an anchor a cut tail or a whole rewrite is not seen.")
