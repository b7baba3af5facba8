"""A database of 0.2.0, filled, becomes one of today: the same schema and wall, the same rows."""

from __future__ import annotations

import lzma
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
import pytest

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
    "django_migrations": "what was added since is noted",
    "reports_datachange": "reference data of a newer version are written",
}

# Of the schema: each object in one line, without the order of columns.
SCHEMA = """
select 'column', format('%s.%s %s %s %s %s', c.relname, a.attname,
         format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
         pg_get_expr(d.adbin, d.adrelid))
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S', 'v')
   and a.attnum > 0 and not a.attisdropped
union all
select 'constraint', format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace = 'public'::regnamespace
union all
select 'index', indexdef from pg_indexes where schemaname = 'public'
union all
select 'function', pg_get_functiondef(p.oid) || (
         select string_agg(x.grantee || x.privilege_type, ',' order by x.grantee)
           from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x)
  from pg_proc p where pronamespace = 'public'::regnamespace and prokind = 'f'
   and not exists (select from pg_depend where objid = p.oid and deptype in ('e', 'i'))
union all
select 'trigger', format('%s %s %s', pg_get_triggerdef(t.oid), t.tgenabled,
                         obj_description(t.oid, 'pg_trigger'))
  from pg_trigger t where not tgisinternal
union all
select 'policy', format('%s %s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check)
  from pg_policies
union all
select 'security', format('%s %s %s', relname, relrowsecurity, relforcerowsecurity)
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
union all
select 'right', format('%s.%s %s %s', c.relname, a.attname, x.grantee::regrole, x.privilege_type)
  from pg_class c
  left join pg_attribute a on a.attrelid = c.oid and a.attacl is not null
 cross join lateral aclexplode(coalesce(a.attacl, c.relacl)) x
 where c.relnamespace = 'public'::regnamespace
union all
select 'right', format('%s %s %s', c.relname, x.grantee::regrole, x.privilege_type)
  from pg_class c cross join lateral aclexplode(c.relacl) x
 where c.relnamespace = 'public'::regnamespace
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


# A condition on texts is written with other brackets and casts once it was dumped and restored.
WRITING = re.compile(r"::(character varying|text)(\[\])?|[()]")


def schema(url: str) -> set[tuple[str, str]]:
    return {
        (kind, said if kind == "function" else WRITING.sub("", said))
        for kind, said in statement(url, SCHEMA)
    }


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


def test_another_schema_and_other_rows_are_found(fresh: str, restored: str) -> None:
    """Planted: so that the comparison above is one."""
    columns = {"casework_case": "id, reference"}
    before, stood = rows(restored, columns), schema(fresh)
    statement(restored, "update casework_case set reference = 'X' || left(reference, 18)")
    assert rows(restored, columns) != before
    statement(fresh, "alter table casework_case add column planted int")
    assert {kind for kind, _said in schema(fresh) - stood} == {"column"}
