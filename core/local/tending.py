"""What runs is kept running: whatever ends is started again, alone, after longer and longer pauses.

Written here and not taken from a supervisor, because what is needed fits on a page: a supervisor
brings configuration, a socket and a log of its own, and knows nothing of the database under var/.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from core.local.faults import DISK_FULL, Problem, disk_is_full
from core.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.local.provision import Environment

SHORTEST, LONGEST = 0.5, 30.0  # pauses, in seconds
CALM = 60.0  # whatever ran so long begins with the shortest pause again
STOPPING = 12.0  # then it is killed; Celery may need ten
PR_SET_PDEATHSIG = 1


class Tended:
    """Something that is to run until we end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pause, self._again, self._since = SHORTEST, 0.0, time.monotonic()

    def runs(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    def clear_up(self) -> None:
        """End what it has left behind."""

    def tend(self, var: Path) -> None:
        """Start it again if it has ended and its pause is over."""
        now = time.monotonic()
        if self.runs():
            self._again = 0.0  # it may have come back by itself
            if now - self._since > CALM:
                self._pause = SHORTEST
        elif not self._again:
            why = f" {DISK_FULL}" if disk_is_full(var) else ""
            sys.stderr.write(f"{self.name} has ended; it is started again.{why}\n")
            self._again, self._pause = now + self._pause, min(self._pause * 2, LONGEST)
        elif now >= self._again:
            self._again, self._since = 0.0, now
            try:
                self.clear_up()
                self.start()
            except Problem as problem:
                sys.stderr.write(f"{problem.code}\n")


class Child(Tended):
    """A process of ours, in a session of its own: it does not hear the terminal's interrupt."""

    def __init__(
        self, name: str, command: Sequence[str], env: Environment, keep: Sequence[int] = ()
    ) -> None:
        super().__init__(name)
        self._command, self._env, self._keep = command, env, keep
        self.start()

    def runs(self) -> bool:
        return self.process.poll() is None

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own commands, without a shell
            self._command,
            cwd=ROOT,
            env=self._env,
            stdin=subprocess.DEVNULL,
            pass_fds=self._keep,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call, and no lock is held
            start_new_session=True,
        )

    def clear_up(self) -> None:
        self._signal_all(signal.SIGTERM)

    def end(self, patience: float) -> None:
        """Kill it, with all that it started, if it does not end by itself."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self._signal_all(signal.SIGKILL)
        self.process.wait()

    def _signal_all(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def end(children: Sequence[Child]) -> None:
    """End them together: asked first, then killed with all that they started."""
    for child in children:
        child.process.terminate()
    deadline = time.monotonic() + STOPPING
    for child in children:
        child.end(max(0.0, deadline - time.monotonic()))


def _end_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends, however it does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
