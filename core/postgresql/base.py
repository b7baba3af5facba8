"""Whether a kept connection still lives: asked of its socket, and of the server only in doubt."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """A server that ended a connection, or has something to say, left something to read;
        then it is asked, as Django does every time."""
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not socket.poll(0) or super().is_usable()
