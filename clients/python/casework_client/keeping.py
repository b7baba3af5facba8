"""A copy of lists, kept up by what changed: a DuckDB file, or a folder with a Parquet file each.

A copy that was cut short begins again where the last whole one ended: rows have one place each, and
from when on to ask is written last. So nothing comes twice, and nothing is left out.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from casework_client import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework_client.generated import AuthenticatedClient

BEGINNING = "2020-01-01T00:00:00+00:00"
TABLES = """
CREATE TABLE IF NOT EXISTS kept (noun VARCHAR, id VARCHAR, row JSON, PRIMARY KEY (noun, id));
CREATE TABLE IF NOT EXISTS asked (noun VARCHAR PRIMARY KEY, until VARCHAR);
"""


class Copy:
    """Of lists, in a DuckDB file: a view by the name of each."""

    def __init__(self, where: str) -> None:
        self.db = duckdb.connect(where)
        self.db.execute(TABLES)

    def since(self, noun: str) -> str:
        found = self.db.execute("SELECT until FROM asked WHERE noun = ?", [noun]).fetchone()
        return found[0] if found else BEGINNING

    def write(self, noun: str, rows: list[dict[str, Any]], gone: list[str]) -> None:
        """One page, all of it or nothing."""
        self.db.execute("BEGIN")
        self.db.execute(
            "INSERT OR REPLACE INTO kept SELECT ?, row ->> 'id', row"
            " FROM (SELECT unnest(from_json(?, '[\"JSON\"]')) AS row)",
            [noun, json.dumps(rows)],
        )
        self.db.execute(
            "DELETE FROM kept WHERE noun = ? AND id IN (SELECT unnest(?))", [noun, gone]
        )
        self.db.execute("COMMIT")

    def end(self, noun: str, until: str) -> None:
        """The copy of this list is whole: from when on to ask next time."""
        self.db.execute("BEGIN")
        self.db.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", [noun, until])
        self.db.execute(f'CREATE OR REPLACE VIEW "{noun}" AS {self.columns(noun)}')
        self.db.execute("COMMIT")

    def columns(self, noun: str) -> str:
        """The rows as a table, a column for each field; what differs in type is text."""
        shape = "SELECT json_group_structure(row) FROM kept WHERE noun = ?"
        (found,) = self.db.execute(shape, [noun]).fetchone() or (None,)
        fields = (found or '{"id": "VARCHAR"}').replace('"NULL"', '"VARCHAR"').replace("'", "''")
        return f"SELECT unnest(json_transform(row, '{fields}')) FROM kept WHERE noun = '{noun}'"


class Folder(Copy):
    """Of lists, a Parquet file each, which is put in place whole."""

    def __init__(self, where: str) -> None:
        super().__init__(":memory:")
        self.folder = Path(where)
        self.folder.mkdir(parents=True, exist_ok=True)

    def since(self, noun: str) -> str:
        file = self.folder / f"{noun}.parquet"
        if file.exists():
            found = self.db.execute(
                "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'until'",
                [str(file)],
            ).fetchone()
            self.db.execute(
                "INSERT OR REPLACE INTO kept SELECT ?, t.id, to_json(t) FROM read_parquet(?) AS t",
                [noun, str(file)],
            )
            return found[0] if found else BEGINNING
        return BEGINNING

    def end(self, noun: str, until: str) -> None:
        made = self.folder / f".{noun}.parquet"
        self.db.execute(
            f"COPY ({self.columns(noun)}) TO '{made}'"
            f" (FORMAT parquet, KV_METADATA {{until: '{until}'}})"
        )
        made.replace(self.folder / f"{noun}.parquet")


def sync(ask: Callable[..., Any], client: AuthenticatedClient, noun: str, copy: Copy) -> int:
    """Bring the copy of one list up to date. How many pages that took."""
    since, until, number = dt.datetime.fromisoformat(copy.since(noun)), "", 0
    for page in pages(ask, client=client, updated_since=since):
        # Of the first page: what changes meanwhile comes next time.
        until = until or page.until.isoformat()
        copy.write(noun, [row.to_dict() for row in page.results], [str(key) for key in page.gone])
        number += 1
    copy.end(noun, until)
    return number
