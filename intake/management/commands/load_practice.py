"""An office to learn in: opened and filled with invented rescues, or taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from accounts.commands import acting
from accounts.services.offices import change_office
from accounts.services.practice import take_practice_away
from intake.demo.practice import add_practice, office_for_practice
from places.models import Jurisdiction

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from accounts.models import Office, User


class Command(BaseCommand):
    help = (
        "Open an office for practice, if there is none, and add invented rescues to it. No figure"
        " counts them. With --remove all its cases are taken away, and it is closed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="username", required=True, help="administrator who acts")
        parser.add_argument("--place", help="code of the place of the office, such as KE")
        parser.add_argument("--remove", action="store_true", help="take all of it away")

    def handle(
        self, *args: object, username: str, place: str | None, remove: bool, **options: object
    ) -> None:
        with acting(username) as actor:
            office = office_for_practice(None if remove else self._place(place), actor)
            if office is None:
                words = "There is no office for practice." + (
                    "" if remove else " Name its --place."
                )
                raise CommandError(words)
            text = self._removed(office, actor) if remove else self._filled(office)
        self.stdout.write(text)

    def _place(self, code: str | None) -> Jurisdiction | None:
        place = Jurisdiction.objects.active().filter(code=code).first() if code else None
        if code and place is None:
            raise CommandError(f"There is no place with the code {code}.")
        return place

    def _filled(self, office: Office) -> str:
        number = add_practice(office)
        return (
            f"{office.name}: {number} invented rescues were added. Invite people to this office:"
            " whoever practises needs an account of its own."
        )

    def _removed(self, office: Office, actor: User) -> str:
        changed = take_practice_away(office, version=office.version, actor=actor)
        today = changed.today
        change_office(changed, version=changed.version, closed_on=today, actor=actor)
        return f"{office.name}: all its cases are gone, and it is closed."
