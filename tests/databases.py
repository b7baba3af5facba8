"""Databases of the tests: migrated once, then copied for each process that wants one.

So is the small demonstration: loaded once, then copied with its files.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg2

from core.local import database_urls
from core.local.paths import ROOT, var_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

PREFIX = "casework_template_"
# What the rows and rules of a fresh database are made from.
SOURCES = ("*/migrations/*", "*/data/*", "core/wall/*", "core/database/roles.py")
SOURCES += ("exchange/outbox.py",)
SOURCES += ("reports/changes.py", "reports/numbers.py", "core/after_migrate.py")
SOURCES += ("retention/declared.py", "retention/fates.py", "retention/wall.py", "retention/*.sql")
# What the rules ask of the record, of which triggers are made.
SOURCES += ("desk/rules/*", "desk/to_do/derived.py", "*/models/*", "*/querysets*", "*/*enums.py")
SOURCES += ("*/*codes.py", "prosecutions/*.py", "victims/persons.py", "aftercare/schemes.py")
SHOWN = "casework_shown_"
# What the demonstration is made by.
PRODUCT = ("*/migrations/*", "core/wall/*", "*/data/**/*", "[a-z]*/**/*.py")
APART = {"tests", "benchmarks", "var", "docs"}
USED = "used"
# Of each table how many rows there are, and the newest: a copy has those of its template.
STANDING = """
    select string_agg(
             format('select %1$L, count(*), max(xmin::text::bigint) from %1$I', relname),
             ' union all ')
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""
Standing = dict[str, tuple[int, int]]
_emptying: dict[str, Any] = {}  # connections, by where they lead


def named(url: str, name: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl().replace("postgres:/c", "postgres:///c")


def statement(url: str, text: str, *values: Any) -> list[Any]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(text, values or None)
            return cursor.fetchall() if cursor.description else []


def drop(server: str, name: str) -> None:
    """Also while it is used. What the server itself does in it (`force` may not end that) it ends
    by itself."""
    if emptying := _emptying.pop(named(server, name), None):
        emptying.close()
    ours = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
    statement(server, f"{ours} and backend_type = 'client backend'", name)
    statement(server, f"drop database if exists {name}")


def make(name: str, *, demonstration: bool = False) -> None:
    """Make this database anew, as after all migrations; or with the small demonstration."""
    _copy(database_urls()["owner"], name, SHOWN if demonstration else PREFIX)


def _copy(server: str, name: str, prefix: str) -> None:
    with _alone(prefix):
        template = (_shown if prefix == SHOWN else _template)(server)
        drop(server, name)
        statement(server, f"create database {name} template {template}")


@contextmanager
def taken(name: str, *, demonstration: bool = False) -> Iterator[Standing]:
    """A copy as fresh as new, with the rows that stand in it: that of a former run where nobody
    committed to it, and kept for the next one where nobody does now."""
    server = database_urls()["owner"]
    as_made = f"as {SHOWN if demonstration else PREFIX}{_digest(demonstration=demonstration)}"
    said = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    if statement(server, said, name) != [(as_made,)]:
        make(name, demonstration=demonstration)
    statement(server, f"comment on database {name} is '{USED}'")
    fresh = _standing(named(server, name))
    yield fresh
    if _standing(named(server, name)) == fresh:
        statement(server, f"comment on database {name} is '{as_made}'")


def empty(name: str, loaded: Standing) -> bool:
    """Take away what was committed; False where rows that migrations loaded are other ones."""
    with _to_empty(named(database_urls()["owner"], name)).cursor() as cursor:
        cursor.execute("execute standing")
        there = _by_table(cursor.fetchall())
        grown = {table: rows for table, rows in loaded.items() if there.get(table) != rows}
        added = [f'delete from "{table}"' for table in there if table not in loaded]
        for table, (_count, newest) in grown.items():
            added.append(f'delete from "{table}" where xmin::text::bigint > {newest}')
        cursor.execute("; ".join(added) or "select")
        if not grown:
            return True
        counts = (
            f"select '{table}', count(*), max(xmin::text::bigint) from \"{table}\""
            for table in grown
        )
        cursor.execute(" union all ".join(counts))
        return _by_table(cursor.fetchall()) == grown


def _to_empty(url: str) -> Any:
    """Kept open for the next test, since it knows the tables by then. As the superuser: whatever
    hangs from what, no trigger notes it, or forbids it."""
    if url not in _emptying:
        there = psycopg2.connect(url, user="postgres")
        there.autocommit = True
        with there.cursor() as cursor:
            cursor.execute(STANDING)
            ((every,),) = cursor.fetchall()
            cursor.execute(f"set session_replication_role = replica; prepare standing as {every}")
        _emptying[url] = there
    return _emptying[url]


def _standing(url: str) -> Standing:
    ((every,),) = statement(url, STANDING)
    return _by_table(statement(url, every))


def _by_table(rows: list[Any]) -> Standing:
    return {table: (count, newest) for table, count, newest in rows if count}


@cache
def digest() -> str:
    return _of(path for pattern in SOURCES for path in ROOT.glob(pattern))


@cache
def _digest(*, demonstration: bool) -> str:
    """Of what the copy is made from; a demonstration is young, so that of another day is old."""
    if not demonstration:
        return digest()
    every = (path for pattern in PRODUCT for path in ROOT.glob(pattern))
    ours = (path for path in every if path.relative_to(ROOT).parts[0] not in APART)
    return f"{_of(ours)}_{date.today():%Y%m%d}"


def _of(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(set(paths)):
        if path.is_file() and path.suffix != ".pyc" and ".venv" not in path.parts:
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _template(server: str) -> str:
    """The database that is copied, by what it is made from."""

    def migrate(draft: str) -> None:
        statement(server, f"create database {draft}")
        _manage(server, draft, "migrate", "--noinput", "--verbosity=0")
        # Tests have keys of their own, many of them.
        statement(named(server, draft), "update core_installation set sealed = null")

    return _kept(server, PREFIX, digest(), migrate)


def _shown(server: str) -> str:
    """The same with the small demonstration."""

    def load(draft: str) -> None:
        _copy(server, draft, PREFIX)
        shutil.rmtree(files_shown(), ignore_errors=True)
        files = {"CASEWORK_FILES": str(files_shown()), "DEMO": "1"}
        _manage(server, draft, "load_demo", "--small", **files)

    return _kept(server, SHOWN, _digest(demonstration=True), load)


def files_shown() -> Path:
    """Files of the demonstration; each copy of it wants a copy of them."""
    return var_dir() / "shown-files"


def _kept(server: str, prefix: str, made_from: str, fill: Callable[[str], None]) -> str:
    """The template made from this; those of former sources go."""
    name = prefix + made_from
    like = prefix.replace("_", r"\_") + "%"
    found = statement(server, "select datname from pg_database where datname like %s", like)
    if (name,) in found:
        return name
    for (former,) in found:
        drop(server, former)
    draft = f"{prefix}draft_{os.getpid()}"
    drop(server, draft)
    fill(draft)
    statement(server, f"alter database {draft} rename to {name}")
    return name


def _manage(server: str, draft: str, *command: str, **said: str) -> None:
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_AS_OWNER": "1",
        "DATABASE_URL": named(database_urls()["app"], draft),
        "DATABASE_OWNER_URL": named(server, draft),
        "DJANGO_SETTINGS_MODULE": "casework.conf.settings",
    }
    manage = [sys.executable, "manage.py", *command]
    subprocess.run(manage, cwd=ROOT, env=env | said, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _alone(prefix: str) -> Iterator[None]:
    """One process of this checkout at a time; who wants the other template does not wait."""
    with (var_dir() / f"{prefix}tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
