"""The transactions of long work: one that reads, where a job has one, and one that writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from core.context import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable

    Written = Callable[[], object]  # it writes what was read, and returns the result


def of_one_moment(work: Callable[[], Written], actor: object) -> Written:
    """What it read, with which it writes in another transaction."""
    with acting_as(actor, one_moment=True):
        take_time()
        return work()


def take_time() -> None:
    """The limits that keep a page short do not fit work that is long: the lease bounds it."""
    limit = f"{settings.CELERY_TASK_TIME_LIMIT}s"
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('statement_timeout', %s, true),"
            " set_config('idle_in_transaction_session_timeout', %s, true)",
            [limit, limit],
        )
