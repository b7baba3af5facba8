"""Reads a backup to its end before anything is written: that it is one, that it is whole, that this
version knows it, and that the keys given open what lies encrypted in it."""

from __future__ import annotations

import base64
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from backups import archive, sealing
from backups.faults import Fault
from core import health, installation
from core.keys import crypto

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

FORMAT = 1
MOST = 64 << 20  # bytes of a member that is read as one
NEWER = "This backup was made by Casework {version}, which is newer than this one. Install that."
OTHER_KEYS = (
    "FIELD_KEYS do not open this backup: names in it would be lost. It was written with {theirs};"
    " given are {ours}. Give the keys of then (docs/how-to/back-up-and-restore.md). Nothing was"
    " written, and no new keys were made."
)


@dataclass(frozen=True)
class Backup:
    """One that was read to its end."""

    name: str
    about: dict[str, Any]
    manifest: dict[str, Any]

    @property
    def migrations(self) -> set[tuple[str, str]]:
        return {tuple(name.split(".", 1)) for name in self.about["migrations"]}

    @property
    def pg_dump(self) -> int:
        """The version of the program that wrote the dump: that of the server, or a newer one."""
        return int(self.about.get("pg_dump", self.about["postgresql"]))


@dataclass(frozen=True)
class Source:
    """Where a backup lies, and what opens it; it is read twice."""

    name: str
    open: Any  # without arguments: for reading, within a `with`
    by: list[Any]

    @contextmanager
    def members(self) -> Iterator[Iterator[tuple[str, int, BinaryIO]]]:
        """Closed at the end of the block: what decrypts it waits for whoever reads."""
        opened: AbstractContextManager[BinaryIO] = self.open()
        with opened as file, sealing.opened(file, self.by) as text:
            yield archive.members(text)


def read(source: Source, keys: str) -> Backup:
    """Raises `Fault` in one line if it must not, or cannot, be restored here."""
    about = manifest = None
    last = ""
    with source.members() as members:
        for name, size, content in members:
            if about is None:
                about = _about(name, _small(size, content))
                _refuse_unknown(about)
                _refuse_keys(about, keys)
            elif name == archive.MANIFEST:
                manifest = json.loads(_small(size, content))
            else:
                while content.read(archive.PART):
                    pass
            last = name
    if about is None:
        raise Fault(archive.FOREIGN)
    if manifest is None or last != archive.MANIFEST:
        raise Fault(sealing.BROKEN)
    return Backup(source.name, about, manifest)


def server_version(source: Source) -> int:
    """Of which PostgreSQL it was made; reads its head alone."""
    with source.members() as members:
        for name, size, content in members:
            return int(_about(name, _small(size, content))["postgresql"])
    raise Fault(archive.FOREIGN)


def _small(size: int, content: BinaryIO) -> bytes:
    if size > MOST:
        raise Fault(archive.FOREIGN)
    return content.read()


def _about(name: str, text: bytes) -> dict[str, Any]:
    try:
        about = json.loads(text) if name == archive.ABOUT else None
    except ValueError:
        about = None
    if not isinstance(about, dict) or "format" not in about:
        raise Fault(archive.FOREIGN)
    return about


def _refuse_unknown(about: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in health.migrations()}
    newer = about["format"] > FORMAT or about["oldest_code"] > installation.SCHEMA
    if newer or not set(about["migrations"]) <= known:
        raise Fault(NEWER.format(version=about["casework"]))


def _refuse_keys(about: dict[str, Any], keys: str) -> None:
    ours = {str(number): fingerprint for number, fingerprint in crypto.fingerprints(keys).items()}
    theirs = about["keys"]
    if about["sealed"]:
        fits = crypto.opens(base64.b64decode(about["sealed"]), installation.PLACE, keys)
    else:
        fits = theirs.items() <= ours.items()
    if not fits:
        raise Fault(OTHER_KEYS.format(theirs=_named(theirs), ours=_named(ours)))


def _named(keys: dict[str, str]) -> str:
    return ", ".join(
        f"key {number} ({fingerprint})" for number, fingerprint in sorted(keys.items())
    )
