"""A workbook that somebody sends, opened with suspicion: by a process of its own, with limits and
without keys, which gives back texts (`unpack.py`)."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.refusals import Worded
from core.refusals import gettext as _
from exchange.workbooks.unpack import TOO_LARGE, TOO_MANY, TOO_MANY_IN_ALL

if TYPE_CHECKING:
    from collections.abc import Callable

CHILD = Path(__file__).with_name("unpack.py")
PATIENCE = 5  # seconds, after which whoever waits says that it is still at work
Tables = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Most:
    """What a workbook may be at most: bytes unpacked, lines and columns of a sheet, lines and signs
    in all; and what reading it may take: bytes of memory, seconds."""

    inflated: int = 30_000_000
    rows: int = 20_000
    columns: int = 200
    lines: int = 20_000
    text: int = 30_000_000
    memory: int = 512 << 20
    seconds: int = 60


IN_PASSING = Most()  # while a page waits
AS_A_JOB = Most(
    inflated=300_000_000,
    rows=50_000,
    lines=100_000,
    text=60_000_000,
    memory=1 << 30,
    seconds=240,
)


class NotATable(Worded, ValueError):
    """This cannot be read as a table; the words say why."""


def tables(
    content: bytes, most: Most = IN_PASSING, waiting: Callable[[], object] = lambda: None
) -> Tables:
    """The cells of every sheet by its name, as texts. Raises `NotATable`. `waiting` is called
    every few seconds meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(_opened, content, most)
        while True:
            try:
                done = running.result(PATIENCE)
                break
            except TimeoutError:
                waiting()
    if done is None:
        raise NotATable(_("This workbook takes too long to read. Send it in parts."))
    if done.returncode == TOO_LARGE:
        raise NotATable(_("This workbook is far larger than it looks. Send it in parts."))
    if done.returncode == TOO_MANY:
        words = _("A sheet has at most %(rows)s lines and %(columns)s columns. Send it in parts.")
        raise NotATable(words % {"rows": most.rows, "columns": most.columns})
    if done.returncode == TOO_MANY_IN_ALL:
        words = _("A workbook has at most %(lines)s lines in all. Send it in parts.")
        raise NotATable(words % {"lines": most.lines})
    if done.returncode != 0:
        raise NotATable(_("This workbook cannot be read. Save it again as XLSX."))
    return dict(json.loads(done.stdout))


def _opened(content: bytes, most: Most) -> subprocess.CompletedProcess[bytes] | None:
    """What the other process gives back; nothing where it took too long."""
    try:
        return subprocess.run(  # noqa: S603 - our own file
            [sys.executable, "-I", str(CHILD), *map(str, astuple(most))],
            input=content,
            capture_output=True,
            env={},
            timeout=most.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
