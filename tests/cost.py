"""What a run cost: CPU seconds of all processes together, servers and browsers included.

Counted by the kernel for this container, or for the machine where there is none: another program
that works at the same time counts, too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

CONTAINER = Path("/sys/fs/cgroup/cpu.stat")
MACHINE = Path("/proc/stat")


def cpu_seconds() -> float | None:
    """Since the container, or the machine, was started; None where the kernel does not say."""
    if CONTAINER.exists():
        first = CONTAINER.read_text().split("\n")[0]
        return int(first.split()[1]) / 1e6
    if MACHINE.exists():
        user, nice, system = MACHINE.read_text().split()[1:4]
        return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")
    return None


def since(before: float | None) -> str:
    """What was spent after `before`, in words; a dash where the kernel does not say."""
    now = cpu_seconds()
    return "–" if before is None or now is None else f"{now - before:,.0f}"


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
