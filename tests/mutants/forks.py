"""Runs tasks in forks of this process: each starts with all that is loaded here, and ends alone."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINUTES = 15


def in_forks(
    tasks: dict[str, Callable[[], Any]], processes: int
) -> Iterator[tuple[str, Any, float]]:
    """Name, answer and CPU seconds of each task as it ends; no answer (None) of one that broke off
    or took too long."""
    waiting, free = list(tasks.items())[::-1], list(range(processes))
    running: dict[int, tuple[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        while waiting or running:
            while waiting and free:
                (name, task), place = waiting.pop(), free.pop()
                answer = Path(folder) / str(place)
                answer.unlink(missing_ok=True)
                if not (pid := os.fork()):
                    _run(task, place, answer)
                running[pid] = name, place
            pid, _status, used = os.wait4(-1, 0)
            if pid not in running:  # a server that somebody started before
                continue
            name, place = running.pop(pid)
            free.append(place)
            answer = Path(folder) / str(place)
            said = json.loads(answer.read_text("utf-8")) if answer.exists() else None
            yield name, said, used.ru_utime + used.ru_stime


def _run(task: Callable[[], Any], place: int, answer: Path) -> None:
    """The life of a fork: silent, with a database of its own, no longer than it may be."""
    try:
        signal.alarm(MINUTES * 60)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        if not os.environ.get("FAULTS_ALOUD"):
            os.dup2(silence, 2)
        for each in connections.all():
            each.settings_dict["TEST"]["NAME"] = f"test_faults_{os.getppid()}_{place}"
        said = task()
        half = answer.with_suffix(".half")
        half.write_text(json.dumps(said), encoding="utf-8")
        half.rename(answer)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)
