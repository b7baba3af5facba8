"""What can go wrong on somebody's machine, said in one plain line and without a traceback."""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DISK_FULL = "The disk is full. Free some space and try again."
NO_SPACE = (
    "No space left on device",
    "Disk quota exceeded",
    "could not extend file",
    "database or disk is full",  # SQLite, in which beat keeps its schedule
)
LEAST_FREE = 16 * 2**20  # bytes: less than one more segment of PostgreSQL's log


class Problem(SystemExit):
    """A fault the reader can mend: printed as it is, exit code 1.

    It is a SystemExit because settings may raise it while they are imported, where no command
    could catch it.
    """


def means_disk_full(text: str) -> bool:
    """Tell whether a program's complaint is that the disk is full."""
    return any(sign in text for sign in NO_SPACE)


def disk_is_full(folder: Path) -> bool:
    """Tell whether there is no room left to work in."""
    return shutil.disk_usage(folder).free < LEAST_FREE


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the operating system's errors into a plain line."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT} or means_disk_full(str(error)):
            raise Problem(DISK_FULL) from error
        if isinstance(error, PermissionError):
            raise Problem(
                f"No right to use {error.filename}: it belongs to another user."
            ) from error
        raise
