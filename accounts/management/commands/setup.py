"""Set up an organisation from a file, by the verbs of the pages: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import setup_file
from accounts.commands import acting
from accounts.set_up import Outcome, set_up

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Add the places, agencies, choices, offices and people that FILE names and that are not"
        " there yet."
        " Roles wait for a second person, as on the page People. Links are printed, once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="administrator who acts")
        parser.add_argument("--check", action="store_true", help="say what it would do, only")

    def handle(
        self, *args: object, file: Path, username: str, check: bool, **options: object
    ) -> None:
        try:
            plan = setup_file.read(file.read_text(encoding="utf-8-sig"))
        except setup_file.Faulty as wrong:
            raise _refusal(wrong.faults) from None
        except (OSError, UnicodeDecodeError):
            raise CommandError("This file cannot be read as text.") from None
        with acting(username) as actor:
            outcome = set_up(plan, actor=actor)
            if outcome.faults:
                raise _refusal(outcome.faults)
            if check:
                transaction.set_rollback(True)
        self._say(outcome, check=check)

    def _say(self, outcome: Outcome, *, check: bool) -> None:
        for line in outcome.kept:
            self.stdout.write(line)
        made = ", ".join(f"{what} {number}" for what, number in outcome.made.items())
        if not made:
            self.stdout.write("Nothing to do: all of it is there already.")
            return
        self.stdout.write(f"{'Would add' if check else 'Added'}: {made}.")
        self.stdout.write(f"There already: {outcome.there}.")
        if check or not (outcome.links or outcome.made["further roles"]):
            return
        for name, link in outcome.links.items():
            self.stdout.write(f"{name}: {link}")
        if outcome.links:
            self.stdout.write("Each link opens once, within 72 hours. They are not shown again.")
        self.stdout.write("A second person confirms the roles: People, Changes that wait.")


def _refusal(faults: list[str]) -> CommandError:
    return CommandError("\n".join([*faults, "Nothing was written."]))
