"""Files to be taken away or in: encrypted, each under a key of its own, kept for a day.

What a killed worker leaves is named by no row: noise without its key, which the nightly sweep of
files takes away.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from casework.files.received import INCOMING, folder
from core.files import vault
from core.files.bucket_files import Away
from core.files.store import store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exchange.exports.models import Export
    from exchange.workbooks.models import WorkbookImport

FOLDER = "exports"


class FileWriter:
    """A file that is being written: bytes in, encrypted bytes on the disk, then in its place."""

    def __init__(self) -> None:
        self.name, self._key = uuid.uuid4(), vault.new_key()
        self._draft = folder(INCOMING) / self.name.hex
        self._writer = vault.Writer(self._draft, self._key, self.name)
        self._digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        self._writer.write(data)

    def finish(self) -> None:
        self._writer.finish()
        store().keep(self._draft, name_of(self.name))

    @property
    def key(self) -> str:
        return base64.b64encode(self._key).decode()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def abandon(self) -> None:
        self._writer.abandon()
        self._draft.unlink(missing_ok=True)
        destroy(self.name)


@contextmanager
def writing() -> Iterator[FileWriter]:
    """A file of which nothing is left if anything goes wrong within the block."""
    kept = FileWriter()
    try:
        yield kept
        kept.finish()
    except BaseException:
        kept.abandon()
        raise


def name_of(name: uuid.UUID) -> str:
    return f"{FOLDER}/{name.hex}"


def path_of(name: uuid.UUID) -> Path:
    """Where it lies in the folder of this machine."""
    return folder(FOLDER) / name.hex


def opened(row: Export | WorkbookImport) -> vault.Reader:
    """Raises `OSError` where it is gone, `Unreadable` where it was altered."""
    name: Any = row.file  # there is one: the row says so
    key = base64.b64decode(str(row.data_key))
    return vault.Reader(store().open(name_of(name)), key, name)


def destroy(name: uuid.UUID, root: Path | None = None) -> None:
    """Take it away; without its row it is noise, and a bucket that is away is swept later.
    `root`: in another folder, as one that is restored."""
    with suppress(Away):
        store(root).take_away(name_of(name))
