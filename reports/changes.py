"""What `core.moment.data_state` rests on: every table that figures are made of notes its writes.

A figure with the same question, of the same cases and the same data is the same figure; it is
computed once. Every table that figures are made of says so in the database when it is written
(triggers, set anew after every migration): the transaction that wrote is noted, and seen by others
only from its commit on, as its rows are. Writes within one's own transaction move a sequence.

Any write makes every snapshot old: finer marks would save more, and miss something one day.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from pghistory.models import Event
from psycopg2 import sql

# Of these, what changes a figure changes the reader's scope, which is part of the question.
NOT_COUNTED = {"core", "accounts", "reports", "desk", "intake"}


def counted_tables() -> list[str]:
    """The tables that figures are made of."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in set(settings.OUR_APPS) - NOT_COUNTED
        and not issubclass(model, Event)
    )


def note_changes(using: str = "default", **_: Any) -> None:
    """Run as the owner, at the end of `migrate`."""
    with connections[using].cursor() as cursor:
        cursor.execute("select to_regprocedure('note_change()') is not null")
        (ready,) = cursor.fetchone()
        there = set(connections[using].introspection.table_names())
        for table in counted_tables() if ready else []:
            if table in there:
                _watch(cursor, table)


def _watch(cursor: Any, table: str) -> None:
    names = sql.Identifier(f"{table}_noted"[:63]), sql.Identifier(table)
    text = sql.SQL(
        "create or replace trigger {} after insert or update or delete on {}"
        " for each statement execute function note_change()"
    ).format(*names)
    cursor.execute(text.as_string(cursor.connection))
