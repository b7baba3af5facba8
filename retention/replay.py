"""After a restore: what was erased since the backup was made is erased again.

Run as the owner, with a cursor of the database that was restored. Holds are not asked: when it was
erased nothing held it, and what the backup says of then is older.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.files.kept import discard
from exchange.exports.kept import destroy
from retention import answers, ledger

if TYPE_CHECKING:
    from pathlib import Path

    from retention.ledger import Line

AGAIN = """
select e.gone::text[], e.files::text[], e.taken::text[] from retention_erase_rows(
  %s::uuid, %s::uuid, (select id from places_jurisdiction where code = %s), %s, %s::date) e
"""


def replay(cursor: Any, file: Path | None = None) -> int:
    """How many cases were here again and are erased now. Raises `KeyMissing`."""
    again = found(cursor, file)
    for case, line in again:
        cursor.execute("delete from retention_erasure where of_case = %s", [case])
        cursor.execute(AGAIN, [case, line.stone, line.country, line.basis, line.day])
        gone, files, taken = cursor.fetchone()
        answers.forget(cursor, gone)
        discard(map(UUID, files))
        for name in taken:
            destroy(UUID(name))
    return len(again)


def found(cursor: Any, file: Path | None = None) -> list[tuple[str, Line]]:
    """The cases of this database that the ledger says were erased."""
    by_key: dict[int, dict[str, Line]] = defaultdict(dict)
    for line in ledger.lines(file):
        by_key[int(line.digest.partition(":")[0])][line.digest] = line
    if not by_key:
        return []
    cursor.execute("select id::text from casework_case")
    cases = [case for (case,) in cursor.fetchall()]
    return [
        (case, wanted[digest])
        for number, wanted in by_key.items()
        for case in cases
        if (digest := ledger.digest(case, number)) in wanted
    ]


def after_restore(cursor: Any) -> list[str]:
    """A step of every restore (`backups/after_restore.py`); one line where a key is missing."""
    if not ledger.path().exists():
        return []
    try:
        replay(cursor)
    except ledger.KeyMissing as missing:
        return [f"Erasures were not made again: field key {missing} is not here."]
    return []
