"""The ledger of erasures, outside the database: what a restore must not bring back.

A backup holds what was erased after it was made. So each erasure is a line of a file as well, and
`replay_erasures` erases again, in a restored database, whatever stands in the ledger. A line names
nobody: a random number, a day, a law, and a digest of the id of the case, or of the survivor, under
a secret that follows from the field keys. Keep the file with every copy of the files, and with each
backup. Where files are kept in a bucket, each line lies there as well, so that the lines of all
machines are together.
"""

from __future__ import annotations

import fcntl
import hmac
import os
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from django.conf import settings

from casework.files.received import INCOMING, folder
from core.files.store import LEDGER, store
from core.keys import crypto
from core.keys.crypto import key_numbers

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
    """Bring one line to the disk, and to the bucket. Written twice, it counts once."""
    text = orjson.dumps(asdict(line))
    _append(path(), text)
    if settings.FILES_STORE:
        draft = folder(INCOMING) / uuid.uuid4().hex
        draft.write_bytes(text)
        store().keep(draft, f"{LEDGER}/{line.stone}")


def _append(file: Path, text: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        end = os.fstat(handle).st_size
        torn = end > 0 and os.pread(handle, 1, end - 1) != b"\n"  # a machine stopped in a line
        os.write(handle, (b"\n" if torn else b"") + text + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def lines(file: Path | None = None) -> Iterator[Line]:
    """Each erasure once. A torn line is passed over: whoever was writing it wrote it again."""
    seen = set()
    for text in _texts(file):
        try:
            line = Line(**orjson.loads(text))
        except (orjson.JSONDecodeError, TypeError):
            continue
        if line.stone not in seen:
            seen.add(line.stone)
            yield line


def _texts(file: Path | None) -> Iterator[bytes]:
    """Those of this file; or of ours, and of all machines that keep files in the same bucket."""
    here = file or path()
    if here.exists():
        yield from here.read_bytes().splitlines()
    if file is None and settings.FILES_STORE:
        kept = store()
        for part in kept.lying(LEDGER):
            with kept.open(part.name) as text:
                yield from text.read().splitlines()
