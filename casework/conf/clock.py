"""The clock that asks for jobs (`celery beat`), and what it does where its disk is full."""

from __future__ import annotations

import logging
from contextlib import suppress

from celery.beat import PersistentScheduler

from core.local.faults import plainly

log = logging.getLogger("core.files.disk")


class Clock(PersistentScheduler):
    """Keeps in a file when it last asked. Without room for it, it does not begin, and says so;
    one that has begun goes on from memory."""

    def setup_schedule(self) -> None:
        with plainly():
            super().setup_schedule()

    def _destroy_open_corrupted_schedule(self, exc: Exception) -> object:
        """Celery takes a file that finds no room for a broken one."""
        with suppress(OSError), plainly():
            if isinstance(exc, OSError):
                raise exc
        return super()._destroy_open_corrupted_schedule(exc)

    def sync(self) -> None:
        try:
            super().sync()
        except OSError:
            log.exception("disk-full")
