"""A list that PostgreSQL writes itself: its lines come by COPY, as the reader, and are only locked.

Possible where nothing of a row needs Python (`core/shortcuts/cells.py`). The lines are those that
Python would write. Before each stand the keys of what it is about, which go on record and not into
the file: so on record is exactly what stands in it.
"""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F

from core.shortcuts.bare import bare_rows, keys_of
from core.shortcuts.rows import cells_of
from exchange.exports.reach import AT_ONCE
from exchange.exports.tables import PartEach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rest_framework.serializers import BaseSerializer

    from core.access import ScopedQuerySet
    from exchange.exports.tables import Tables

MOST = 100  # batches by one statement: each of them looks for its first row anew
TOGETHER = 100  # of these are noted at once: most cases come again and again


def copied(
    shape: BaseSerializer[object], rows: Any, out: Tables
) -> Iterator[Iterator[list[Any]]] | None:
    """Writes the rows, and gives them some batches at a time, as rows that hold their keys alone.
    None: Python has to write this list."""
    columns = cells_of(shape) or {}
    keys = keys_of(rows.model)
    if not isinstance(out, PartEach) or keys is None or list(columns) != out.columns[:-1]:
        return None
    asked = rows.order_by("pk").values_list(*map(F, keys), *out.selected(columns))
    return _portions(rows.model, keys, asked, out)


def _portions(
    model: object, keys: list[str], asked: Any, out: PartEach
) -> Iterator[islice[list[object]]]:
    most, more = MOST * AT_ONCE, asked
    while True:
        lines = _Lines(len(keys), out)
        _copy(more[:most], lines, out.options)
        batches = lines.batches(model, keys)
        for _ in range(0, lines.count, TOGETHER * AT_ONCE):
            yield islice(batches, TOGETHER)
        if lines.count < most:
            return
        more = asked.filter(pk__gt=lines.last)


class _Lines:
    """Takes what COPY gives, a row at a time, and keeps of each the keys, as text."""

    def __init__(self, keys: int, out: PartEach) -> None:
        self.count, self.last = 0, ""
        self._keys, self._held = keys, io.BytesIO()
        self._between, self._put = out.between, out.line

    def write(self, data: bytes) -> None:
        *keys, line = data.split(self._between, self._keys)
        self._held.write(b",".join(keys) + b"\n")
        self._put(line[:-1])
        self.count += 1

    def batches(self, model: object, names: list[str]) -> Iterator[list[object]]:
        self._held.seek(0)
        while some := list(islice(self._held, AT_ONCE)):
            batch = list(bare_rows(model, names, (line[:-1].decode().split(",") for line in some)))
            self.last = batch[-1].pk
            yield batch


def _copy(rows: ScopedQuerySet, into: _Lines, options: str) -> None:
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor, connection.wrap_database_errors:
        text = cursor.mogrify(statement, values).decode()
        cursor.copy_expert(f"copy ({text}) to stdout ({options})", into)
