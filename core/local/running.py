"""The one `make run` of a working copy: noted in var/run.pid, found and stopped through it.

The note is locked for as long as the runner or one of its children lives, so a note that is
locked is ours, and a stale one cannot lead to a stranger's process.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.local.faults import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GRACE = 15.0


class Note:
    """Who runs: our process id and those of our children, who hold the lock with us."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._written: list[int] = []

    def children(self, processes: Iterable[int]) -> None:
        """Write down the children there are now."""
        written = [os.getpid(), *processes]
        if written != self._written:
            os.ftruncate(self.descriptor, 0)
            os.pwrite(self.descriptor, " ".join(map(str, written)).encode() + b"\n", 0)
            self._written = written


@contextmanager
def noted(var: Path) -> Iterator[Note]:
    """Be the runner; what a runner that was killed has left behind is stopped first."""
    descriptor = os.open(_note(var), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if not _lock(descriptor) and (_runner_lives(var) or not stop(var) or not _lock(descriptor)):
        os.close(descriptor)
        raise Problem("Casework is running already. Stop it with: make stop")
    note = Note(descriptor)
    note.children([])
    try:
        yield note
    finally:
        _note(var).unlink(missing_ok=True)
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _runner_lives(var: Path) -> bool:
    written = _note(var).read_text().split()
    return not written or _looks_like_a_runner(int(written[0]))


def is_running(var: Path) -> bool:
    """Tell whether a runner, or a child it left behind, lives."""
    try:
        descriptor = os.open(_note(var), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


def stop(var: Path) -> bool:
    """Stop the runner, or what is left of it; tell whether there was anything to stop."""
    if not is_running(var):
        return False
    runner, *children = [int(word) for word in _note(var).read_text().split()]
    if _looks_like_a_runner(runner):
        os.kill(runner, signal.SIGTERM)
        if _gone(var, GRACE + 5):
            return True
    for how, patience in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 5.0)):
        for child in children:
            _signal_group(child, how)
        if _gone(var, patience):
            return True
    raise Problem(f"Casework did not stop: processes {runner} {children} are still there.")


def _note(var: Path) -> Path:
    return var / "run.pid"


def _looks_like_a_runner(pid: int) -> bool:
    """Tell whether the runner itself still lives; only its children may be left."""
    try:
        return b"core.local" in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"/", b".")
    except FileNotFoundError:
        return not Path("/proc/self").exists() and _alive(pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _signal_group(pid: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, how)


def _gone(var: Path, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while is_running(var):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
