"""Whether this code, with these keys, may work with this database: asked before anything else is.

The row that answers is written as the owner at the end of `migrate`. Nothing here needs models, so
that `make run` can ask, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.keys import crypto

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from django.db.migrations.operations import RunSQL

# Raised together with a migration that older code cannot work with, and only then
# (docs/how-to/break-older-code.md). Since 0.2.0 it is 2.
SCHEMA = 2
# A migration that every database from before 0.2 was made by, and none after.
EARLIER = ("core", "0002_history")
SEAL = "Opened by the keys of this database"
PLACE = "core_installation|sealed|1"
NEWER = (
    "This database needs a newer Casework (schema {needed}; this is {here}). "
    "Install the newer one, or restore the copy made before it was brought up to date."
)
TOO_OLD = "This database was made before 0.2; its demonstration can be made anew by `make reset`."
OTHER_KEYS = (
    "FIELD_KEYS do not open this database: names in it would be lost. "
    "Give the keys it was written with."
)
KEYS_LOST = (
    "The keys of this database are missing (var/secrets/field_keys), and no new ones are made: "
    "they would not open it. Put the kept ones back, or set FIELD_KEYS."
)


def fault(cursor: CursorWrapper, keys: str) -> str | None:
    """Why this database must not be worked with; nothing for one that is new."""
    if _is_earlier(cursor):
        return TOO_OLD
    row = _row(cursor)
    if row is None:
        return None
    oldest_code, sealed = row
    if oldest_code > SCHEMA:
        return NEWER.format(needed=oldest_code, here=SCHEMA)
    if sealed is not None and not crypto.opens(bytes(sealed), PLACE, keys):
        return OTHER_KEYS
    return None


def is_sealed(cursor: CursorWrapper) -> bool:
    """Whether it was written with keys that must be kept."""
    row = _row(cursor)
    return row is not None and row[1] is not None


def older_code_breaks(schema: int) -> RunSQL:
    """For a migration after which code below this schema must not serve."""
    from django.db.migrations.operations import RunSQL  # noqa: PLC0415 - see above

    return RunSQL(
        f"update core_installation set oldest_code = greatest(oldest_code, {schema:d})",  # noqa: S608
        RunSQL.noop,
    )


def _is_earlier(cursor: CursorWrapper) -> bool:
    cursor.execute("select to_regclass('public.django_migrations') is not null")
    if cursor.fetchone() != (True,):
        return False
    cursor.execute(
        "select exists (select from django_migrations where (app, name) = %s)", [EARLIER]
    )
    return bool(cursor.fetchone()[0])


def _row(cursor: CursorWrapper) -> Any:
    cursor.execute("select to_regclass('public.core_installation') is not null")
    if cursor.fetchone() != (True,):
        return None
    cursor.execute("select oldest_code, sealed from core_installation")
    return cursor.fetchone()
