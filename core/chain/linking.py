"""Linking what waits, by the clock and never in the path of a write."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

AT_ONCE = 10_000  # events of one link: about a second's work, and so much memory


def link_waiting(*, everything: bool = False, at_once: int = AT_ONCE) -> int:
    """Make links until nothing waits; how many events they hold.

    A link is a transaction of its own: whoever is killed in between leaves a whole chain.
    `everything`: also look where no event should wait any more, by hour rather than by minute.
    """
    linked, beyond = 0, 0 if everything else None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            limit = f"{settings.CELERY_TASK_TIME_LIMIT}s"
            cursor.execute("select set_config('statement_timeout', %s, true)", [limit])
            cursor.execute("select events, last from chain_events(%s, %s)", [at_once, beyond])
            number, beyond = cursor.fetchone()
        linked += number
        if number < at_once:
            return linked
