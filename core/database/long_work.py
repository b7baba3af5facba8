"""The transactions of long work: one that reads, where a job has one, and one that writes.

What is noted while one reads, as the trail of what an export gives, is put off and written with
what comes of it, in one commit: so the first transaction may read a replica, and nothing is given
of which the trail does not know.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from core.context import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable

    Written = Callable[[], object]  # it writes what was read, and returns the result

_put_off: ContextVar[list[Written] | None] = ContextVar("writes of a job that reads", default=None)


def of_one_moment(work: Callable[[], Written], actor: object) -> Written:
    """What it read, with which it writes in another transaction."""
    put_off: list[Written] = []
    token = _put_off.set(put_off)
    try:
        with acting_as(actor, one_moment=True):
            take_time()
            keep = work()
    finally:
        _put_off.reset(token)

    def written() -> object:
        for write in put_off:
            write()
        return keep()

    return written


def now_or_with_it(write: Written) -> None:
    """Write it now; in the reading of a job, together with what comes of that."""
    put_off = _put_off.get()
    write() if put_off is None else put_off.append(write)


def take_time() -> None:
    """The limits that keep a page short do not fit work that is long: the lease bounds it."""
    limit = f"{settings.CELERY_TASK_TIME_LIMIT}s"
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('statement_timeout', %s, true),"
            " set_config('idle_in_transaction_session_timeout', %s, true)",
            [limit, limit],
        )
