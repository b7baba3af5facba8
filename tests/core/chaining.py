"""A history to link, and the hands of whoever runs the database."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager

import psycopg2
from django.db import connection

from core import audit
from core.chain.linking import link_waiting
from tests.meta.tables import query

SUPERUSER = "postgres"
# Another event like the oldest, of two hours ago.
INSERT = (
    "insert into core_auditevent (id, at, kind, action, target_type, target_id, subjects, detail)"
    " overriding system value select {id}, now() - interval '2 hours', kind, action, target_type,"
    " target_id, subjects, detail from core_auditevent order by id limit 1"
)


def happen(number=1):
    """So many events, each in a transaction of its own."""
    for _ in range(number):
        audit.read_rows("case.list", "casework.Case", [], actor=None, n=_)


def link_all(at_once=10_000):
    """Until nothing waits."""
    until = time.monotonic() + 30
    while query("select chain_waits_since()") != [(None,)]:
        link_waiting(at_once=at_once)
        assert time.monotonic() < until, "events still wait"


def history(events=6, at_once=2):
    happen(events)
    link_all(at_once)


def ids():
    return [pk for (pk,) in query("select id from core_auditevent order by id")]


@contextmanager
def another(user=None, dbname=None):
    """A connection of its own to the database of this test, or to another of the server."""
    there = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        there.pop(name, None)
    other = {"user": user, "dbname": dbname}
    with closing(psycopg2.connect(**there | {k: v for k, v in other.items() if v})) as found:
        yield found


def tamper(*statements):
    """As the superuser, whom no trigger stops."""
    with another(SUPERUSER) as there, there.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        there.commit()
