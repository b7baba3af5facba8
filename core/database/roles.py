"""The database roles: who may do what, below the application.

owner     owns the tables; migrations run as it
app       the web processes; bound by row-level security
worker    the Celery processes; bound by row-level security
report    counts for the figures
backup    reads everything, for dumps

Run by a superuser of the server, as often as one likes: through ``manage.py provision_roles``, or
by the embedded default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import extensions, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OWNER = "casework_owner"
APP = "casework_app"
WORKER = "casework_worker"
REPORT = "casework_report"
BACKUP = "casework_backup"
ROLES = (OWNER, APP, WORKER, REPORT, BACKUP)

# How long anything may take of those who serve, so that one bad query does not stop everyone
# (security.md W4): said of the role, so that it holds whatever stands between, as a pooler.
LIMITS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",  # compiling what Today asks takes longer than answering it
    "TimeZone": "UTC",  # or Django would say so for each session
}
LIMITED = (APP, WORKER, REPORT)

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")

# (member, of which role). The owner may step into the others' shoes, so that tests can; web and
# worker become the report role to count. Rights come only with SET ROLE, never by inheritance.
MEMBERSHIPS = (
    (OWNER, APP),
    (OWNER, WORKER),
    (OWNER, REPORT),
    (APP, REPORT),
    (WORKER, REPORT),
)
# From this version on a membership itself can say "no inheritance".
GRANT_OPTIONS_SINCE = 160000


def provision_roles(
    connection: extensions.connection,
    database_name: str,
    passwords: Mapping[str, str] | None = None,
    *,
    may_create_databases: bool = False,
    also_extend: Sequence[str] = (),
) -> list[str]:
    """Make the roles, the database, its rights and extensions; return what was done, in words.

    Only a development owner may create databases (the tests need it), and only there are other
    databases extended too (``template1``, from which test databases are copied).
    """
    connection.autocommit = True
    with connection.cursor() as cursor:
        done = [
            _role(connection, cursor, role, (passwords or {}).get(role), may_create_databases)
            for role in ROLES
        ]
        _memberships(connection, cursor)
        for name in also_extend:
            done += _extend(connection, name)
        done.append(_database(cursor, database_name))
    return done + _extend(connection, database_name)


def _role(
    connection: extensions.connection,
    cursor: extensions.cursor,
    role: str,
    password: str | None,
    may_create_databases: bool,
) -> str:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    known = cursor.fetchone()
    if not known:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    # Before version 16 only the role as a whole can refuse to inherit.
    aloof = connection.server_version < GRANT_OPTIONS_SINCE and role in {APP, WORKER}
    attributes = [
        "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION",
        "BYPASSRLS" if role == BACKUP else "NOBYPASSRLS",
        "CREATEDB" if role == OWNER and may_create_databases else "NOCREATEDB",
        "NOINHERIT" if aloof else "INHERIT",
    ]
    cursor.execute(sql.SQL("ALTER ROLE {} " + " ".join(attributes)).format(sql.Identifier(role)))
    for name, value in LIMITS.items() if role in LIMITED else ():
        cursor.execute(
            sql.SQL("ALTER ROLE {} SET {} TO %s").format(*map(sql.Identifier, (role, name))),
            [value],
        )
    if password:
        # Hashed here, so that the server's log never sees it.
        hashed = extensions.encrypt_password(password, role, connection, "scram-sha-256")
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)), [hashed])
    secret = "password set" if password else "password left as it was" if known else "no password"
    return f"{role}: {'kept' if known else 'created'}, {secret}"


def _memberships(connection: extensions.connection, cursor: extensions.cursor) -> None:
    options = ""
    if connection.server_version >= GRANT_OPTIONS_SINCE:
        options = " WITH INHERIT FALSE, SET TRUE"
    for member, role in MEMBERSHIPS:
        cursor.execute(
            sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(role), sql.Identifier(member))
        )
    cursor.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)))


def _database(cursor: extensions.cursor, name: str) -> str:
    """Make the database, or see that it belongs to the owner, and close it to strangers."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    known = cursor.fetchone()
    database, owner = sql.Identifier(name), sql.Identifier(OWNER)
    if known:
        cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))
    else:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    users = sql.SQL(", ").join(map(sql.Identifier, (APP, WORKER, REPORT)))
    cursor.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, users))
    cursor.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(BACKUP))
    )
    return f"database {name}: {'kept' if known else 'created'}"


def _extend(connection: extensions.connection, database_name: str) -> list[str]:
    """Create the extensions this server offers; say which it lacks."""
    there = {**connection.info.dsn_parameters, "dbname": database_name}
    if connection.info.password:
        there["password"] = connection.info.password
    other = psycopg2.connect(**there)
    try:
        other.autocommit = True
        with other.cursor() as cursor:
            cursor.execute("SELECT name FROM pg_available_extensions")
            offered = {name for (name,) in cursor.fetchall()}
            for name in EXTENSIONS:
                if name in offered:
                    cursor.execute(
                        sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public").format(
                            sql.Identifier(name)
                        )
                    )
    finally:
        other.close()
    missing = [name for name in EXTENSIONS if name not in offered]
    return [f"extension {name}: not offered by this server" for name in missing]
