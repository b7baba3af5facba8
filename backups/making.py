"""Makes a backup: the database, its roles and the received files, in one encrypted file.

Everything flows: PostgreSQL's dump, the files, the encryption, the place where it is kept. In clear
it lies nowhere but in the buffers between. The digests of the manifest are taken of the same
snapshot as the dump, so they must be those of what is restored.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import time
import tomllib
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import psycopg2
from django.utils import timezone

from backups import archive, likeness, programs, sealing
from backups.faults import Fault, in_words
from backups.stores import name_at
from core import installation
from core.keys import crypto
from core.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from backups.stores import Store
    from core.files.store import Lying
    from core.files.store import Store as FileStore

FORMAT = 1
DUMPING = "pg_dump did not finish, and nothing was kept"
DUMP = ["--format=custom", "--compress=3", "--no-password", "--lock-wait-timeout=60s"]
IN_PLACE = re.compile(r"^([0-9a-f]{2})/\1[0-9a-f]{30}$")


@dataclass
class Sum:
    """Of received files: how many, how long, and a digest that does not depend on their order."""

    count: int = 0
    size: int = 0
    digest: int = 0

    def add(self, name: str, size: int, content: bytes) -> None:
        each = hashlib.sha256(f"{name}:{size}:".encode() + content).digest()
        self.count, self.size = self.count + 1, self.size + size
        self.digest = (self.digest + int.from_bytes(each)) % 2**256

    def __str__(self) -> str:
        return f"{self.count}:{self.size}:{self.digest:064x}"


@dataclass
class Making:
    """One backup under way, and what is known of it when it is done."""

    url: str
    keys: str
    lying: FileStore
    to: list[Any]
    made_at: datetime = field(default_factory=timezone.now)
    files: Sum = field(default_factory=Sum)
    without_file: int = 0
    manifest: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0
    size: int = 0

    @property
    def name(self) -> str:
        return name_at(self.made_at)

    def parts(self) -> Iterator[bytes]:
        """The archive, from its first byte to its last."""
        with _connected(self.url) as cursor:
            cursor.execute("select pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            self.about = self._about(cursor)
            yield from archive.member(archive.ABOUT, _json(self.about))
            yield from archive.member(archive.ROLES, self._roles())
            sequences = likeness.sequences(cursor)  # before the dump: it may only be ahead
            yield from self._dump(snapshot)
            yield from self._files()
            database = likeness.rules(cursor) | {
                "table": likeness.tables(cursor),
                "sequence": sequences,
            }
            self.without_file = self._without_file(cursor)
            self.manifest = {"database": database, "files": str(self.files)}
            yield from archive.member(archive.MANIFEST, _json(self.manifest))
        yield archive.END

    def _about(self, cursor: Any) -> dict[str, Any]:
        cursor.execute("select app || '.' || name from django_migrations order by 1")
        migrations = [name for (name,) in cursor.fetchall()]
        cursor.execute("select oldest_code, sealed from core_installation")
        oldest_code, sealed = cursor.fetchone() or (installation.SCHEMA, None)
        server = cursor.connection.server_version // 10_000
        return {
            "casework": version(),
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "oldest_code": oldest_code,
            "migrations": migrations,
            "postgresql": server,
            "pg_dump": programs.major(programs.program("pg_dump", server)),
            "keys": {
                str(number): fingerprint
                for number, fingerprint in crypto.fingerprints(self.keys).items()
            },
            "sealed": base64.b64encode(bytes(sealed)).decode() if sealed else None,
        }

    def _roles(self) -> bytes:
        dump = [programs.program("pg_dumpall", self.about["postgresql"]), "--roles-only"]
        dump += ["--no-role-passwords", "--no-password"]
        with programs.running(dump, self.url, DUMPING) as process:
            return cast("BinaryIO", process.stdout).read()

    def _dump(self, snapshot: str) -> Iterator[bytes]:
        dump = [programs.program("pg_dump", self.about["postgresql"]), *DUMP]
        with programs.running([*dump, f"--snapshot={snapshot}"], self.url, DUMPING) as process:
            yield from archive.cut(archive.DATABASE, cast("BinaryIO", process.stdout))

    def _files(self) -> Iterator[bytes]:
        for entry in received(self.lying):
            try:
                file = self.lying.open(entry.name)
            except FileNotFoundError:
                continue  # taken away since: its row is asked below
            with file:
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                digest = hashlib.sha256()
                noting = cast("BinaryIO", _Noting(file, digest))
                yield from archive.of_file(archive.FILES + entry.name, size, noting)
                self.files.add(entry.name, size, digest.digest())

    def _without_file(self, cursor: Any) -> int:
        return sum(1 for _name in without_file(cursor, self.lying))


class _Noting:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO, digest: Any) -> None:
        self._file, self._digest = file, digest

    def read(self, size: int) -> bytes:
        part = self._file.read(size)
        self._digest.update(part)
        return part


@cache
def version() -> str:
    """Of this Casework."""
    number: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return number


def make(making: Making, store: Store) -> Making:
    """All of it is kept, or nothing."""
    began = time.monotonic()
    with in_words("The backup was not made"), sealing.sealed(making.parts(), making.to) as content:
        making.size = store.put(making.name, content)
    making.seconds = time.monotonic() - began
    return making


def received(files: FileStore) -> Iterator[Lying]:
    """Files that have their place; not what is just arriving."""
    return (file for file in files.lying() if IN_PLACE.match(file.name))


def without_file(cursor: Any, files: FileStore) -> Iterator[str]:
    """Rows of which the file is not there, by the name it had; one folder is known at a time."""
    place, there = "", set[str]()
    with cursor.connection.cursor("stored") as rows:
        rows.itersize = 5000
        rows.execute("select replace(id::text, '-', '') from casework_storedfile order by id")
        for (name,) in rows:
            if name[:2] != place:
                place = name[:2]
                there = {file.name for file in files.lying(place)}
            if f"{place}/{name}" not in there:
                yield name


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    """A cursor that sees everything as it is at one moment. Raises `Fault` where it may not."""
    try:
        connection = psycopg2.connect(url, connect_timeout=20)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Fault(f"The database does not answer as BACKUP_DATABASE_URL ({reason}).") from None
    with closing(connection):
        try:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            with connection.cursor() as cursor:
                likeness.pin(cursor)
                cursor.execute("select rolbypassrls from pg_roles where rolname = current_user")
                if cursor.fetchone() != (True,):
                    raise Fault(
                        "BACKUP_DATABASE_URL is not the role casework_backup: any other sees only"
                        " a part of the rows."
                    )
                yield cursor
        except psycopg2.Error as error:
            reason = (error.diag.message_primary or type(error).__name__).rstrip(".")
            raise Fault(f"The database broke off ({reason}), and nothing was kept.") from None


def _json(what: Any) -> bytes:
    return json.dumps(what, indent=1, sort_keys=True).encode()
