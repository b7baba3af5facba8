"""A workbook that somebody sends, opened with suspicion: by a process of its own, with limits and
without keys, which gives back texts (`unpack.py`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.workbooks.unpack import TOO_LARGE, TOO_MANY

CHILD = Path(__file__).with_name("unpack.py")
SECONDS = 60
MOST_INFLATED = 30_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 200
Tables = dict[str, list[list[str]]]


class NotATable(ValueError):
    """This cannot be read as a table; the words say why."""


def tables(content: bytes) -> Tables:
    """The cells of every sheet by its name, as texts. Raises `NotATable`."""
    limits = map(str, (MOST_INFLATED, MOST_ROWS + 1, MOST_COLUMNS))
    try:
        done = subprocess.run(  # noqa: S603 - our own file
            [sys.executable, "-I", str(CHILD), *limits],
            input=content,
            capture_output=True,
            env={},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotATable(_("This workbook takes too long to read. Send it in parts.")) from None
    if done.returncode == TOO_LARGE:
        raise NotATable(_("This workbook is far larger than it looks. Send it in parts."))
    if done.returncode == TOO_MANY:
        words = _("A sheet has at most %(rows)s lines and %(columns)s columns. Send it in parts.")
        raise NotATable(words % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
    if done.returncode != 0:
        raise NotATable(_("This workbook cannot be read. Save it anew as XLSX."))
    return dict(json.loads(done.stdout))
