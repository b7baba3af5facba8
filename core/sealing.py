"""A database is bound to its keys at the end of the migration that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections

from core import installation, rekeying
from core.keys import crypto

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


def refuse(using: str = "default") -> None:
    """Before anything is migrated: neither by older code, nor with other keys."""
    with connections[using].cursor() as cursor:
        fault = installation.fault(cursor, settings.FIELD_KEYS)
    if fault:
        raise SystemExit(fault)


def seal(using: str = "default", **_: object) -> None:
    """Once, with the first key; of a database from before there were seals only if it opens."""
    with connections[using].cursor() as cursor:
        cursor.execute("select to_regclass('public.core_installation') is not null")
        if cursor.fetchone() != (True,) or installation.is_sealed(cursor):
            return
        if not all(_opens(cursor, column) for column in rekeying.columns()):
            raise SystemExit(installation.OTHER_KEYS)
        cursor.execute(
            "insert into core_installation (id, oldest_code, sealed) values (1, %s, %s)"
            " on conflict (id) do update set sealed = excluded.sealed",
            [
                installation.SCHEMA,
                crypto.encrypt(installation.SEAL.encode(), installation.PLACE),
            ],
        )


def _opens(cursor: CursorWrapper, column: rekeying.Column) -> bool:
    """Whether a value that is there opens: one of each column is enough."""
    cursor.execute(
        "select from information_schema.columns"
        " where table_schema = 'public' and table_name = %s and column_name = %s",
        [column.table, column.name],
    )
    if not cursor.fetchall():
        return True
    cursor.execute(
        f"select {column.key}, {column.name} from {column.table}"  # noqa: S608 - names of our own
        f" where {column.name} is not null limit 1"
    )
    return all(
        crypto.opens(bytes(value), column.place(key), settings.FIELD_KEYS)
        for key, value in cursor.fetchall()
    )
