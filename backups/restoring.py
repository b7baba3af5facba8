"""Puts a backup into an empty place: all of it, or nothing.

It goes into a database beside the one that is wanted. Only when that was compared with what the
backup says, its samples open and it is brought up to date does it take the name. Whatever happens
before, the place is as empty as it was, and the restore can begin again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from psycopg2 import sql

from backups import after_restore, archive, likeness, making, opening, programs, reading
from backups.faults import Fault, in_words
from core.database import roles
from core.files.store import Disk, digest
from core.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from backups.reading import Backup, Source

DRAFT = "_restoring"
MARK = ".restoring"
FILE = re.compile(r"^files/[0-9a-f]{2}/[0-9a-f]{32}$")
RESTORING = "pg_restore did not finish, and nothing was restored"
RESTORE = ["--exit-on-error", "--single-transaction", "--no-password"]
NOT_EMPTY = "The database {name} is not empty ({tables} tables). Nothing was changed: {hint}"
HINT = "restore into another name (--database), or drop it first if nobody needs it."
OLDER_SERVER = (
    "This backup was made of PostgreSQL {made_of}, and the server is PostgreSQL {server}. Nothing"
    " was changed: restore it into a server of {made_of} or newer."
)
FILES_THERE = "{root} is not empty. Nothing was changed: name an empty folder (CASEWORK_FILES)."
TABLES = """
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm')
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                      and d.objid = c.oid and d.deptype = 'e')
"""


@dataclass(frozen=True)
class Target:
    """Where it goes: a server, as its superuser and as the owner of the tables; and a folder."""

    server: str
    owner: str
    name: str
    files: Path
    keys: str
    passwords: Mapping[str, str] = field(default_factory=dict)

    @property
    def draft(self) -> str:
        return self.name + DRAFT


@dataclass
class Restored:
    """What became of it."""

    backup: Backup
    seconds: float = 0
    differences: list[str] = field(default_factory=list)


class Differs(Fault):
    """It was restored, and is not what was backed up; so it was taken away again."""

    def __init__(self, restored: Restored) -> None:
        super().__init__(
            f"What was restored is not what was backed up ({len(restored.differences)}"
            " differences), and was taken away again."
        )
        self.restored = restored


def restore(source: Source, target: Target, *, despite: bool = False) -> Restored:
    """`despite`: keep it although it differs from what was backed up."""
    began = time.monotonic()
    with in_words("The restore did not finish, and nothing was restored"):
        _refuse_full(target)
        done = Restored(reading.read(source, target.keys))
        program = _pg_restore(done.backup, target)
        with _all_or_nothing(target):
            _fill(source, program, target)
            done.differences = _compared(done.backup, target)
            if done.differences and not despite:
                raise Differs(done)
            _bring_up_to_date(target)
            with _cursor(target.server, target.draft) as cursor:
                done.differences += after_restore.run(cursor, target.files)
            if done.differences and not despite:
                raise Differs(done)
            _take_the_name(target)
    done.seconds = time.monotonic() - began
    return done


def at(url: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return url.replace(f"{parts.netloc}{parts.path}", f"{parts.netloc}/{name}", 1)


@contextmanager
def _cursor(url: str, name: str = "") -> Iterator[Any]:
    try:
        connection = psycopg2.connect(at(url, name) if name else url, connect_timeout=20)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Fault(f"The database server does not answer ({reason}).") from None
    with closing(connection):
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        except psycopg2.Error as error:
            reason = (error.diag.message_primary or type(error).__name__).rstrip(".")
            raise Fault(f"The database server refused: {reason}.") from None


def _refuse_full(target: Target) -> None:
    """Before the backup is even read."""
    with _cursor(target.server) as cursor:
        cursor.execute("select current_setting('is_superuser')")
        if cursor.fetchone() != ("on",):
            raise Fault("DATABASE_ADMIN_URL is not a superuser of the database server.")
        there = _is_there(cursor, target.name)
    if there:
        with _cursor(target.server, target.name) as cursor:
            cursor.execute(TABLES)
            (tables,) = cursor.fetchone()
        if tables:
            raise Fault(NOT_EMPTY.format(name=target.name, tables=tables, hint=HINT))
    full = target.files.is_dir() and any(target.files.iterdir())
    if full and not (target.files / MARK).exists():
        raise Fault(FILES_THERE.format(root=target.files))


def _is_there(cursor: Any, name: str) -> bool:
    cursor.execute("select from pg_database where datname = %s", [name])
    return bool(cursor.rowcount)


@contextmanager
def _all_or_nothing(target: Target) -> Iterator[None]:
    """Takes away what a restore left that was killed, and what this one leaves if it fails."""
    _clear(target)
    try:
        target.files.mkdir(mode=0o700, parents=True, exist_ok=True)
        (target.files / MARK).touch(mode=0o600)
        with _cursor(target.server) as cursor:
            roles.provision_roles(
                cursor.connection,
                target.draft,
                target.passwords,
                may_create_databases=not settings.PRODUCTION,
            )
        yield
        (target.files / MARK).unlink()
    except BaseException:
        _clear(target)
        raise


def _clear(target: Target) -> None:
    with _cursor(target.server) as cursor:
        _drop(cursor, target.draft)
    if (target.files / MARK).exists():
        for path in target.files.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != MARK:
                path.unlink()
        (target.files / MARK).unlink()


def _drop(cursor: Any, name: str) -> None:
    ours = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
    cursor.execute(f"{ours} and backend_type = 'client backend'", [name])
    cursor.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def _pg_restore(backup: Backup, target: Target) -> Path:
    """One that reads the dump, and asks the server for nothing it does not have."""
    with _cursor(target.server) as cursor:
        server = cursor.connection.server_version // 10_000
    made_of = backup.about["postgresql"]
    if server < made_of:
        raise Fault(OLDER_SERVER.format(made_of=made_of, server=server))
    return programs.program("pg_restore", max(server, backup.pg_dump))


def _fill(source: Source, program: Path, target: Target) -> None:
    """The database by pg_restore, in one transaction; the files, each under its name."""
    command = [program, *RESTORE, f"--dbname={target.draft}"]
    url = at(target.server, target.draft)
    rest = None
    with source.members() as members:
        with programs.running(command, url, RESTORING, stdin=subprocess.PIPE) as process:
            for name, size, content in members:
                if name.startswith(archive.DATABASE):
                    shutil.copyfileobj(content, cast("BinaryIO", process.stdin), archive.PART)
                elif name.startswith(archive.FILES):
                    rest = (name, size, content)
                    break
        if rest:
            _file(target.files, *rest)
        for name, size, content in members:
            if name.startswith(archive.FILES):
                _file(target.files, name, size, content)


def _file(root: Path, name: str, size: int, content: BinaryIO) -> None:
    if not FILE.match(name):
        raise Fault(archive.FOREIGN)
    path = root / name.removeprefix(archive.FILES)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file, archive.PART)
        file.flush()
        os.fsync(file.fileno())
        if file.tell() != size:
            raise Fault(archive.FOREIGN)


def _compared(backup: Backup, target: Target) -> list[str]:
    """What differs from the manifest, and what does not open."""
    with _cursor(target.server, target.draft) as cursor:
        likeness.pin(cursor)
        differences = likeness.differences(
            backup.manifest["database"], likeness.of_database(cursor)
        )
        differences += opening.values(cursor, target.keys)
        differences += opening.files(cursor, target.keys, target.files)
        cursor.connection.autocommit = False
        gone = sum(1 for _name in making.without_file(cursor, Disk(target.files)))
    if gone:
        differences.append(f"received files: {gone} that the database names are missing")
    if str(_sum(target.files)) != backup.manifest["files"]:
        differences.append("received files: not those that were backed up")
    return differences


def _sum(root: Path) -> making.Sum:
    total, files = making.Sum(), Disk(root)
    for file in making.received(files):
        total.add(file.name, file.size, digest(files.open(file.name)))
    return total


def _bring_up_to_date(target: Target) -> None:
    """Migrations, the walls, what SECRET_KEY vouches for: what `migrate` does, as the owner."""
    owner = at(target.owner, target.draft)
    env = os.environ | {
        "CASEWORK_AS_OWNER": "1",
        "DATABASE_URL": owner,
        "DATABASE_OWNER_URL": owner,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise Fault(f"`migrate` did not finish on what was restored: {lines[-1]}")


def _take_the_name(target: Target) -> None:
    """The empty database goes; this one has its name from now on."""
    with _cursor(target.server) as cursor:
        names = [sql.Identifier(name) for name in (target.name, target.draft, target.name)]
        cursor.execute(sql.SQL("drop database if exists {}").format(names[0]))
        cursor.execute(sql.SQL("alter database {} rename to {}").format(*names[1:]))
