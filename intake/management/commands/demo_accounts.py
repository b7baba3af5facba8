"""Print who can sign in to the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Membership
from accounts.roles import Role
from intake.demo.people import PASSWORD, accounts


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration.")
        present = set(Membership.objects.in_force().values_list("user__username", flat=True))
        self.stdout.write(f"Password of all demonstration accounts: {PASSWORD}")
        for username, (_name, role, office) in accounts().items():
            if username in present:
                self.stdout.write(f"  {username:22} {Role(role).label}, {office}")
