"""How web workers end: at once let go of the address where the process above them was killed."""

from __future__ import annotations

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Gunicorn's worker of threads, whose orphans stand in nobody's way.

    Gunicorn's own ends what it had begun, for as long as that takes, and keeps the address until
    then. A new master tries for five seconds, and gives up.
    """

    def is_parent_alive(self) -> bool:
        alive: bool = super().is_parent_alive()
        if not alive:
            self.set_accept_enabled(False)
            for listener in self.sockets:
                listener.close()
        return alive
