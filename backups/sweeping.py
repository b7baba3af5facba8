"""Takes away the server of a drill, and the copy of the data in it, once no drill is at work.

`python -m backups.sweeping FOLDER` waits until the drill there has ended, however it ends: the lock
that it holds is let go by the kernel. It knows no settings, no keys and no database.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.local import postgres
from core.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def held(home: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether nobody else is at work here, for as long as the block lasts."""
    lock = home.with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def clear(home: Path) -> None:
    if home.exists():
        postgres.stop(home)
        postgres.remove(home)
        shutil.rmtree(home)


def sweep(home: Path, *, wait: bool) -> None:
    """Where a drill is at work, wait for its end, or leave it alone."""
    with held(home, wait=wait) as is_ours:
        if is_ours:
            clear(home)


def wait_for_the_end(home: Path) -> subprocess.Popen[bytes]:
    """In a session of its own: what kills the drill and its group does not kill it."""
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "backups.sweeping", str(home)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


if __name__ == "__main__":
    sweep(Path(sys.argv[1]), wait=True)
