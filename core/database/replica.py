"""Long reading may go to a replica of the database (`DATABASE_REPLICA_URL`).

Reports, the figures of dashboards and exports are read in one transaction that writes nothing, and
written in another, with the trail of what was read (`core/jobs.py`). The first goes to the replica
if that has, within seconds, all that was committed when the work began: so a figure is as new as
from the database itself. Otherwise the database itself is read, and that is said (`/readyz`,
figures, the log).
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from django.db import InterfaceError, OperationalError, connection, connections
from psycopg2.errorcodes import QUERY_CANCELED, READ_ONLY_SQL_TRANSACTION

from core.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.utils import CursorWrapper

log = logging.getLogger("core.database.replica")
ALIAS = "replica"
AWAY = Remembered("replica-away", seconds=600)
PATIENCE, PAUSE = 5.0, 0.02  # seconds
GONE = (OperationalError, InterfaceError)
# It took too long, as it would on the database itself; or it wrote, which it may not.
OURS = {QUERY_CANCELED, READ_ONLY_SQL_TRANSACTION}
HERE = "select pg_current_wal_lsn()::text, data_state()"
THERE = "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= %s::pg_lsn"
# Of the work that reads there: the state of the data when it began, or something older.
state: ContextVar[str | None] = ContextVar("state of the data on the replica", default=None)

T = TypeVar("T")


def is_set() -> bool:
    return ALIAS in connections.settings


def away_now() -> bool:
    """Whether somebody turned to the database itself within ten minutes."""
    return is_set() and AWAY.lately()


def read(work: Callable[[], T]) -> T:
    """What `work` returns, read on the replica if that is near enough. It may be called twice, and
    begins its own transaction. Raises what it raises."""
    snapshot = _caught_up() if is_set() else None
    if snapshot is None:
        return work()
    token, usual = state.set(snapshot), connections["default"]
    connections["default"] = connections[ALIAS]
    try:
        return work()
    except GONE as error:
        if getattr(error.__cause__, "pgcode", None) in OURS:
            raise
        _away()
    finally:
        connections["default"] = usual
        state.reset(token)
    return work()


def _caught_up() -> str | None:
    """The state of the data that the replica has; nothing where it is not near enough."""
    with connection.cursor() as cursor:
        cursor.execute(HERE)
        place, snapshot = cursor.fetchone()
    deadline = time.monotonic() + PATIENCE
    with suppress(*GONE):
        connections[ALIAS].close_if_unusable_or_obsolete()
        with connections[ALIAS].cursor() as cursor:
            while time.monotonic() < deadline:
                cursor.execute(THERE, [place])
                if cursor.fetchone() == (True,):
                    return str(snapshot)
                time.sleep(PAUSE)
    _away()
    return None


def _away() -> None:
    log.warning(AWAY.word)
    AWAY.note()
    with suppress(*GONE):
        connections[ALIAS].close()


def faults(of_role: Callable[[CursorWrapper], Iterator[str]]) -> Iterator[str]:
    """What is wrong with a replica that answers; one that does not keeps nobody from working."""
    if not is_set():
        return
    with suppress(*GONE):
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("select pg_is_in_recovery()")
                if cursor.fetchone() != (True,):
                    yield "DATABASE_REPLICA_URL: this database follows no other."
                for fault in of_role(cursor):
                    yield f"DATABASE_REPLICA_URL: {fault}"
        finally:
            connections[ALIAS].close()
