"""Change the key of everything that lies encrypted, while Casework runs."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import rekeying
from core.keys import crypto

NAMED = 20  # values that do not open, by table, column and row


class Command(BaseCommand):
    """Safe to stop and to repeat; prints counts, never a value."""

    help = "Re-encrypt with the first key of FIELD_KEYS whatever was encrypted with another."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--rehearse",
            action="store_true",
            help="only open every value with these keys and seal it in memory; change nothing",
        )
        only.add_argument(
            "--check", action="store_true", help="only say how many values each key holds"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Do it, then say what is left under which key."""
        try:
            if options["rehearse"]:
                return self._rehearse()
            if not options["check"]:
                for column, values in rekeying.reencrypt():
                    self.stdout.write(f"{column}: {values} values re-encrypted")
            self._say(rekeying.by_key())
        except rekeying.NotTheOwner:
            raise CommandError("Only the owner of the tables sees every row.") from None
        except rekeying.StillHeld:
            raise CommandError("Some rows were held by others all the time. Run again.") from None
        except crypto.Unreadable as exc:
            raise CommandError(f"This value does not open: {exc}") from None

    def _rehearse(self) -> None:
        """Say how many values of each place open; end with an error if one does not."""
        values = 0
        shut: list[str] = []
        for place, trial in rekeying.rehearse():
            self.stdout.write(f"{place}: {trial.values} values, {len(trial.shut)} do not open")
            values, shut = values + trial.values, shut + trial.shut
        for line in shut[:NAMED]:
            self.stderr.write(f"Does not open: {line}")
        if shut:
            raise CommandError(
                f"{len(shut)} of {values} values do not open with these keys. Nothing was changed:"
                " keep the keys that are set."
            )
        first = crypto.key_numbers()[0]
        self.stdout.write(
            f"All {values} values open with these keys, and would lie under key {first}."
            " Nothing was changed."
        )

    def _say(self, by_key: dict[int, int]) -> None:
        first = crypto.key_numbers()[0]
        for number, values in sorted(by_key.items()):
            may_go = "" if values or number == first else "; it may be removed"
            self.stdout.write(f"Key {number}: {values} values{may_go}")
