"""The field keys on paper, for officers of whom two together have them, and one alone nothing.

Shamir's way with two of any number: each byte of the text is where a straight line begins, and an
officer holds one point of it. One point says nothing of where the line begins; two give all of it.
Each share is sealed for its officer by age, so that it may lie in a drawer or travel by mail.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyrage

from backups.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST, MOST = 2, 20
POLYNOMIAL = 0x11B  # bytes are numbers of the field GF(2^8), as in AES


@dataclass(frozen=True)
class Share:
    """One point of each line. `of`: of which keys; two of the same give them back."""

    number: int
    of: str
    points: bytes

    def text(self) -> bytes:
        content = {"share": self.number, "of": self.of, "points": self.points.hex()}
        return json.dumps(content).encode()


def split(keys: str, officers: int) -> list[Share]:
    if not FEWEST <= officers <= MOST:
        raise Fault(f"Name {FEWEST} officers at least (and {MOST} at most): two open the keys.")
    text = keys.encode()
    slopes = secrets.token_bytes(len(text))
    of = sha256(text).hexdigest()[:16]
    return [
        Share(
            number,
            of,
            bytes(start ^ _times(slope, number) for start, slope in zip(text, slopes, strict=True)),
        )
        for number in range(1, officers + 1)
    ]


def join(shares: Sequence[Share]) -> str:
    """The keys, of any two shares of the same."""
    different = {share.number: share for share in shares}
    if len(different) < FEWEST:
        raise Fault("Two different shares are needed: one alone opens nothing.")
    first, second = list(different.values())[:FEWEST]
    if first.of != second.of or len(first.points) != len(second.points):
        raise Fault("These shares are of different keys.")
    over = _over(first.number ^ second.number)
    text = bytes(
        byte ^ _times(_times(byte ^ other, over), first.number)
        for byte, other in zip(first.points, second.points, strict=True)
    )
    if sha256(text).hexdigest()[:16] != first.of:
        raise Fault("These shares do not fit together: one of them was altered.")
    return text.decode()


def sealed(share: Share, officer: Any) -> str:
    """For this officer alone; in letters, so that it can be printed and typed."""
    return pyrage.encrypt(share.text(), [officer], armored=True).decode()


def opened(text: bytes, by: list[Any]) -> Share:
    try:
        content = json.loads(pyrage.decrypt(text, by))
        return Share(content["share"], content["of"], bytes.fromhex(content["points"]))
    except (pyrage.DecryptError, ValueError, KeyError, TypeError):
        raise Fault("This share does not open with the key given, or is none.") from None


def _times(factor: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= factor
        factor <<= 1
        if factor & 0x100:
            factor ^= POLYNOMIAL
        other >>= 1
    return product


def _over(number: int) -> int:
    """What it is multiplied with to give one."""
    return next(other for other in range(1, 256) if _times(number, other) == 1)
