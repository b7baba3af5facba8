"""Print a key for a program that acts as a user; the key is the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from accounts import keys
from accounts.models import User
from core import audit
from core.context import acting_as

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Issue a key with which a program acts as USERNAME. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no user {username}.")
        with acting_as(None):
            row, text = keys.make(user)
            audit.record("key.issued", row, actor=None, user=str(user.pk), by="command line")
        self.stdout.write(f"Key of {username}, valid until {row.expires_at:%d %b %Y}: {text}")
