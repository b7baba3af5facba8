"""Files received: written on this machine, then brought to where they are kept, by a random name.

Where that is, says `core.files.store`. What is not named by a row is an orphan: taken away at once
where a request fails, and by the nightly sweep where a machine stopped in the middle.
"""

from __future__ import annotations

import base64
import hashlib
import time
import uuid
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from casework.models import StoredFile
from core.files import vault
from core.files.bucket_files import Away
from core.files.store import LEDGER, store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INCOMING = "incoming"
ORPHANED = 24 * 60 * 60  # seconds: longer than any upload lasts


def folder(name: str = "") -> Path:
    """A directory for files, open to nobody else."""
    path = Path(settings.FILES_ROOT) / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def name_of(row: uuid.UUID) -> str:
    """Under what the file of this row is kept: a name that says nothing."""
    return f"{row.hex[:2]}/{row.hex}"


def path_of(row: uuid.UUID) -> Path:
    """Where it lies in the folder of this machine."""
    return Path(settings.FILES_ROOT) / name_of(row)


class Received:
    """Bytes that arrived and lie encrypted, not yet named by a row.

    Closed before it was kept, nothing of it is left; closed after, the row must be there.
    """

    def __init__(self) -> None:
        self.id, self._key = uuid.uuid4(), vault.new_key()
        self._path = folder(INCOMING) / self.id.hex
        self._writer = vault.Writer(self._path, self._key, self.id)
        self._digest, self.size, self.digest = hashlib.sha256(), 0, b""
        self._kept = False
        self.made: list[Received] = []  # what was made of these bytes, and goes with them

    @classmethod
    def of(cls, chunks: Any) -> Received:
        """All of these bytes; nothing is left if they break off."""
        received = cls()
        try:
            for chunk in chunks:
                received.write(chunk)
            received.finish()
        except BaseException:
            received.close()
            raise
        return received

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        with self._or_nothing():
            self._writer.write(data)

    def finish(self) -> None:
        with self._or_nothing():
            self._writer.finish()
        self.digest = self._digest.digest()

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        """Where the disk is full or fails, no half file stays."""
        try:
            yield
        except OSError:
            self.close()
            raise

    def open(self) -> vault.Reader:
        file = store().open(name_of(self.id)) if self._kept else self._path.open("rb")
        return vault.Reader(file, self._key, self.id)

    def keep(self, acts: list[str]) -> StoredFile:
        """Bring it to its place and name it by a row, in the transaction of the caller.

        `acts`: what it may do when it is opened. Raises `OSError`.
        """
        self._kept = True  # from now on something may lie there
        store().keep(self._path, name_of(self.id))
        return StoredFile.objects.create(
            id=self.id,
            data_key=base64.b64encode(self._key).decode(),
            size=self.size,
            sha256=self.digest,
            acts=acts,
        )

    def close(self) -> None:
        """Take away what no row names: the request failed, or its transaction was undone."""
        for other in self.made:
            other.close()
        self._writer.abandon()
        if not self._is_named():
            self._path.unlink(missing_ok=True)
            if self._kept:
                with suppress(Away):  # the sweep will
                    store().take_away(name_of(self.id))

    def _is_named(self) -> bool:
        if not self._kept:
            return False
        try:
            return StoredFile.objects.filter(pk=self.id).exists()
        except DatabaseError:
            return True  # nobody knows; the sweep will


def opened(row: StoredFile) -> vault.Reader:
    """The text of a kept file. Raises `OSError` where it is gone, `Unreadable` where altered."""
    key = base64.b64decode(row.data_key)
    return vault.Reader(store().open(name_of(row.pk)), key, row.pk)


def discard(rows: Iterable[uuid.UUID], root: Path | None = None) -> None:
    """Take files away whose rows are gone. `root`: in another folder, as one that is restored.

    A bucket that is away, or locks them, keeps noise without a key; the sweep comes back to it.
    """
    kept = store(root)
    for row in rows:
        with suppress(Away):
            kept.take_away(name_of(row))


def orphans() -> Iterator[str]:
    """The names of files old enough to have their row, that have none."""
    before = time.time() - ORPHANED
    old = (file.name.split("/", 1) for file in store().lying() if file.at < before)
    for place, names in groupby(old, key=lambda parts: parts[0]):
        there = {name for _place, name in names}
        if place == LEDGER:
            continue
        known = set() if place == INCOMING else _known(there)
        yield from (f"{place}/{name}" for name in sorted(there - known))


def _known(names: set[str]) -> set[str]:
    """Of these those that are named by a row."""
    ids = [uuid.UUID(hex=name) for name in names if len(name) == 32 and name.isalnum()]
    rows = StoredFile.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return {pk.hex for pk in rows}
