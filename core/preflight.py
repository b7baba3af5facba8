"""Refuse to serve in a state that cannot protect anyone, and say why in one plain sentence each.

Production start-up asks (web, worker, beat); `manage.py preflight` asks at any time.
"""

from __future__ import annotations

import base64
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, connection

from core import health, installation
from core.access import CaseRows, PersonRows
from core.chain.standing import FEWEST_OFFICERS, disabled_triggers
from core.database import replica
from core.database.roles import LIMITED, LIMITS
from core.files.bucket_faults import store_faults
from core.keys import vouching
from core.local.paths import ROOT
from core.models import AuditEvent
from core.watch.faults import amiss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.utils import CursorWrapper

SHORTEST_SECRET, SHORTEST_TOKEN = 50, 32
FEWEST_SIGNS = 5  # a real key has many different ones
KEY_BYTES = 32
MOST_SKEW = 5.0  # seconds
BOOT_ERROR = 3  # gunicorn gives up at this exit code instead of starting again for ever


def refuse_unsafe() -> None:
    """End this process if anything is wrong; outside production, if the data are not for it."""
    reasons = faults() if settings.PRODUCTION else _asked(_installation)
    if reasons:
        sys.stderr.write("".join(f"Casework does not start: {fault}\n" for fault in reasons))
        sys.stderr.flush()
        raise SystemExit(BOOT_ERROR)


def faults() -> list[str]:
    """Everything that is wrong with the settings and the database."""
    reasons = [*settings_faults(), *files_faults(), *store_faults()]
    return [*reasons, *_asked(database_faults), *replica.faults(_role)]


def settings_faults() -> list[str]:
    """What is wrong before the database is asked anything."""
    return [
        *_secret_key(settings.SECRET_KEY),
        *_field_keys(settings.FIELD_KEYS),
        *(["DEBUG is on: error pages would show what they hold."] if settings.DEBUG else []),
        *(["DEMO is on: the demonstration’s sign-ins are public."] if settings.DEMO_ASKED else []),
        *_hosts(settings.ALLOWED_HOSTS),
        *_officers(settings.HISTORY_OFFICERS),
        *_watchers(settings.METRICS_TOKEN, settings.ERROR_HOOK),
    ]


def files_faults() -> Iterator[str]:
    """What is wrong with the directory of received files, as this process finds it."""
    root = Path(settings.FILES_ROOT)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = root.stat().st_mode & 0o077
    except OSError as error:
        yield f"CASEWORK_FILES: {root} cannot be made or read ({type(error).__name__})."
        return
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        yield f"CASEWORK_FILES: {root} cannot be written by this process."
    if others:
        yield f"CASEWORK_FILES: {root} is open to other users of this machine: chmod 700."
    if root.resolve().is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        yield f"CASEWORK_FILES: {root} lies in what is served to everyone."


def _asked(question: Callable[[CursorWrapper], list[str]]) -> list[str]:
    try:
        with connection.cursor() as cursor:
            return question(cursor)
    except DatabaseError as error:
        return [f"The database does not answer as it should ({type(error).__name__})."]
    finally:
        connection.close()  # processes are forked after this


def database_faults(cursor: CursorWrapper) -> list[str]:
    """What is wrong with the database, as the role of this cursor finds it."""
    walls = _missing(cursor) or [*_rows(cursor), *_triggers(cursor)]
    reasons = [*_installation(cursor), *_role(cursor), *walls, *_word(cursor)]
    return [*reasons, *_limits(cursor), *_disk(cursor), *_clock(cursor)]


def _installation(cursor: CursorWrapper) -> list[str]:
    """Written by newer code, or with other keys."""
    try:
        fault = installation.fault(cursor, settings.FIELD_KEYS)
    except (ValueError, ImproperlyConfigured):
        return []  # no keys at all: said by the settings
    return [fault] if fault else []


def _secret_key(key: str) -> Iterator[str]:
    if not key:
        yield "SECRET_KEY is missing."
    elif key.startswith("django-insecure") or key == _made_for_development("secret_key"):
        yield "SECRET_KEY is one that was made for development."
    elif len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_SIGNS:
        yield f"SECRET_KEY is too short or too plain: {SHORTEST_SECRET} random characters at least."


def _field_keys(keys: str) -> Iterator[str]:
    if not keys:
        yield "FIELD_KEYS is missing."
    elif keys == _made_for_development("field_keys"):
        yield "FIELD_KEYS is one that was made for development."
    elif not all(_sound(part.strip()) for part in keys.split(",")):
        yield "FIELD_KEYS is not sound: each key is a number and 32 random bytes in base64."


def _sound(part: str) -> bool:
    """A number below 65,536 and 32 bytes that nobody typed."""
    number, _, text = part.partition(":")
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return False
    typed = key.isascii() or len(set(key)) < FEWEST_SIGNS
    return number.isdecimal() and int(number) < 2**16 and len(key) == KEY_BYTES and not typed


def _made_for_development(name: str) -> str | None:
    """The key that `core.local` keeps on this machine, if it keeps one."""
    path: Path = ROOT / (os.environ.get("CASEWORK_VAR") or "var") / "secrets" / name
    return path.read_text().strip() if path.is_file() else None


def _hosts(hosts: list[str]) -> Iterator[str]:
    if not hosts:
        yield "ALLOWED_HOSTS is empty: name the addresses people type."
    elif "*" in hosts:
        yield "ALLOWED_HOSTS allows every name: name the addresses people type."


def _officers(addresses: list[str]) -> Iterator[str]:
    """One alone could be leant on, or lose a letter."""
    if addresses and len({address.lower() for address in addresses}) < FEWEST_OFFICERS:
        yield "HISTORY_OFFICERS names fewer than two persons: two at least are sent the head."
    if wrong := [address for address in addresses if not _is_address(address)]:
        yield f"HISTORY_OFFICERS: {len(wrong)} of its addresses cannot be mailed to."


def _watchers(token: str, hook: str) -> Iterator[str]:
    if token and (len(token) < SHORTEST_TOKEN or len(set(token)) < FEWEST_SIGNS):
        yield f"METRICS_TOKEN is too short or too plain: {SHORTEST_TOKEN} random characters."
    if amiss(hook):
        yield "ERROR_HOOK is neither an address nor a function that can be called."


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _role(cursor: CursorWrapper) -> Iterator[str]:
    """Neither the role itself nor any it may become is above the walls."""
    cursor.execute(
        "select current_setting('is_superuser') = 'on' or bool_or(rolsuper), bool_or(rolbypassrls),"
        " bool_or(exists (select from pg_class t join pg_namespace n on n.oid = t.relnamespace"
        "   where t.relowner = r.oid and t.relkind = 'r' and n.nspname = 'public'))"
        " from pg_roles r where pg_has_role(session_user, r.oid, 'member')"
    )
    superuser, bypasses, owner = cursor.fetchone()
    if superuser:
        yield "The database role is a superuser: use casework_app or casework_worker."
        return
    if owner:
        yield "The database role owns the tables: use casework_app or casework_worker."
    if bypasses:
        yield "The database role may bypass row security: use casework_app or casework_worker."


def _walled() -> list[str]:
    """Tables whose rows belong to cases or persons, and their histories."""
    models = apps.get_models()
    ruled = {m for m in models if isinstance(getattr(m, "access", None), CaseRows | PersonRows)}
    events = {m for m in models if getattr(m, "pgh_tracked_model", None) in ruled}
    return sorted(model._meta.db_table for model in ruled | events)


def _missing(cursor: CursorWrapper) -> list[str]:
    """A worker on tables of a former version would fail its jobs for good."""
    if not health.is_migrated(cursor):
        return ["The tables are of a former version: run `manage.py migrate` as the owner."]
    cursor.execute(
        "select name from unnest(%s) name where to_regclass('public.' || name) is null",
        [[*_walled(), *_append_only()[1]]],
    )
    if not cursor.fetchall():
        return []
    return ["The database lacks tables: run `manage.py migrate` as the owner."]


def _rows(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(
        "select name, relrowsecurity, relforcerowsecurity from unnest(%s) name"
        " left join pg_class on oid = to_regclass('public.' || name) order by name",
        [_walled()],
    )
    for table, on, forced in cursor.fetchall():
        if not on:
            yield f"Row security is off on {table}."
        elif not forced:
            yield f"Row security is not forced on {table}."


def _triggers(cursor: CursorWrapper) -> Iterator[str]:
    for table, name in disabled_triggers(cursor):
        yield f"The trigger {name} on {table} is disabled."
    history, kept = _append_only()
    cursor.execute(
        "select name from unnest(%s) name where not exists (select from pg_trigger"
        "   where tgrelid = to_regclass('public.' || name) and tgname like '%%append_only%%')",
        [history],
    )
    for (table,) in cursor.fetchall():
        yield f"Nothing keeps {table} append-only: its trigger is missing."
    cursor.execute(
        "select name from unnest(%s) name where to_regclass('public.' || name) is not null and"
        " (has_table_privilege(session_user, 'public.' || name, 'update, delete, truncate'))",
        [kept],
    )
    for (table,) in cursor.fetchall():
        yield f"The database role may change or delete what is in {table}."
    cursor.execute("select current_setting('session_replication_role')")
    if cursor.fetchone() != ("origin",):
        yield "Triggers do not fire: session_replication_role is not origin."


def _append_only() -> tuple[list[str], list[str]]:
    """Tables of history, kept by triggers too; and all the tables the serving roles only add to."""
    added_to = [m for m in apps.get_models() if getattr(m, "append_only", False)]
    history = [m for m in added_to if m is AuditEvent or hasattr(m, "pgh_tracked_model")]
    return [m._meta.db_table for m in history], [m._meta.db_table for m in added_to]


def _word(cursor: CursorWrapper) -> Iterator[str]:
    """What this process vouches for, the database must believe (`core.keys.vouching`)."""
    cursor.execute("select to_regproc('public.vouched') is not null")
    if cursor.fetchone() == (False,):
        return  # tables are missing as well, and that is said
    cursor.execute("select vouched('preflight', %s)", [vouching.mark("preflight")])
    if cursor.fetchone() == (False,):
        yield (
            "SECRET_KEY is not the one the database knows: nobody could change a password or a"
            " role. Run `manage.py migrate` as the owner with this key."
        )


def _limits(cursor: CursorWrapper) -> Iterator[str]:
    """One bad query must not stop everyone. Of another role it is said that it may not serve."""
    cursor.execute("select session_user, rolconfig from pg_roles where rolname = session_user")
    role, lines = cursor.fetchone()
    has = {line.partition("=")[0] for line in lines or () if not line.endswith("=0")}
    for name in (name for name in LIMITS if role in LIMITED and name.endswith("timeout")):
        if name not in has:
            yield f"The database role has no {name}: run `manage.py provision_roles`."


def _disk(cursor: CursorWrapper) -> Iterator[str]:
    """What was acknowledged must survive a crash."""
    for name in ("synchronous_commit", "fsync", "full_page_writes"):
        cursor.execute("select current_setting(%s)", [name])
        if cursor.fetchone() == ("off",):
            yield f"{name} is off: a crash would lose what people were told is saved."


def _clock(cursor: CursorWrapper) -> Iterator[str]:
    """Ends of memberships, keys and leases are judged by both clocks."""
    before = time.time()
    cursor.execute("select extract(epoch from clock_timestamp())::float8")
    (theirs,) = cursor.fetchone()
    skew = theirs - (before + time.time()) / 2
    if abs(skew) > MOST_SKEW:
        yield f"The clocks of this machine and of the database differ by {abs(skew):.0f} seconds."
