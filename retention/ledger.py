"""The ledger of erasures, outside the database: what a restore must not bring back.

A backup holds what was erased after it was made. So each erasure is a line of a file as well, and
`replay_erasures` erases again, in a restored database, whatever stands in the ledger. A line names
nobody: a random number, a day, a law, and a digest of the id of the case, or of the survivor, under
a secret that follows from the field keys. Keep the file with every copy of the files, and with each
backup.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from django.conf import settings

from core import crypto
from core.crypto import key_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

PURPOSE = "retention.ledger"


class KeyMissing(Exception):
    """A line was written under a field key that is not here: nobody knows which case it names."""


@dataclass(frozen=True)
class Line:
    stone: str  # the number on the tombstone
    day: str
    country: str
    basis: str
    digest: str  # "<number of the field key>:<hex>"
    person: bool = False  # one survivor, not a case
    also: list[str] = field(default_factory=list)  # the survivor's other records, and papers


def path() -> Path:
    return Path(settings.ERASURE_LEDGER or Path(settings.FILES_ROOT) / "erasures.ledger")


def digest(row: UUID | str, number: int | None = None) -> str:
    """What a line says of a case, a survivor or a paper: the same for the same row and key."""
    number = key_numbers()[0] if number is None else number
    secret = crypto.derived(PURPOSE, number)
    if secret is None:
        raise KeyMissing(number)
    return f"{number}:{hmac.digest(secret, str(row).encode(), 'sha256').hex()}"


def append(line: Line) -> None:
    """Bring one line to the disk. Written twice, it counts once."""
    file = path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        end = os.fstat(handle).st_size
        torn = end > 0 and os.pread(handle, 1, end - 1) != b"\n"  # a machine stopped in a line
        os.write(handle, (b"\n" if torn else b"") + orjson.dumps(asdict(line)) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def lines(file: Path | None = None) -> Iterator[Line]:
    """Each erasure once. A torn line is passed over: whoever was writing it wrote it again."""
    seen = set()
    file = file or path()
    if not file.exists():
        return
    for text in file.read_bytes().splitlines():
        try:
            line = Line(**orjson.loads(text))
        except (orjson.JSONDecodeError, TypeError):
            continue
        if line.stone not in seen:
            seen.add(line.stone)
            yield line
