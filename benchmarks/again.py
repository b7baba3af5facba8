"""A call against its own statements: what Python adds to the SQL that fetches the same rows."""

from __future__ import annotations

from typing import Any
from unittest import mock

READING = ("select", "(select", "with")
# What opens and closes the context is not reading; whoever sends again opens one of their own.
CONTEXT = ("open_context", "open_count_context", "set_config", "current_setting('role')")


class Again:
    """What a call reads, sent again as it was, with nothing made of the rows."""

    def __init__(self, call: Any, ask: Any, acting: Any) -> None:
        self.call, self.ask, self.acting = call, ask, acting
        self.statements = statements(call)

    def __call__(self) -> Any:
        with self.acting():
            return sum(len(self.ask(*one)) for one in self.statements)

    def outcome(self) -> Any:
        """How many rows the call itself was given."""
        return sum(rows for _sql, _given, rows in _watched(self.call))


def statements(call: Any) -> list[tuple[str, Any]]:
    return [(sql, given) for sql, given, _rows in _watched(call)]


def _watched(call: Any) -> list[tuple[str, Any, int]]:
    """The reading statements of a call, with what each was given and how many rows came.

    While they are counted, cursors of the server give all rows at once: these do not say how many.
    """
    from django.db import connections  # noqa: PLC0415

    connection = connections["default"]

    found: list[tuple[str, Any, int]] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        reads = sql.lstrip().lower().startswith(READING)
        if reads and not any(word in sql for word in CONTEXT):
            found.append((sql, params, context["cursor"].rowcount))
        return answer

    whole = mock.patch.object(connection, "chunked_cursor", connection.cursor)
    with whole, connection.execute_wrapper(look):
        call()
    return found
