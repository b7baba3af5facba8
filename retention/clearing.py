"""What a deleted row leaves on the disk of the database, and how it goes.

PostgreSQL only marks a deleted row; its bytes stay in the table's file until something else is
written there, in the statistics of the planner, and in the write-ahead log until its files are used
again. Nobody can ask for them; whoever takes the disk can read them. So tables that erasures took
rows from are written anew, and the log is turned over.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
from django.db import OperationalError, connection

from retention.declared import TABLES
from retention.wall import former_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

# Beside what is declared: what the steps of an erasure write themselves, the notes to ask a case
# again, and the statistics, which hold samples of values.
BESIDE = (
    "core_idempotencykey",
    "retention_erasure",
    "casework_askagain",
    "pg_catalog.pg_statistic",
)
PATIENCE = "10s"
A_MINUTE = 60  # seconds
# Whoever began before still sees what was erased since, so a table is written anew with it.
BEGAN_BEFORE = """
select count(*) from (
  select backend_xmin as xmin from pg_stat_activity
   where pid <> pg_backend_pid() and (datname = current_database() or backend_type = 'walsender')
  union all select xmin from pg_replication_slots
) sees where age(xmin) >= age(%s::text::xid)
"""
LOG_FILES = "select count(*) from pg_ls_waldir()"
TURN = "select pg_logical_emit_message(true, 'casework', 'turn'), pg_switch_wal()"


def tables() -> Iterator[str]:
    """Those an erasure writes to, each with its former values; the statistics last."""
    former = former_tables()
    for table, fate in TABLES.items():
        if fate.where:
            yield from filter(None, (table, former.get(table)))
    yield from BESIDE


class StillSeen(Exception):
    """Somebody is at work who began before the last erasure, such as a backup or a report."""


def write_anew() -> tuple[int, list[str]]:
    """How many tables were written anew, and which were in use all the time. As the owner, outside
    a transaction; a table is closed to others while it is written."""
    done, busy = 0, []
    with connection.cursor() as cursor:
        _wait_for_those_before(cursor)
        cursor.execute("set statement_timeout = 0")
        cursor.execute(f"set lock_timeout = '{PATIENCE}'")
        for table in tables():
            try:
                cursor.execute(f"vacuum (full, analyze) {table}")
                done += 1
            except OperationalError:
                busy.append(table)
    return done, busy


def _wait_for_those_before(cursor: Any) -> None:
    cursor.execute("select pg_current_xact_id()::text")
    (now,) = cursor.fetchone()
    until = time.monotonic() + A_MINUTE
    while True:
        cursor.execute(BEGAN_BEFORE, [now])
        if cursor.fetchone() == (0,):
            return
        if time.monotonic() >= until:
            raise StillSeen
        time.sleep(1)


def turn_over(url: str) -> int:
    """Write over every file of the write-ahead log there is; how many. As a superuser."""
    with closing(psycopg2.connect(url)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(TURN)
            cursor.execute("checkpoint")  # what lies behind is removed, or waits to be used again
            cursor.execute(LOG_FILES)
            (files,) = cursor.fetchone()
            for _file in range(files + 1):
                cursor.execute(TURN)
            cursor.execute("checkpoint")
    return int(files)
