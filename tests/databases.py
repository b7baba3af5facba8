"""Databases of the tests: migrated once, then copied for each process that wants one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg2

from core.local import database_urls
from core.local.paths import ROOT, var_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "casework_template_"
# What the rows and rules of a fresh database are made from.
SOURCES = ("*/migrations/*", "*/data/*", "core/rls.py", "core/roles.py", "core/grants.py")
SOURCES += ("exchange/outbox.py",)


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
    ours = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
    statement(server, f"{ours} and backend_type = 'client backend'", name)
    statement(server, f"drop database if exists {name}")


def make(name: str) -> None:
    """Make this database anew, as after all migrations."""
    server = database_urls()["owner"]
    with _alone():
        template = _template(server)
        drop(server, name)
        statement(server, f"create database {name} template {template}")


def digest() -> str:
    found = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        if path.is_file() and path.suffix != ".pyc" and ".venv" not in path.parts:
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _template(server: str) -> str:
    """The database that is copied, by what it is made from; those of former sources go."""
    name = PREFIX + digest()
    like = f"{PREFIX}%"
    found = statement(server, "select datname from pg_database where datname like %s", like)
    if (name,) in found:
        return name
    for (former,) in found:
        drop(server, former)
    draft = f"casework_draft_{os.getpid()}"
    drop(server, draft)
    statement(server, f"create database {draft}")
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_AS_OWNER": "1",
        "DATABASE_URL": named(database_urls()["app"], draft),
        "DATABASE_OWNER_URL": named(server, draft),
        "DJANGO_SETTINGS_MODULE": "casework.conf.settings",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env=env, check=True)
    # Tests have keys of their own, many of them.
    statement(named(server, draft), "update core_installation set sealed = null")
    statement(server, f"alter database {draft} rename to {name}")
    return name


@contextmanager
def _alone() -> Iterator[None]:
    """One process of this checkout at a time."""
    with (var_dir() / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
