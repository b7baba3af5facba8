"""A file taken in by the program, and by COPY of the very rows it becomes, into an empty world.

The other side copies the rows ours wrote into empty staging tables and inserts them from there in
one transaction, as the same person behind the same policies, with the same triggers, history and
deferred keys; it reads no file and checks nothing.
"""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from benchmarks.harness import Side, connect
from benchmarks.rescue_report import tables

# The rows of the audit end alike, but no trigger writes them.
MADE_BY_TRIGGERS = ("reports_datachange", "reports_rownumber", "exchange_delivery")
HISTORY, AUDIT = "event", "core_auditevent"


class TakenIn:
    """Both sides. What is taken in, and in which order the rows may be written, a kind says."""

    def __init__(self, owner: Any, url: str) -> None:
        from accounts.models import User  # noqa: PLC0415 - set up just now

        self.owner, self.connection = owner, connect(url)
        self.connection.autocommit = False
        self.user = User.objects.get()
        self.rows: dict[str, str] = {}

    def ours(self) -> int:
        """Takes the file in; how much that was."""
        raise NotImplementedError

    def first(self, table: str) -> Any:
        """What comes first has the least: a person is open only by the row that places it."""
        raise NotImplementedError

    def tables(self, cursor: Any) -> list[str]:
        """Every table but those that are there before."""
        return tables(cursor)

    def empty(self) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(self.tables(cursor))}")

    def keep(self) -> None:
        """What ours wrote, table by table, but for what triggers write."""
        self.empty()
        self.many = self.ours()
        with self.owner.cursor() as cursor:
            for table in sorted(self.tables(cursor), key=self.first):
                text = io.StringIO()
                cursor.copy_expert(f"copy (select * from {table}) to stdout", text)
                if text.getvalue() and not _made_by_triggers(table):
                    self.rows[table] = text.getvalue()
        self.empty()
        with self.connection, self.connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"create temp table s_{table} (like {table})")

    def copied(self) -> int:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("select open_context(%s)", [str(self.user.pk)])
            for table, text in self.rows.items():
                cursor.execute(f"truncate s_{table}")
                cursor.copy_expert(f"copy s_{table} from stdin", io.StringIO(text))
                cursor.execute(
                    f"insert into {table} overriding system value select * from s_{table}"
                )
            return self.many

    def written(self, call: Any) -> dict[str, int]:
        """How many rows each table holds after one call."""
        self.empty()
        call()
        with self.owner.cursor() as cursor:
            found = {}
            for table in self.rows:
                cursor.execute(f"select count(*) from {table}")
                (found[table],) = cursor.fetchone()
        self.empty()
        return found

    def side(self, call: Any) -> Side:
        """Ours, by this call."""
        from django.db import connection  # noqa: PLC0415 - set up just now

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        return Side("ours", call, backend, partial(self.written, self.ours))

    def copy(self) -> Side:
        there = self.connection.info.backend_pid
        return Side("COPY", self.copied, lambda: there, partial(self.written, self.copied))

    @property
    def few(self) -> dict[str, Any]:
        """How it is measured: a call is work for seconds."""
        return {"owner": self.owner, "rounds": 5, "calls": 1, "between": self.empty}


def _made_by_triggers(table: str) -> bool:
    return table in MADE_BY_TRIGGERS or (table.endswith(HISTORY) and table != AUDIT)
