"""What a worker's process took at most for each job, loaded with `--include=tests.jobs.peak`.

With `--max-tasks-per-child=1` every job has a process of its own.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from celery.signals import task_postrun

FILE = "peaks"


@task_postrun.connect
def note(task: Any, args: Any, **_: Any) -> None:
    if task.name == "core.run_job":
        with Path(os.environ["CASEWORK_VAR"], FILE).open("a") as file:
            file.write(f"{args[0]} {peak()}\n")


def peak() -> int:
    """KiB of memory that this process held at most."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


def peaks(folder: Path) -> dict[str, int]:
    """By job, MiB."""
    lines = (folder / FILE).read_text().splitlines() if (folder / FILE).exists() else []
    return {job: int(size) // 1024 for job, size in map(str.split, lines)}
