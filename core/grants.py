"""What each database role may do, set anew after every migration from what the models declare.

The owner migrates. The application and the workers read and write rows, but change no history
and delete only what is declared deletable. The report role reads.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg2 import sql

from core import vouching
from core.fields import EncryptedTextField

SIGN_IN = ("core_cache", "django_session", "mfa_authenticator", "usersessions_usersession")
DELETABLE = (*SIGN_IN,)  # tables of libraries
NOT_FOR_REPORTS = (*SIGN_IN, "account_emailaddress", "account_emailconfirmation")

# Addresses for mail stand in accounts_user alone; the key of `core.vouching` is the owner's.
NOT_WRITTEN = ("account_emailaddress", "account_emailconfirmation")
VOUCHING_KEY = "core_vouchingkey"
KEPT = ("updated_at", "version")  # who may change no column of a row could not lock it either


def apply_grants(using: str = "default", **_: Any) -> None:
    """Run as the owner, at the end of `migrate`."""
    roles = settings.GRANTED_ROLES
    writers = [roles["app"], roles["worker"]]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles where rolname = any(%s)", [list(roles.values())]
        )
        missing = set(roles.values()) - {name for (name,) in cursor.fetchall()}
        if missing:
            raise SystemExit(
                f"The database lacks the roles {', '.join(sorted(missing))}. "
                "Run `python manage.py provision_roles` first."
            )
        for role in roles.values():
            _run(cursor, "revoke all on all tables in schema public from {}", role)
            _run(cursor, "grant usage on schema public to {}", role)
            _run(cursor, "grant select on all tables in schema public to {}", role)
        _hide_names(cursor, roles["report"], using)
        for role in writers:
            _run(cursor, "grant insert, update on all tables in schema public to {}", role)
            _run(cursor, "grant usage, select on all sequences in schema public to {}", role)
            for table in append_only_tables(using):
                _run(cursor, "revoke update, delete, truncate on {} from {}", table, role)
            for table in deletable_tables(using):
                _run(cursor, "grant delete on {} to {}", table, role)
            _close(cursor, role, using)
        _keep_vouching_key(cursor, list(roles.values()), using)


def _close(cursor: Any, role: str, using: str) -> None:
    """Of a model that says so (`changeable`) only those columns change, and rows that come from
    the owner's functions alone (`made_by_owner`) are not added; triggers guard what is left."""
    tables = set(connections[using].introspection.table_names())
    for table in tables.intersection(NOT_WRITTEN):
        _run(cursor, "revoke insert, update on {} from {}", table, role)
    for model in apps.get_models():
        table, changeable = model._meta.db_table, getattr(model, "changeable", None)
        if table in tables and changeable is not None:
            names = {*changeable, *KEPT}
            columns = [str(f.column) for f in model._meta.fields if f.name in names]
            _run(cursor, "revoke update on {} from {}", table, role)
            _run(cursor, f"grant update ({', '.join(columns)}) on {{}} to {{}}", table, role)
    for table in _present("made_by_owner", using):
        _run(cursor, "revoke insert on {} from {}", table, role)


def _keep_vouching_key(cursor: Any, roles: list[str], using: str) -> None:
    """The key that follows from SECRET_KEY: after a change of it, `migrate` runs again."""
    if VOUCHING_KEY in connections[using].introspection.table_names():
        for role in roles:
            _run(cursor, "revoke all on {} from {}", VOUCHING_KEY, role)
        cursor.execute("delete from core_vouchingkey")
        cursor.execute("insert into core_vouchingkey values (%s)", [vouching.key()])


def append_only_tables(using: str = "default") -> list[str]:
    return _present("append_only", using)


def deletable_tables(using: str = "default") -> list[str]:
    tables = connections[using].introspection.table_names()
    return [*_present("deletable", using), *(name for name in DELETABLE if name in tables)]


def _hide_names(cursor: Any, role: str, using: str) -> None:
    """Who counts needs no names and no secrets: those columns the report role cannot read."""
    tables = set(connections[using].introspection.table_names())
    for table in tables.intersection(NOT_FOR_REPORTS):
        _run(cursor, "revoke select on {} from {}", table, role)
    for model in apps.get_models():
        hidden = {f.column for f in model._meta.fields if isinstance(f, EncryptedTextField)}
        hidden |= set(getattr(model, "names", ()))
        if hidden and model._meta.db_table in tables:
            shown = [f.column for f in model._meta.fields if f.column not in hidden]
            columns = sql.SQL(", ").join(map(sql.Identifier, shown)).as_string(cursor.connection)
            table = model._meta.db_table
            _run(cursor, "revoke select on {} from {}", table, role)
            _run(cursor, f"grant select ({columns}) on {{}} to {{}}", table, role)


def _present(mark: str, using: str) -> list[str]:
    """Tables of the models so marked, as far as they exist: migrations also run backwards."""
    tables = set(connections[using].introspection.table_names())
    marked = [m._meta.db_table for m in apps.get_models() if getattr(m, mark, False)]
    return [table for table in marked if table in tables]


def _run(cursor: Any, statement: str, *names: str) -> None:
    text = sql.SQL(statement).format(*map(sql.Identifier, names))
    cursor.execute(text.as_string(cursor.connection))
