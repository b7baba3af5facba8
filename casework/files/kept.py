"""Files on the disk: written beside, brought to the disk, then moved to their random name.

What is not named by a row is an orphan: taken away at once where a request fails, and by the
nightly sweep where a machine stopped in the middle.
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from casework.models import StoredFile
from core import vault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INCOMING = "incoming"
ORPHANED = 24 * 60 * 60  # seconds: longer than any upload lasts


def folder(name: str = "") -> Path:
    """A directory for files, open to nobody else."""
    path = Path(settings.FILES_ROOT) / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(name: uuid.UUID, root: Path | None = None) -> Path:
    """Where the file of this row lies: under a name that says nothing. `root`: in another folder,
    as one that is restored."""
    return Path(root or settings.FILES_ROOT) / name.hex[:2] / name.hex


class Received:
    """Bytes that arrived and lie encrypted, not yet named by a row.

    Closed before it was kept, nothing of it is left; closed after, the row must be there.
    """

    def __init__(self) -> None:
        self.id, self._key = uuid.uuid4(), vault.new_key()
        self._path = folder(INCOMING) / self.id.hex
        self._writer = vault.Writer(self._path, self._key, self.id)
        self._digest, self.size, self.digest = hashlib.sha256(), 0, b""
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
        return vault.Reader(self._path, self._key, self.id)

    def keep(self, acts: list[str]) -> StoredFile:
        """Move it to its place and name it by a row, in the transaction of the caller.

        `acts`: what it may do when it is opened.
        """
        target = path_of(self.id)
        folder(target.parent.name)
        self._path.rename(target)
        self._path = target
        for place in (target.parent, Path(settings.FILES_ROOT)):
            _to_disk(place)
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

    def _is_named(self) -> bool:
        if self._path.parent.name == INCOMING:
            return False
        try:
            return StoredFile.objects.filter(pk=self.id).exists()
        except DatabaseError:
            return True  # nobody knows; the sweep will


def opened(row: StoredFile) -> vault.Reader:
    """The text of a kept file. Raises `OSError` where it is gone, `Unreadable` where altered."""
    return vault.Reader(path_of(row.pk), base64.b64decode(row.data_key), row.pk)


def discard(names: Iterable[uuid.UUID], root: Path | None = None) -> None:
    """Take files away whose rows are gone."""
    for name in names:
        path_of(name, root).unlink(missing_ok=True)


def orphans() -> Iterator[Path]:
    """Files old enough to have their row, that have none."""
    before = time.time() - ORPHANED
    for place in folder().iterdir():
        old = [p for p in place.iterdir() if p.stat().st_mtime < before] if place.is_dir() else []
        names = {path.name: path for path in old if place.name != INCOMING}
        known = {
            pk.hex
            for pk in StoredFile.objects.filter(pk__in=_ids(names)).values_list("pk", flat=True)
        }
        yield from (path for path in old if path.name not in known)


def _ids(names: Any) -> list[uuid.UUID]:
    return [uuid.UUID(hex=name) for name in names if len(name) == 32 and name.isalnum()]


def _to_disk(place: Path) -> None:
    """The name itself must survive a crash."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
