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
from django.utils.translation import gettext as _

from casework.files import NotTaken

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("repaint.py")
SECONDS = 60
TOO_LARGE, NOT_A_PICTURE = 3, 4  # how the child ends
_one_at_a_time = threading.Lock()  # forty million pixels take much memory


def repainted(file: io.RawIOBase, kind: str) -> Iterator[bytes]:
    """The picture as JPEG or PNG, in chunks; refused where it is none, or too large."""
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
        words = _("This picture takes too long to read. Save it anew as JPEG and send that.")
        raise NotTaken(words) from None
    if done.returncode == TOO_LARGE:
        millions = settings.MOST_PIXELS // 1_000_000
        raise NotTaken(_("A picture has at most %(n)s million points.") % {"n": millions})
    if done.returncode != 0:
        raise NotTaken(
            _("This picture is damaged. Take it anew from the camera and send it again.")
        )
    yield from (done.stdout[at : at + 65536] for at in range(0, len(done.stdout), 65536))
