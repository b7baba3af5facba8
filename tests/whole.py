"""How much a run asks: what a landing needs, or all there is (`WHOLE=1`, at night).

`docs/tests.md` says what the one leaves to the other.
"""

from __future__ import annotations

import os
from zlib import crc32

WHOLE = os.environ.get("WHOLE") == "1"
FEWER = 3


def examples(number: int) -> int:
    """So many runs of a machine or examples of a property at night; a third of them by day."""
    return number if WHOLE else max(number // FEWER, 4)


def in_turn(several: tuple[str, ...], about: str) -> tuple[str, ...]:
    """All of them at night; by day one, the same in every run, others for others."""
    return several if WHOLE else (several[crc32(about.encode()) % len(several)],)
