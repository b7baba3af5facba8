"""Acts that are checked against one another take turns."""

from __future__ import annotations

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Until this transaction ends nobody else does it; whoever wants to meanwhile waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [what])
