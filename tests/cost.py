"""What a run cost: CPU seconds of its processes together, servers and browsers included.

What the run started and waited for, and the private PostgreSQL of this checkout, which nobody
else should use meanwhile. Unseen stay processes that outlived whoever started them (tests that
kill a parent), other servers of PostgreSQL (a few tests start one) and one given by DATABASE_URL.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from core.local import postgres
from core.local.paths import var_dir

PROCESSES = Path("/proc")
PARENT, SPENT = 1, slice(11, 15)  # after the name: its own and its ended children's, both twice


def cpu_seconds() -> float:
    """Of this process, of those that it has waited for, and of its PostgreSQL."""
    return sum(os.times()[:4]) + _of_postgresql()


def _of_postgresql() -> float:
    """Of the postmaster, of all that it has waited for, and of those who work for it now."""
    try:
        postmaster = (postgres.data_dir(var_dir()) / "postmaster.pid").read_text().split()[0]
    except (FileNotFoundError, IndexError):
        return 0.0
    ticks = 0
    for process in PROCESSES.glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if postmaster in (process.name, fields[PARENT]):
            ticks += sum(map(int, fields[SPENT]))
    return ticks / os.sysconf("SC_CLK_TCK")


def since(before: float) -> str:
    """What was spent after `before`, in words."""
    return f"{cpu_seconds() - before:,.0f}"


class Cost:
    """Says at the end what was spent since it was made."""

    def __init__(self) -> None:
        self.before = cpu_seconds()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        spent = since(self.before)
        terminalreporter.write_line(f"{spent} CPU seconds of all processes together")


def pytest_configure(config: Any) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Cost(), "cost")
