"""What each role of the database may do, from what the models declare.

The owner migrates. The application and the workers read and write rows, but change no history
and delete only what is declared deletable. The report role reads, and no names.

What is wanted is compared with what is there: only the difference is granted and revoked.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.conf import settings

from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.utils import CursorWrapper

SIGN_IN = (
    *("core_cache", "django_session", "mfa_authenticator", "usersessions_usersession"),
    "socialaccount_socialaccount",
)
DELETABLE = (*SIGN_IN,)  # tables of libraries

# Addresses for mail stand in accounts_user alone, the organisation's provider in the environment;
# the key of `core.keys.vouching` is the owner's.
NOT_WRITTEN = (
    *("account_emailaddress", "account_emailconfirmation"),
    *("socialaccount_socialapp", "socialaccount_socialtoken"),
)
NOT_FOR_REPORTS = (*SIGN_IN, *NOT_WRITTEN)
NOBODYS = ("core_vouchingkey",)
KEPT = ("updated_at", "version")  # who may change no column of a row could not lock it either

RELATIONS = """
select relname, relkind = 'S' from pg_class
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
"""
HELD = """
with held as (
  select 'schema' as on_, nspname as name, '' as col, nspacl as acl
    from pg_namespace where nspname = 'public'
  union all
  select case relkind when 'S' then 'sequence' else 'table' end, relname, '', relacl
    from pg_class where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select 'table', c.relname, a.attname, a.attacl from pg_attribute a
    join pg_class c on c.oid = a.attrelid
   where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
)
select case x.grantee when 0 then 'public' else r.rolname end, on_, name, x.privilege_type, col
  from held cross join lateral aclexplode(acl) x left join pg_roles r on r.oid = x.grantee
 where r.rolname = any (%s) or x.grantee = 0 and on_ <> 'schema'
"""


class Right(NamedTuple):
    """Of a role, on a table, a sequence or the schema; on one column, if that is named."""

    role: str
    on: str
    name: str
    privilege: str
    column: str = ""


def apply(cursor: CursorWrapper, *, serving: bool = True) -> None:
    """Give and take what differs; run as the owner. While nobody serves nobody has any right."""
    roles = settings.GRANTED_ROLES
    cursor.execute("select rolname from pg_roles where rolname = any(%s)", [list(roles.values())])
    missing = set(roles.values()) - {name for (name,) in cursor.fetchall()}
    if missing:
        raise SystemExit(
            f"The database lacks the roles {', '.join(sorted(missing))}. "
            "Run `python manage.py provision_roles` first."
        )
    right, there = wanted(cursor) if serving else set(), held(cursor)
    # Of a whole table first: taking that away takes away its columns as well.
    statements = [
        *_said("revoke", "from", (grant for grant in there - right if not grant.column)),
        *_said("revoke", "from", (grant for grant in there - right if grant.column)),
    ]
    if statements:
        cursor.execute("; ".join(statements))
        there = held(cursor)
    if given := list(_said("grant", "to", right - there)):
        cursor.execute("; ".join(given))


def held(cursor: CursorWrapper) -> set[Right]:
    """What our roles hold, and what anybody does."""
    cursor.execute(HELD, [list(settings.GRANTED_ROLES.values())])
    return {Right(*row) for row in cursor.fetchall()}


def wanted(cursor: CursorWrapper) -> set[Right]:
    """What our roles shall hold, of all that is there."""
    roles = settings.GRANTED_ROLES
    writers, every = [roles["app"], roles["worker"]], list(roles.values())
    cursor.execute(RELATIONS)
    relations = dict(cursor.fetchall())
    tables = {name for name, is_sequence in relations.items() if not is_sequence} - {*NOBODYS}
    sequences = [name for name, is_sequence in relations.items() if is_sequence]
    rights = {Right(role, "schema", "public", "USAGE") for role in every}
    rights |= {
        Right(*row) for row in product(writers, ["sequence"], sequences, ["USAGE", "SELECT"])
    }
    rights |= {Right(*row) for row in product(writers, ["table"], tables, ["SELECT"])}
    for role in writers:
        rights |= {Right(role, "table", *row) for row in _written(tables)}
    return rights | {Right(roles["report"], "table", *row) for row in _counted(tables)}


def _written(tables: set[str]) -> Iterable[tuple[str, str, str]]:
    """Of a model that says so (`changeable`) only those columns change, and rows that come from
    the owner's functions alone (`made_by_owner`) are not added; triggers guard what is left."""
    by_column = {
        model._meta.db_table: [
            str(f.column) for f in model._meta.fields if f.name in {*names, *KEPT}
        ]
        for model in apps.get_models()
        if (names := getattr(model, "changeable", None)) is not None
    }
    not_added = {*NOT_WRITTEN, *_marked("made_by_owner")}
    for table in tables - not_added:
        yield table, "INSERT", ""
    for table in tables - {*NOT_WRITTEN, *_marked("append_only"), *by_column}:
        yield table, "UPDATE", ""
    for table in tables & by_column.keys():
        yield from ((table, "UPDATE", column) for column in by_column[table])
    for table in tables & {*deletable_tables()}:
        yield table, "DELETE", ""


def _counted(tables: set[str]) -> Iterable[tuple[str, str, str]]:
    """Who counts needs no names and no secrets: those columns the report role cannot read."""
    by_column = {}
    for model in apps.get_models():
        hidden = {f.column for f in model._meta.fields if isinstance(f, EncryptedTextField)}
        hidden |= set(getattr(model, "names", ()))
        if hidden:
            columns = [str(f.column) for f in model._meta.fields if f.column not in hidden]
            by_column[model._meta.db_table] = columns
    for table in tables - {*NOT_FOR_REPORTS}:
        yield from ((table, "SELECT", column) for column in by_column.get(table, [""]))


def append_only_tables() -> list[str]:
    return _marked("append_only")


def deletable_tables() -> list[str]:
    return [*_marked("deletable"), *DELETABLE]


def _marked(mark: str) -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if getattr(m, mark, False)]


def _said(verb: str, to: str, rights: Iterable[Right]) -> Iterable[str]:
    """One statement for a role and a table."""
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for right in sorted(rights):
        column = f' ("{right.column}")' if right.column else ""
        grouped[right.role, right.on, right.name].append(f"{right.privilege}{column}")
    for (role, on, name), privileges in grouped.items():
        yield f'{verb} {", ".join(privileges)} on {on} "{name}" {to} {role}'
