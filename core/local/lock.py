"""Who is using the private database: the first to come starts it, the last to go stops it.

Every user holds a shared lock on one file. The kernel frees it when a process ends, however it
ends. A forked child shares its parent's lock, so the server stays up until both have gone.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_held: dict[Path, int] = {}


def hold(var: Path) -> bool:
    """Be counted as a user until we end; tell whether that is new.

    Waits while the last user before us is stopping the server.
    """
    if var in _held:
        return False
    descriptor = _open(var / "pg.lock")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held[var] = descriptor
    return True


@contextmanager
def starting(var: Path) -> Iterator[None]:
    """Let one process at a time look whether the server runs, and start it."""
    descriptor = _open(var / "pg.start.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def leaving(var: Path) -> Iterator[bool]:
    """Stop being a user; yields True, and keeps newcomers waiting, if there is no other user.

    The held lock is closed and the file opened anew: raising the held one to exclusive would
    succeed even while a forked child still shares it.
    """
    descriptor = _held.pop(var, None)
    if descriptor is not None:
        os.close(descriptor)
    with alone(var) as last:
        yield last


@contextmanager
def alone(var: Path, patience: float = 0) -> Iterator[bool]:
    """Yield whether nobody uses the server; while the block runs, nobody can begin to.

    With patience (seconds), those who are just leaving may finish.
    """
    descriptor = _open(var / "pg.lock")
    deadline = time.monotonic() + patience
    try:
        while not (free := _grasp(descriptor)) and time.monotonic() < deadline:
            time.sleep(0.05)
        yield free
    finally:
        os.close(descriptor)


def _grasp(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
