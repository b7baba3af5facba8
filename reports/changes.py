"""What `core.moment.data_state` rests on: every table that figures are made of notes its writes.

A figure with the same question, of the same cases and the same data is the same figure; it is
computed once. Every table that figures are made of says so in the database when it is written
(triggers of the wall): the transaction that wrote is noted, and seen by others
only from its commit on, as its rows are. Writes within one's own transaction move a sequence.

Any write makes every snapshot old: finer marks would save more, and miss something one day.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from pghistory.models import Event

# Of these, what changes a figure changes the reader's scope, which is part of the question.
NOT_COUNTED = {"core", "accounts", "reports", "desk", "intake", "retention"}


def counted_tables() -> list[str]:
    """The tables that figures are made of."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in set(settings.OUR_APPS) - NOT_COUNTED
        and not issubclass(model, Event)
    )


def triggers() -> str:
    """SQL for the wall: each of them says so when it is written (core/wall/figures.sql)."""
    return "\n".join(
        f"create trigger {f'{table}_noted'[:63]} after insert or update or delete on {table}"
        " for each statement execute function note_change();"
        for table in counted_tables()
    )
