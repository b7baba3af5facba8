"""Copies of documents with areas painted black, and pages of them as pictures to choose areas on.

What was below an area is nowhere in a copy: not its letters, not its pixels, not a layer, a form or
a file inside the PDF. For a copy is made of pixels alone, also where a page has no area. Readers
of PDF are where attackers look first, so they run in a process of their own (`redact.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from casework.paper_codes import FileType

if TYPE_CHECKING:
    from core.files.vault import Reader

CHILD = Path(__file__).with_name("redact.py")
SECONDS = 180
# By page, from 1: left, top, right and bottom, in thousandths of the page.
Areas = Mapping[int, Sequence[tuple[int, int, int, int]]]
_one_at_a_time = threading.Lock()


class NotShown(Exception):
    """It is no PDF or picture, is damaged or locked, or is too large."""


@dataclass(frozen=True)
class Page:
    png: bytes
    number: int
    of: int


def page_number(text: str) -> int:
    """The first, where none is said; 0, which no document has, for anything odd."""
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def page_of(text: Reader, kind: str, number: int, areas: Areas) -> Page:
    """One page as a picture, its areas black."""
    count, _line, png = _child(text, kind, number, areas).partition(b"\n")
    return Page(png, number, int(count))


def copy_of(text: Reader, kind: str, areas: Areas) -> bytes:
    """All of it as pixels: a PDF of pictures, or a PNG."""
    return _child(text, kind, 0, areas)


def _child(text: Reader, kind: str, page: int, areas: Areas) -> bytes:
    if kind not in FileType.PAINTED:
        raise NotShown
    text.seek(0)
    line = json.dumps({number: list(of_page) for number, of_page in areas.items()}).encode()
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own file
                [sys.executable, "-I", str(CHILD), kind, str(settings.MOST_PIXELS), str(page)],
                input=line + b"\n" + text.read(),
                capture_output=True,
                env={},
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise NotShown from None
    if done.returncode != 0:
        raise NotShown
    return done.stdout
