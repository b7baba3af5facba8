"""Opens samples of what a restored copy holds encrypted: values of every column, and files."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from psycopg2 import sql

from core import rekeying
from core.files import vault
from core.keys import crypto

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

OF_A_COLUMN, OF_FILES = 20, 50
THERE = """
select from information_schema.columns
 where table_schema = 'public' and table_name = %s and column_name = %s
"""
FILES = "select id, data_key, sha256 from casework_storedfile order by md5(id::text) limit %s"


def values(cursor: Any, keys: str) -> Iterator[str]:
    """Those that do not open, a line for each column."""
    for column in rekeying.columns():
        cursor.execute(THERE, [column.table, column.name])
        if not cursor.rowcount:
            continue  # of a newer version
        cursor.execute(
            sql.SQL("select {key}, {name} from {table} where {name} is not null limit %s").format(
                key=sql.Identifier(column.key),
                name=sql.Identifier(column.name),
                table=sql.Identifier(column.table),
            ),
            [OF_A_COLUMN],
        )
        shut = sum(
            not crypto.opens(bytes(value), column.place(key), keys)
            for key, value in cursor.fetchall()
        )
        if shut:
            yield f"{column}: {shut} of {cursor.rowcount} values do not open with these keys"


def files(cursor: Any, keys: str, root: Path) -> Iterator[str]:
    """Samples that do not open, or are not what was received."""
    cursor.execute(FILES, [OF_FILES])
    shut = sum(not _opens(row, keys, root) for row in cursor.fetchall())
    if shut:
        yield f"received files: {shut} of {cursor.rowcount} do not open as they were received"


def _opens(row: tuple[UUID, Any, Any], keys: str, root: Path) -> bool:
    pk, data_key, sha256 = row
    digest = hashlib.sha256()
    try:
        key = crypto.decrypt(bytes(data_key), f"casework_storedfile|data_key|{pk}", keys)
        file = (root / pk.hex[:2] / pk.hex).open("rb")
        with vault.Reader(file, base64.b64decode(key), pk) as text:
            for part in vault.parts(text):
                digest.update(part)
    except (OSError, crypto.Unreadable):
        return False
    return digest.digest() == bytes(sha256)
