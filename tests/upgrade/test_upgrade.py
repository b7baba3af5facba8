"""A database of 0.2.0, filled, becomes one of today: the same schema and wall, the same rows."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
import pytest

from backups import likeness
from core.local import database_urls
from core.local.paths import ROOT
from tests import databases
from tests.databases import statement
from tests.upgrade import keys
from tests.whole import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).with_name("database-0.2.0.sql.xz")
MOST = 1_000_000  # bytes
NAME = "casework_upgrade_test" + os.environ.get("PYTEST_XDIST_WORKER", "")
# Tables whose rows later migrations change, each with what is true of them then.
CHANGED: dict[str, str] = {
    "auth_permission": "tables that were added since have theirs",
    "django_content_type": "tables that were added since have theirs",
    "casework_case": "none says that a rescue is planned",
    "casework_caseevent": "the history of a case that said so has that step",
    "django_migrations": "what was added since is noted",
    "reports_datachange": "reference data of a newer version are written",
}

# Until then everybody in the office read in its status that a rescue was near.
PLANNED = """
update casework_case set status = 'rescue_planned'
 where id = (select min(id::text)::uuid from casework_case where closed_on is null)
"""
STILL_PLANNED = """
select (select count(*) from casework_case where status = 'rescue_planned')
     + (select count(*) from casework_closing where stood = 'rescue_planned')
"""
COLUMNS = """
select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attname)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1
"""
ROWS = """
select count(*), md5(string_agg(said, '' order by said))
  from (select md5(row({columns})::text) said from {table}) each
"""


def schema(url: str) -> set[tuple[str, str, str]]:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        found = likeness.schema(cursor)
    connection.close()
    return found


def rows(url: str, columns: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Of each table how many rows it has, and a digest of them."""
    return {
        table: statement(url, ROWS.format(table=table, columns=names))[0]
        for table, names in columns.items()
    }


def migrate(field_keys: str = keys.FIELD_KEYS) -> subprocess.CompletedProcess[str]:
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_AS_OWNER": "1",
        "DATABASE_URL": databases.named(database_urls()["app"], NAME),
        "DATABASE_OWNER_URL": databases.named(database_urls()["owner"], NAME),
        "DJANGO_SETTINGS_MODULE": "casework.conf.settings",
        "FIELD_KEYS": field_keys,
        "SECRET_KEY": keys.SECRET_KEY,
    }
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def restored() -> Iterator[str]:
    """The kept database, as it was made by 0.2.0."""
    server = database_urls()["owner"]
    url = databases.named(server, NAME)
    databases.drop(server, NAME)
    statement(server, f"create database {NAME}")
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("select word_similarity('', '')")  # before a setting of it can be named
        cursor.execute(lzma.decompress(KEPT.read_bytes()).decode())
    connection.close()
    yield url
    databases.drop(server, NAME)


@pytest.fixture(scope="module")
def fresh() -> Iterator[str]:
    server = database_urls()["owner"]
    name = f"{NAME}_fresh"
    databases.make(name)
    yield databases.named(server, name)
    databases.drop(server, name)


def test_it_is_small():
    assert KEPT.stat().st_size <= MOST


def test_a_database_of_0_2_0_is_brought_up_to_date(restored: str, fresh: str) -> None:
    columns = dict(statement(restored, COLUMNS))
    statement(restored, PLANNED)
    assert statement(restored, STILL_PLANNED) != [(0,)]
    before = rows(restored, columns)
    assert min(before[t][0] for t in ("casework_case", "victims_identity")) > 5
    refused = migrate(field_keys=keys.FIELD_KEYS.replace("1:", "2:"))
    assert refused.returncode == 1
    assert "FIELD_KEYS do not open this database" in refused.stderr
    made = schema(fresh)
    for _time in range(2 if WHOLE else 1):  # the second changes nothing
        done = migrate()
        assert (done.returncode, done.stderr) == (0, "")
        assert schema(restored) ^ made == set()
        after = rows(restored, columns)
        assert [t for t in before if before[t] != after[t] and t not in CHANGED] == []
        assert statement(restored, STILL_PLANNED) == [(0,)]


def test_another_schema_and_other_rows_are_found(fresh: str, restored: str) -> None:
    """Planted: so that the comparison above is one."""
    columns = {"casework_case": "id, reference"}
    before, stood = rows(restored, columns), schema(fresh)
    statement(restored, "update casework_case set reference = 'X' || left(reference, 18)")
    assert rows(restored, columns) != before
    statement(fresh, "alter table casework_case add column planted int")
    assert {kind for kind, _name, _said in schema(fresh) - stood} == {"column"}
