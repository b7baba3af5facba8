"""Where encrypted files are kept for good: a folder of this machine, or a bucket that speaks S3.

A file is written in the folder of this machine and brought to its place when all of it is there.
Where `FILES_STORE` names a bucket, its place is there; what the folder still holds is read from the
folder until `manage.py move_files` has moved it, so files are moved while people work. A bucket
learns a random name and a length: the key of each file lies encrypted in its row.
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from core.files import buckets
from core.files.bucket_files import client_config, reached, streamed, transfer_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from storages.backends.s3 import S3Storage

# What the account may not take away: locked for some days, or not its own.
KEPT_BACK = {"AccessDenied"}
# Lines of the ledger of erasures (`retention/ledger.py`), as long as the bucket.
LEDGER = "erasures"
NO_VERSIONS = {"NotImplemented", "MethodNotAllowed"}


@dataclass(frozen=True)
class Lying:
    """A file that is there."""

    name: str  # its folder and its own name: "3f/3f…"
    at: float  # when it came, in seconds since 1970
    size: int


class Store(Protocol):
    """Names are a folder and a random name; the bytes are encrypted before they come here."""

    def keep(self, draft: Path, name: str) -> None:
        """Bring a file of this machine to its place. Raises `OSError`; then nothing is there."""

    def open(self, name: str) -> BufferedReader:
        """For reading. Raises `FileNotFoundError`, and other `OSError` where nobody knows."""

    def take_away(self, name: str) -> bool:
        """Whether it is gone: what a bucket locks stays until its time."""

    def lying(self, folder: str = "") -> Iterator[Lying]:
        """What is there, or there in this folder; folder by folder."""


def store(root: Path | None = None) -> Store:
    """The one that is set. `root`: another folder, as one that is restored."""
    if root is None and settings.FILES_STORE:
        return Bucket(settings.FILES_STORE, Disk(Path(settings.FILES_ROOT)))
    return Disk(Path(root or settings.FILES_ROOT))


@dataclass(frozen=True)
class Disk:
    root: Path

    def keep(self, draft: Path, name: str) -> None:
        target = self.root / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.rename(target)
        for place in (target.parent, self.root):
            _to_disk(place)

    def open(self, name: str) -> BufferedReader:
        return (self.root / name).open("rb")

    def take_away(self, name: str) -> bool:
        (self.root / name).unlink(missing_ok=True)
        return True

    def lying(self, folder: str = "") -> Iterator[Lying]:
        places = [self.root / folder] if folder else sorted(self.root.glob("*"))
        for place in places:
            for path in sorted(place.iterdir()) if place.is_dir() else ():
                try:
                    stat = path.stat()
                except FileNotFoundError:
                    continue  # taken away, or moved, since
                yield Lying(f"{place.name}/{path.name}", stat.st_mtime, stat.st_size)


@dataclass(frozen=True)
class Bucket:
    """`before`: the folder of this machine, with what was not moved yet."""

    place: str
    before: Disk

    def keep(self, draft: Path, name: str) -> None:
        self.send(draft, name)
        draft.unlink()

    def send(self, draft: Path, name: str) -> None:
        """Part by part; a part that fails takes the others away."""
        with draft.open("rb") as file, reached(name):
            self._storage.save(name, file)

    def open(self, name: str) -> BufferedReader:
        try:
            return self.before.open(name)
        except FileNotFoundError:
            return self.open_there(name)

    def open_there(self, name: str) -> BufferedReader:
        """What lies in the bucket itself."""
        return streamed(self._object(name), name)

    def take_away(self, name: str) -> bool:
        """Each version of it: to delete a name alone only hides what lies under it."""
        self.before.take_away(name)
        from botocore.exceptions import ClientError  # noqa: PLC0415 - few processes need it

        there = self._object(name)
        with reached(name):
            versions = self._bucket.object_versions.filter(Prefix=there.key)
            try:
                versions.delete()
                left = list(versions.limit(1))
            except ClientError as error:
                if error.response["Error"]["Code"] in NO_VERSIONS:
                    there.delete()
                    return True
                if error.response["Error"]["Code"] in KEPT_BACK:
                    return False
                raise
        return not left

    def lying(self, folder: str = "") -> Iterator[Lying]:
        here = {file.name: file for file in self.before.lying(folder)}
        there = (file for file in self._lying(folder) if file.name not in here)
        return chain(here.values(), there)

    def _lying(self, folder: str) -> Iterator[Lying]:
        above = buckets.split(self.place)[1]
        prefix = above + (f"{folder}/" if folder else "")
        with reached():
            for file in self._bucket.objects.filter(Prefix=prefix):
                yield Lying(file.key.removeprefix(above), file.last_modified.timestamp(), file.size)

    def is_open_to_all(self, name: str) -> bool:
        """Whether somebody without an account is given it."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        mine = self._object(name)
        theirs = self._storage.unsigned_connection.Object(mine.bucket_name, mine.key)
        try:
            theirs.load()
        except (BotoCoreError, ClientError):
            return False
        return True

    def locks(self) -> bool:
        """Whether what it keeps can be locked against deletion."""
        with reached():
            return buckets.lock(self._bucket.meta.client, self._bucket.name) is not None

    @property
    def _bucket(self) -> Any:
        """By the connection of this thread."""
        return self._storage.connection.Bucket(self._storage.bucket_name)

    @property
    def _storage(self) -> S3Storage:
        account = (settings.FILES_KEY_ID, settings.FILES_KEY)
        return _storage(self.place, settings.FILES_ENDPOINT, settings.FILES_REGION, account)

    def _object(self, name: str) -> Any:
        return self._bucket.Object(buckets.split(self.place)[1] + name)


@lru_cache(maxsize=4)
def _storage(place: str, endpoint: str, region: str, account: tuple[str, str]) -> S3Storage:
    """With a connection for each thread; its account's keys are ours, or those boto3 finds."""
    from storages.backends.s3 import S3Storage  # noqa: PLC0415 - half a second

    bucket, folder = buckets.split(place)
    return S3Storage(
        bucket_name=bucket,
        location=folder,
        endpoint_url=endpoint or None,
        region_name=region or None,
        access_key=account[0] or None,
        secret_key=account[1] or None,
        default_acl=None,
        object_parameters={"ChecksumAlgorithm": "SHA256"},
        transfer_config=transfer_config(),
        client_config=client_config(),
    )


def digest(file: BufferedReader) -> bytes:
    """Of all of it."""
    with file:
        return hashlib.file_digest(file, "sha256").digest()


def move(name: str, there: Bucket) -> bool:
    """Bring a file of the folder into the bucket; only when it was read back and is the same does
    the one in the folder go. False: somebody erased it meanwhile. Raises `OSError`."""
    path = there.before.root / name
    try:
        wanted = digest(path.open("rb"))
        if not _is_there(there, name, wanted):
            there.send(path, name)
            if not _is_there(there, name, wanted):
                raise OSError(errno.EIO, "What came back from the bucket is something else", name)
    except FileNotFoundError:
        if path.exists():
            raise
    if not path.exists():  # whoever erases takes the folder's first, so the bucket's may be new
        there.take_away(name)
        return False
    path.unlink()
    return True


def _is_there(there: Bucket, name: str, wanted: bytes) -> bool:
    try:
        return digest(there.open_there(name)) == wanted
    except FileNotFoundError:
        return False


def _to_disk(place: Path) -> None:
    """The name itself must survive a crash."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
