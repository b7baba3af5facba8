"""After a restore: what was erased since the backup was made is erased again.

Run as the owner, with a cursor of the database that was restored. Holds are not asked: when it was
erased nothing held it, and what the backup says of then is older.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.files.received import discard
from exchange.exports.files import destroy
from retention import answers, ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retention.ledger import Line

AGAIN = """
select e.gone::text[], e.files::text[], e.taken::text[] from retention_erase_rows(
  %s::uuid, %s::uuid, %s::uuid[], %s::uuid,
  (select id from places_jurisdiction where code = %s), %s, %s::date) e
"""
# What a line may name; and that which it erases is not proposed again.
TABLES = {
    "case": ("casework_case",),
    "person": ("victims_victim",),
    "papers": ("casework_document", "casework_note"),
}
PROPOSED = """
delete from retention_erasure
 where of_person = %(person)s::uuid or of_case = %(case)s::uuid and of_person is null
"""


def replay(cursor: Any, file: Path | None = None, root: Path | None = None) -> int:
    """How many cases and survivors were here again and are erased now. Raises `KeyMissing`.

    `root`: the folder with the files of this database, where it is not that of this machine.
    """
    again = rows_of_lines(cursor, file)
    for line, case, person, papers in again:
        cursor.execute(PROPOSED, {"case": case, "person": person})
        facts = [line.stone, line.country, line.basis, line.day]
        cursor.execute(AGAIN, [case, person, papers, *facts])
        gone, files, taken = cursor.fetchone()
        answers.forget(cursor, gone)
        discard(map(UUID, files), root)
        for name in taken:
            destroy(UUID(name), root)
    return len({line.stone for line, *_rows in again})


def rows_of_lines(
    cursor: Any, file: Path | None = None
) -> list[tuple[Line, str | None, str | None, list[str]]]:
    """By each line what of it is in this database: a case; or each record of a survivor, who may
    have had several then, and the papers."""
    lines = list(ledger.lines(file))
    wanted = {digest for line in lines for digest in (line.digest, *line.also)}
    here = {what: _here(cursor, tables, wanted) for what, tables in TABLES.items()}
    again: list[tuple[Line, str | None, str | None, list[str]]] = []
    for line in lines:
        if not line.person:
            if case := here["case"].get(line.digest):
                again.append((line, case, None, []))
            continue
        named = dict.fromkeys((line.digest, *line.also))
        papers = [here["papers"][digest] for digest in named if digest in here["papers"]]
        again += [
            (line, None, here["person"][digest], papers)
            for digest in named
            if digest in here["person"]
        ]
    return again


def _here(cursor: Any, tables: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """By its digest the id of each row of these tables that is wanted."""
    numbers: dict[int, set[str]] = defaultdict(set)
    for digest in wanted:
        numbers[int(digest.partition(":")[0])].add(digest)
    ids: list[str] = []
    for table in tables if numbers else ():
        cursor.execute(f"select id::text from {table}")  # noqa: S608 - words of our own
        ids += [pk for (pk,) in cursor.fetchall()]
    return {
        digest: pk
        for number, these in numbers.items()
        for pk in ids
        if (digest := ledger.digest(pk, number)) in these
    }


def after_restore(cursor: Any, files: Path) -> list[str]:
    """A step of every restore (`backups/after_restore.py`); one line where a key is missing."""
    if not ledger.path().exists():
        return []
    try:
        replay(cursor, root=files)
    except ledger.KeyMissing as missing:
        return [f"Erasures were not made again: field key {missing} is not here."]
    return []
