"""Nothing readable: names are in no file of the database, no dump, no Redis and no log (K1, L5).

The one exception, the names of offenders, is found in each: so the search would find others.
"""

from __future__ import annotations

import base64
import io
import json
import os
import secrets
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest
import redis

from core.local import broker, postgres
from core.local.paths import ROOT, var_dir
from tests.jobs.conftest import NAME, needs_redis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.jobs.conftest import House

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    needs_redis,
    pytest.mark.skipif(
        bool(os.environ.get("DATABASE_URL")),
        reason="the files of a server elsewhere cannot be searched",
    ),
]
PAGE = 8192  # bytes of the write-ahead log
EXPECTED = [
    201,
    201,
    201,
    200,
    200,
    200,
    400,
    400,
    200,
    200,
    409,
    200,
    201,
    302,
    302,
    200,
    200,
    500,
]


def spellings(text: str) -> set[bytes]:
    """The text as it stands, in hex, and in base64 however it is cut."""
    plain = text.encode()
    coded = {base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)}
    return {plain, plain.hex().encode(), *coded}


def holding(files: dict[str, bytes], text: str) -> set[str]:
    return {name for name, held in files.items() if any(s in held for s in spellings(text))}


@contextmanager
def connected(role: str) -> Iterator[Any]:
    folder = str(postgres.standing(var_dir()))
    with closing(psycopg2.connect(host=folder, user=role, dbname=NAME)) as connection:
        connection.autocommit = True
        yield connection.cursor()


def database_files() -> dict[str, bytes]:
    """Everything the server keeps of this database: rows, write-ahead log, its own log."""
    with connected("postgres") as cursor:
        cursor.execute("checkpoint")
        cursor.execute("select setting from pg_settings where name = 'data_directory'")
        home = Path(cursor.fetchone()[0])
        cursor.execute("select oid::text from pg_database where datname = current_database()")
        (own,) = cursor.fetchone()
    elsewhere = {path for path in (home / "base").iterdir() if path.name != own}
    files = (p for p in home.rglob("*") if p.is_file() and not elsewhere & set(p.parents))
    held = {}
    for path in files:
        with suppress(FileNotFoundError):  # taken away meanwhile, as by tests beside this one
            content = path.read_bytes()
            is_log = path.parent.name == "pg_wal"
            held[str(path.relative_to(home))] = without_headers(content) if is_log else content
    return held


def without_headers(log: bytes) -> bytes:
    """A file of the write-ahead log, so that a word that goes over the end of a page is whole:
    each page begins with 24 bytes of its own, the first with 40 (PostgreSQL, xlog_internal.h)."""
    pages = [log[at + 24 : at + PAGE] for at in range(PAGE, len(log), PAGE)]
    return b"".join([log[40:PAGE], *pages])


def dump() -> dict[str, bytes]:
    """Every row as a dump writes it, read by the role that makes copies."""
    tables: dict[str, bytes] = {}
    with connected("casework_backup") as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            text = io.BytesIO()
            cursor.copy_expert(f"copy {table} to stdout", text)
            tables[table] = text.getvalue()
    return tables


def kept_in_redis(house: House) -> dict[str, bytes]:
    """Every key with its value, by its type."""
    reads: dict[bytes, Any] = {
        b"string": lambda c, key: c.get(key),
        b"list": lambda c, key: c.lrange(key, 0, -1),
        b"set": lambda c, key: c.smembers(key),
        b"hash": lambda c, key: c.hgetall(key),
        b"zset": lambda c, key: c.zrange(key, 0, -1),
    }
    path = str(broker.socket_path(house.folder))
    with closing(redis.Redis(unix_socket_path=path)) as client:
        return {
            key.decode(): repr(reads[client.type(key)](client, key)).encode()
            for key in client.scan_iter()
        }


def do(house: House, verb: str, mark: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the process answered, and what it wrote to its log."""
    env = house.environment("app") | {"ACCESS_LOG": "1"}
    if verb == "plant":
        env |= {"CASEWORK_AS_OWNER": "1", "DATABASE_URL": house.urls["owner"]}
        env |= {"DATABASE_OWNER_URL": house.urls["owner"]}
    command = [sys.executable, "-m", "tests.jobs.canaries", verb, mark]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout), {f"log of {verb}": done.stderr + done.stdout}


@pytest.fixture
def with_redis(house: House) -> Iterator[House]:
    with broker.running_server(house.folder) as (house.redis, _servers):
        yield house


def test_names_are_readable_nowhere(with_redis: House) -> None:
    house, mark = with_redis, "Zq" + secrets.token_hex(8)
    planted, log = do(house, "plant", mark)
    assert planted["columns"] > 10
    done, more = do(house, "work", mark)
    assert done["statuses"] == EXPECTED
    queued = kept_in_redis(house)
    assert any(done["job"] in text.decode() for text in queued.values()), "nothing went through"
    house.worker()
    assert house.becomes(done["job"], "done"), house.said()
    kept = [p for p in (house.folder / "files").rglob("*") if p.is_file()]
    assert len(kept) >= 2, "the files of both processes"
    sinks = {
        "files": {str(path): path.read_bytes() for path in kept},
        "database": database_files(),
        "dump": dump(),
        "redis": queued | kept_in_redis(house),
        "logs": log | more | {"worker": house.said().encode()},
    }
    assert len(sinks["logs"]["log of work"]) > 100, "the failures above were logged"
    assert sinks["logs"]["log of work"].count(b'"answered"') >= len(EXPECTED), "and each request"
    offenders = {name: holding(files, f"ffender {mark}") for name, files in sinks.items()}
    assert offenders["database"]
    assert offenders["dump"] >= {"prosecutions_perpetrator"}
    assert not offenders["redis"] | offenders["logs"] | offenders["files"]
    without = {
        name: {at: held.replace(f"ffender {mark}".encode(), b"") for at, held in files.items()}
        for name, files in sinks.items()
    }
    assert {name: holding(files, mark) for name, files in without.items()} == {
        "files": set(),
        "database": set(),
        "dump": set(),
        "redis": set(),
        "logs": set(),
    }


def test_a_word_over_the_end_of_a_page_of_the_log_is_found() -> None:
    pages = [b"h" * 40 + b"." * (PAGE - 40 - 3) + b"Zq0", b"h" * 24 + b"123" + b"." * (PAGE - 27)]
    assert holding({"log": without_headers(b"".join(pages))}, "Zq0123") == {"log"}


@pytest.mark.parametrize("shift", range(3))
def test_the_search_sees_through_base64_and_hex(shift: int) -> None:
    """Planted: names that are only dressed up."""
    held = b"x" * shift + b"Zq0123456789abcdef" + b"tail"
    files = {"plain": held, "hex": held.hex().encode(), "base64": base64.b64encode(held)}
    assert holding(files, "Zq0123456789abcdef") == set(files)
    assert holding(files, "Zq0123X56789abcdef") == set()
