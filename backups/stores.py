"""Where backups are kept: a folder, or a bucket that speaks S3.

A backup is there under its name when all of it is, and not before. In a bucket it is locked for
some days (`BACKUP_LOCK_DAYS`): until then nobody deletes or replaces it, nor whoever holds the keys
of this server. The bucket must have been made with object lock.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from django.conf import settings
from django.utils import timezone

from backups.faults import Fault, in_words
from core.files import buckets

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = re.compile(r"^casework-(\d{4}-\d\d-\d\dT\d{6})Z\.tar\.age$")
UNFINISHED = ".unfinished"
LONGEST = 24 * 60 * 60  # seconds: what is unfinished for longer was given up
COPY = 1 << 20


def name_at(moment: datetime) -> str:
    return f"casework-{moment.astimezone(UTC):%Y-%m-%dT%H%M%S}Z.tar.age"


def moment_of(name: str) -> datetime | None:
    """When it was begun; nothing for what is no backup."""
    match = NAMED.match(name)
    return datetime.strptime(match[1], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC) if match else None


@dataclass(frozen=True)
class StoredBackup:
    """A backup that is there."""

    name: str
    made_at: datetime
    size: int


class Store(Protocol):
    def put(self, name: str, content: BinaryIO) -> int:
        """Keep all of it under this name, or nothing. How many bytes it is."""

    def kept(self) -> list[StoredBackup]:
        """What is there, the oldest first."""

    def open(self, name: str) -> Any:
        """For reading, within a `with`."""

    def take_away(self, name: str) -> bool:
        """Whether it is gone: what is locked stays."""


def store(place: str | None = None) -> Store:
    """The one that is set, or the one at this place."""
    place = place or settings.BACKUP_TO
    if not place:
        raise Fault("BACKUP_TO says no place: name a folder, or a bucket as s3://name/folder.")
    if place.startswith(buckets.SCHEME):
        return Bucket(place)
    return Folder(Path(place).absolute())


@dataclass
class Folder:
    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def put(self, name: str, content: BinaryIO) -> int:
        with in_words(f"The backup cannot be written to {self.path}"):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._clear()
            draft = self.path / (name + UNFINISHED)
            try:
                with os.fdopen(
                    os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as f:
                    shutil.copyfileobj(content, f, COPY)
                    f.flush()
                    os.fsync(f.fileno())
                    size = f.tell()
                os.link(draft, self.path / name)  # it replaces nothing
            finally:
                draft.unlink(missing_ok=True)
            self._to_disk()
        return size

    def kept(self) -> list[StoredBackup]:
        if not self.path.is_dir():
            return []
        backups = [
            StoredBackup(path.name, made_at, path.stat().st_size)
            for path in self.path.iterdir()
            if (made_at := moment_of(path.name))
        ]
        return sorted(backups, key=lambda backup: backup.made_at)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        with in_words(f"{name} cannot be read"), (self.path / name).open("rb") as file:
            yield file

    def take_away(self, name: str) -> bool:
        with in_words(f"{name} cannot be taken away"):
            (self.path / name).unlink(missing_ok=True)
        return True

    def _clear(self) -> None:
        """What a backup that was killed left."""
        for draft in self.path.glob(f"casework-*{UNFINISHED}"):
            if draft.stat().st_mtime < time.time() - LONGEST:
                draft.unlink(missing_ok=True)

    def _to_disk(self) -> None:
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Bucket:
    """One that locks what it keeps (`core/files/buckets.py` says how it is reached)."""

    def __init__(self, place: str) -> None:
        self.name, self.folder = buckets.split(place)
        self._place = place

    def __str__(self) -> str:
        return self._place

    @cached_property
    def _client(self) -> Any:
        return buckets.client()

    def _key(self, name: str) -> str:
        return self.folder + name

    @contextmanager
    def _said(self, doing: str) -> Iterator[None]:
        from boto3.exceptions import S3UploadFailedError  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        try:
            yield
        except ClientError as error:
            raise Fault(f"{doing}: the bucket says {error.response['Error']['Code']}.") from error
        except S3UploadFailedError as error:
            code = re.search(r"error occurred \((\w+)\)", str(error))
            raise Fault(f"{doing}: the bucket says {code[1] if code else 'no'}.") from error
        except BotoCoreError as error:
            raise Fault(f"{doing}: {type(error).__name__}.") from error

    def put(self, name: str, content: BinaryIO) -> int:
        """Part by part; a part that fails takes the others away."""
        from boto3.s3.transfer import TransferConfig  # noqa: PLC0415

        until = timezone.now() + timedelta(days=settings.BACKUP_LOCK_DAYS)
        lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}
        lock = lock if settings.BACKUP_LOCK_DAYS else {}
        options = {"ChecksumAlgorithm": "SHA256"} | lock
        few = TransferConfig(multipart_chunksize=16 << 20, max_concurrency=2, use_threads=True)
        with self._said(f"The backup cannot be written to {self}"):
            if lock:
                self._refuse_unlocked()
            self._clear()
            there = {"Bucket": self.name, "Key": self._key(name)}
            self._client.upload_fileobj(content, *there.values(), ExtraArgs=options, Config=few)
            head = self._client.head_object(**there)
            if lock and "ObjectLockMode" not in head:  # some servers forget it of several parts
                kept = {"Mode": "COMPLIANCE", "RetainUntilDate": until}
                self._client.put_object_retention(**there, Retention=kept)
        return int(head["ContentLength"])

    def _refuse_unlocked(self) -> None:
        """Before anything is written."""
        if buckets.lock(self._client, self.name) is None:
            raise Fault(
                f"{self} does not lock what it keeps. Make the bucket with object lock, or set"
                " BACKUP_LOCK_DAYS to 0."
            )

    def kept(self) -> list[StoredBackup]:
        with self._said(f"{self} cannot be listed"):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=self._key("casework-")
            )
            there = [entry for page in pages for entry in page.get("Contents", ())]
        backups = [
            StoredBackup(name, made_at, entry["Size"])
            for entry in there
            if (made_at := moment_of(name := entry["Key"].rpartition("/")[2]))
        ]
        return sorted(backups, key=lambda backup: backup.made_at)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        with self._said(f"{name} cannot be read"):
            body = self._client.get_object(Bucket=self.name, Key=self._key(name))["Body"]
            with body:
                yield body

    def take_away(self, name: str) -> bool:
        """Each version of it: deleting a name alone only hides what lies under it."""
        from botocore.exceptions import ClientError  # noqa: PLC0415

        with self._said(f"{name} cannot be taken away"):
            versions = self._client.list_object_versions(Bucket=self.name, Prefix=self._key(name))
            try:
                for version in [*versions.get("Versions", ()), *versions.get("DeleteMarkers", ())]:
                    self._client.delete_object(
                        Bucket=self.name, Key=version["Key"], VersionId=version["VersionId"]
                    )
            except ClientError as error:
                if error.response["Error"]["Code"] == "AccessDenied":
                    return False
                raise
        return True

    def _clear(self) -> None:
        """Parts that a backup left which was killed: they cost, and are nothing."""
        uploads = self._client.list_multipart_uploads(
            Bucket=self.name, Prefix=self._key("casework-")
        )
        before = timezone.now() - timedelta(seconds=LONGEST)
        for upload in uploads.get("Uploads", ()):
            if upload["Initiated"] < before:
                with suppress(Exception):  # another may do so at the same time
                    self._client.abort_multipart_upload(
                        Bucket=self.name, Key=upload["Key"], UploadId=upload["UploadId"]
                    )
