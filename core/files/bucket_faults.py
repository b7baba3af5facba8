"""Whether the bucket of received files is as it must be: tried with a file of a few bytes."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from core.files import buckets
from core.files.bucket_files import Away
from core.files.store import Bucket, Disk, digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIAL, TEXT = "trial", b"tried by preflight"


def store_faults() -> Iterator[str]:
    """Nothing where no bucket is set. In one that locks, the trial stays until the sweep may."""
    place = settings.FILES_STORE
    if not place:
        return
    if not (place.startswith(buckets.SCHEME) and buckets.split(place)[0]):
        yield "FILES_STORE is no bucket: name one as s3://bucket/folder."
    elif bool(settings.FILES_KEY_ID) != bool(settings.FILES_KEY):
        yield "FILES_ACCESS_KEY_ID and FILES_SECRET_ACCESS_KEY: one of the two is missing."
    elif place.rstrip("/") == settings.BACKUP_TO.rstrip("/"):
        yield "FILES_STORE is where backups go: name another bucket."
    else:
        try:
            yield from _tried(Bucket(place, Disk(Path(settings.FILES_ROOT))))
        except Away as away:
            yield f"FILES_STORE: nothing can be kept there ({away.reason})."


def _tried(there: Bucket) -> Iterator[str]:
    name = f"{TRIAL}/{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / TRIAL
        draft.write_bytes(TEXT)
        wanted = digest(draft.open("rb"))
        there.keep(draft, name)
    try:
        if digest(there.open_there(name)) != wanted:
            yield "FILES_STORE: what comes back is not what was sent."
        if there.is_open_to_all(name):
            yield "FILES_STORE: the bucket gives its files to everybody. Close it."
    finally:
        gone = there.take_away(name)
    if not (gone or there.locks()):
        yield (
            "FILES_STORE: this account may not delete there, so what is erased would stay. Allow"
            " s3:DeleteObject, s3:DeleteObjectVersion and s3:ListBucketVersions."
        )
