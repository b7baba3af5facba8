"""A full disk: known by what failed, said in plain words, and remembered for a minute."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from psycopg2.errorcodes import DISK_FULL

from core.local.faults import disk_is_full
from core.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("core.files.disk")
FULL = Remembered("disk-full", seconds=60)
RETRY_AFTER = 60  # seconds: longer than a database that is away, somebody must make room


def words() -> str:
    return _(
        "The disk of the server is full. Nothing was saved. Try again later, with the same key."
    )


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or one it came of, says that a disk is full."""
    while error is not None:
        if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(error, "pgcode", None) == DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def noted(error: BaseException | None) -> bool:
    """The same; if so, it is written into the log and remembered by all processes."""
    if not is_full(error):
        return False
    log.error(FULL.word, exc_info=error)
    FULL.note()
    return True


def full_now() -> bool:
    """Whether something failed for it lately, or there is no room where files or rows are kept."""
    return FULL.lately() or any(map(disk_is_full, _folders()))


def _folders() -> Iterator[Path]:
    """Of the database only our own is known: another may be on any machine."""
    for folder in (settings.FILES_ROOT, settings.DATABASE_FOLDER):
        if folder and Path(folder).is_dir():
            yield Path(folder)
