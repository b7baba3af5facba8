"""After erasures, in an hour in which few work."""

from __future__ import annotations

import os
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError

from core import servers
from retention import clearing

STILL_SEEN = (
    "Nothing was written anew: a backup, a report or other work that began before is still open,"
    " and would keep what was erased. Run it again when that has ended."
)


class Command(BaseCommand):
    help = (
        "Write anew the tables that erasures took rows from, so that nothing of them is left on"
        " the disk. With DATABASE_ADMIN_URL, turn the write-ahead log over as well."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done, busy = clearing.write_anew()
        except clearing.StillSeen:
            raise CommandError(STILL_SEEN) from None
        self.stdout.write(f"{done} tables were written anew.")
        if admin := os.environ.get("DATABASE_ADMIN_URL"):
            try:
                files = clearing.turn_over(servers.for_libpq("DATABASE_ADMIN_URL", admin))
            except psycopg2.Error as fault:
                reason = str(fault).splitlines()[0]
                raise CommandError(f"The write-ahead log was not turned over: {reason}") from None
            self.stdout.write(f"{files} files of the write-ahead log were written over.")
        else:
            self.stdout.write("The write-ahead log was left: DATABASE_ADMIN_URL is not set.")
        if busy:
            raise CommandError(f"In use, run it again for: {', '.join(busy)}")
