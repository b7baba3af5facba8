"""Connections that break: found before they are used, and called by one name when they do. Their
cursors keep plans (`plans.py`)."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper, OperationalError
from django.utils.functional import cached_property
from psycopg2 import DatabaseError
from psycopg2.errors import ReadOnlySqlTransaction

from core.postgresql import plans

if TYPE_CHECKING:
    from types import TracebackType


class ErrorWrapper(DatabaseErrorWrapper):
    """Of what is no fault of the request, which may be sent again. psycopg2 raises a plain
    `DatabaseError` without a code where libpq had nothing to say, as when the server dies at a
    commit; and another one where the server only follows the one that is written to, as while that
    is replaced: then the next request connects anew."""

    wrapper: Any

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: Any, traceback: TracebackType | None
    ) -> None:
        follows = isinstance(exc_value, ReadOnlySqlTransaction)
        if follows or (exc_type is DatabaseError and exc_value.pgcode is None):
            self.wrapper.errors_occurred = True
            self.wrapper.close_at = 0 if follows else self.wrapper.close_at
            raise OperationalError(*exc_value.args).with_traceback(traceback) from exc_value
        super().__exit__(exc_type, exc_value, traceback)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": plans.Cursor}

    def init_connection_state(self) -> None:
        super().init_connection_state()
        plans.begin(self.connection)

    @cached_property
    def wrap_database_errors(self) -> ErrorWrapper:
        return ErrorWrapper(self)

    def is_usable(self) -> bool:
        """A server that ended a connection, or has something to say, left something to read;
        then it is asked, as Django does every time."""
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not socket.poll(0) or super().is_usable()
