"""The clock that asks for jobs (`celery beat`), and what it does where its disk is full."""

from __future__ import annotations

import logging

from celery.beat import PersistentScheduler

from core.local.faults import plainly

log = logging.getLogger("core.disk")


class Clock(PersistentScheduler):
    """Keeps in a file when it last asked. Without room for it, it does not begin, and says so;
    one that has begun goes on from memory."""

    def setup_schedule(self) -> None:
        with plainly():
            super().setup_schedule()

    def sync(self) -> None:
        try:
            super().sync()
        except OSError:
            log.exception("disk-full")
