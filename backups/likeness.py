"""What a database is, so that a copy can be held against it: a digest of every table, each of its
rules and rights, its sequences and roles. It says nothing of what stands in a row."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from psycopg2 import sql

from core.database import roles

# Texts must be the same wherever they are made; and rows that are hidden must be an error.
PINNED = {
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "public",
    "row_security": "off",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
Likeness = dict[str, dict[str, str]]
MOST_NAMED = 12

# Of the schema: each object by kind and name, and what it says. What only newer servers list is
# left out: that a column is not null (18; the column says it), and the right to vacuum a table
# (17).
SCHEMA = """
select 'column', format('%s.%s', c.relname, a.attname),
       format('%s %s %s %s', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
         pg_get_expr(d.adbin, d.adrelid))
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S', 'v')
   and a.attnum > 0 and not a.attisdropped
union all
select 'constraint', format('%s on %s', conname, conrelid::regclass), pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
union all
select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
union all
select 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) || (
         select string_agg(x.grantee::regrole::text || x.privilege_type, ',' order by
                           x.grantee::regrole::text, x.privilege_type)
           from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x)
  from pg_proc p where pronamespace = 'public'::regnamespace and prokind = 'f'
   and not exists (select from pg_depend where objid = p.oid and deptype in ('e', 'i'))
union all
select 'trigger', format('%s on %s', tgname, tgrelid::regclass),
       format('%s %s %s', pg_get_triggerdef(t.oid), t.tgenabled,
         obj_description(t.oid, 'pg_trigger'))
  from pg_trigger t where not tgisinternal
union all
select 'policy', format('%s on %s', policyname, tablename),
       format('%s %s %s %s', roles, cmd, qual, with_check)
  from pg_policies
union all
select 'row security', relname, format('%s %s', relrowsecurity, relforcerowsecurity)
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
union all
select 'right', format('%s of %s on %s.%s', x.privilege_type, x.grantee::regrole, c.relname,
         a.attname), ''
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attacl is not null
 cross join lateral aclexplode(a.attacl) x
 where c.relnamespace = 'public'::regnamespace
union all
select 'right', format('%s of %s on %s', x.privilege_type, x.grantee::regrole, c.relname), ''
  from pg_class c cross join lateral aclexplode(c.relacl) x
 where c.relnamespace = 'public'::regnamespace and x.privilege_type <> 'MAINTAIN'
"""
# A condition on texts is written with other brackets and casts once it was dumped and restored.
WRITING = re.compile(r"::(character varying|text)(\[\])?|[()]")
TABLES = """
select n.nspname, c.relname, array_agg(a.attname order by a.attname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname !~ '^pg_(toast|temp)'
 group by 1, 2 order by 1, 2
"""
# Two sums over all rows: they do not depend on an order, and nothing is kept of a row.
ROWS = """
select count(*), coalesce(sum(('x' || left(said, 16))::bit(64)::bigint), 0),
       coalesce(sum(('x' || right(said, 16))::bit(64)::bigint), 0)
  from (select md5(row({})::text) said from {}) each
"""
SEQUENCES = """
select schemaname || '.' || sequencename, coalesce(last_value, 0)::text from pg_sequences
"""
ROLES = """
select 'role', rolname, format('%%s %%s %%s', rolsuper, rolbypassrls, rolreplication)
  from pg_roles where rolname = any (%(ours)s)
union all
select 'role', format('%%s in %%s', m.rolname, r.rolname), ''
  from pg_auth_members join pg_roles m on m.oid = member join pg_roles r on r.oid = roleid
 where m.rolname = any (%(ours)s)
"""


def pin(cursor: Any) -> None:
    """On a connection of its own, which is closed afterwards."""
    for name, value in PINNED.items():
        cursor.execute(sql.SQL("set {} to {}").format(sql.Identifier(name), sql.Literal(value)))


def of_database(cursor: Any) -> Likeness:
    """All of it, as this cursor sees it."""
    return rules(cursor) | {"table": tables(cursor), "sequence": sequences(cursor)}


def schema(cursor: Any) -> set[tuple[str, str, str]]:
    """Each object of the schema: its kind, its name, what it says."""
    cursor.execute(SCHEMA)
    return {(kind, name, _as_written(kind, text)) for kind, name, text in cursor.fetchall()}


def _as_written(kind: str, text: str | None) -> str:
    return (text or "") if kind == "function" else WRITING.sub("", text or "")


def rules(cursor: Any) -> Likeness:
    """Digests of the schema and of the roles."""
    digests: Likeness = {}
    cursor.execute(ROLES, {"ours": list(roles.ROLES)})
    for kind, name, text in [*schema(cursor), *cursor.fetchall()]:
        digests.setdefault(kind, {})[name] = sha256(text.encode()).hexdigest()[:16]
    return digests


def tables(cursor: Any) -> dict[str, str]:
    """How many rows each has, and their digest."""
    cursor.execute(TABLES)
    digests = {}
    for space, name, columns in cursor.fetchall():
        names = sql.SQL(", ").join(map(sql.Identifier, filter(None, columns)))
        cursor.execute(sql.SQL(ROWS).format(names, sql.Identifier(space, name)))
        digests[f"{space}.{name}"] = ":".join(map(str, cursor.fetchone()))
    return digests


def sequences(cursor: Any) -> dict[str, str]:
    cursor.execute(SEQUENCES)
    return dict(cursor.fetchall())


def differences(then: Likeness, now: Likeness) -> list[str]:
    """What is not as it was, a line each; nothing if the one is like the other."""
    report = []
    for kind in sorted(then.keys() | now.keys()):
        was, is_ = then.get(kind, {}), now.get(kind, {})
        lines = [
            f"{kind} {name}: {how}"
            for name in sorted(was.keys() | is_.keys())
            if (how := _difference(kind, was.get(name), is_.get(name)))
        ]
        report += lines[:MOST_NAMED]
        if len(lines) > MOST_NAMED:
            report.append(f"{kind}: {len(lines) - MOST_NAMED} more differ")
    return report


def _difference(kind: str, was: str | None, is_: str | None) -> str:
    if was == is_:
        return ""
    if is_ is None:
        return "is missing"
    if was is None:
        return "was not there"
    if kind == "sequence":
        # A number that was taken while the dump was made is no difference.
        return "is behind" if int(is_) < int(was) else ""
    if kind == "table":
        (rows_then, *_was), (rows_now, *_is) = was.split(":"), is_.split(":")
        if rows_then != rows_now:
            return f"{rows_now} rows in the place of {rows_then}"
        return "other values in as many rows"
    return "is another"
