"""Pictures made anew from their pixels: no metadata, no thumbnail, no second thing inside.

Decoders of pictures are where attackers look first. So they run in a process of their own, with
limits and without keys, which is given the bytes and gives back others (`repaint.py`).
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("repaint.py")
SECONDS = 60
_one_at_a_time = threading.Lock()  # forty million pixels take much memory


class NotAPicture(Exception):
    """Damaged, of too many points, or too long to read."""


def repainted(file: io.RawIOBase, kind: str) -> Iterator[bytes]:
    """The picture as JPEG or PNG, in chunks. Raises `NotAPicture`."""
    file.seek(0)
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own file
                [sys.executable, "-I", str(CHILD), kind, str(settings.MOST_PIXELS)],
                input=file.read(),
                capture_output=True,
                env={},
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:  # the child is ended; what it had made is gone with it
        raise NotAPicture from None
    if done.returncode != 0:
        raise NotAPicture
    yield from (done.stdout[at : at + 65536] for at in range(0, len(done.stdout), 65536))
