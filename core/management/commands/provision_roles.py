"""Make the database, its roles, their rights and the extensions, as the server's superuser."""

from __future__ import annotations

import os
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import servers
from core.database import roles

PASSWORDS = {role: f"{role.upper()}_PASSWORD" for role in roles.ROLES}


class Command(BaseCommand):
    """Prepare a database server for Casework; safe to repeat."""

    help = (
        "Create the database and the roles owner, app, worker, report and backup, or bring them "
        "up to date. Passwords are read from " + ", ".join(PASSWORDS.values()) + "."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "--url", help="address of the server as superuser; better given as DATABASE_ADMIN_URL"
        )
        parser.add_argument("--database", default="casework", help="name of the database")
        parser.add_argument(
            "--development",
            action="store_true",
            help="let the owner create databases, as the tests need",
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Do it and print what was done, never a password."""
        url = options["url"] or os.environ.get("DATABASE_ADMIN_URL")
        if not url:
            raise CommandError("Set DATABASE_ADMIN_URL to the server's superuser.")
        passwords = {role: os.environ.get(name, "") for role, name in PASSWORDS.items()}
        development = options["development"]
        try:
            connection = psycopg2.connect(servers.for_libpq("DATABASE_ADMIN_URL", url))
            try:
                done = roles.provision_roles(
                    connection,
                    options["database"],
                    passwords,
                    may_create_databases=development,
                    also_extend=("template1",) if development else (),
                )
            finally:
                connection.close()
        except psycopg2.Error as error:
            raise CommandError(_reason(error)) from None
        for line in done:
            self.stdout.write(line)


def _reason(error: psycopg2.Error) -> str:
    """Return the server's own sentence, without the address or the statement."""
    sentence = error.diag.message_primary or str(error).strip().splitlines()[-1]
    return f"The database server refused: {sentence}"
