"""What can go wrong on somebody's machine, said in one plain line and without a traceback."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DISK_FULL = "The disk is full. Free some space and try again."
NO_SPACE = ("No space left on device", "Disk quota exceeded", "could not extend file")


class Problem(SystemExit):
    """A fault the reader can mend: printed as it is, exit code 1.

    It is a SystemExit because settings may raise it while they are imported, where no command
    could catch it.
    """


def means_disk_full(text: str) -> bool:
    """Tell whether a program's complaint is that the disk is full."""
    return any(sign in text for sign in NO_SPACE)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the operating system's errors into a plain line."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Problem(DISK_FULL) from error
        if isinstance(error, PermissionError):
            raise Problem(
                f"No right to use {error.filename}: it belongs to another user."
            ) from error
        raise
