"""A list that PostgreSQL writes itself: its lines come by COPY, as the reader, and are only locked.

Possible where nothing of a row needs Python (`core/api/cells.py`). The lines are those that Python
would write. Before each stand the keys of what it is about, which go on record and not into the
file: so on record is exactly what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F

from core.access import Id
from core.api.rows import said
from exchange.exports.reach import AT_ONCE, keys_of
from exchange.exports.tables import PartEach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exchange.exports.tables import Tables

MOST = 20  # batches by one statement; of them the keys are in memory


def copied(view: Any, rows: Any, out: Tables) -> Iterator[list[list[Any]]] | None:
    """Writes the rows, and gives them some batches at a time, as rows that hold their keys alone.
    None: Python has to write this list."""
    columns = said(view.get_serializer()) or {}
    keys = keys_of(rows.model)
    if not isinstance(out, PartEach) or keys is None or list(columns) != out.columns[:-1]:
        return None
    asked = rows.order_by("pk").values_list(*map(F, keys), *out.selected(columns))
    return _portions(rows.model, keys, asked, out)


def _portions(model: Any, keys: list[str], asked: Any, out: PartEach) -> Iterator[list[list[Any]]]:
    most, more = MOST * AT_ONCE, asked
    while True:
        lines = _Lines(len(keys), out)
        _copy(more[:most], lines, out.options)
        found = [_row(model, keys, one) for one in lines.keys]
        del lines
        if not found:
            return
        last, full = found[-1].pk, len(found) == most
        yield [found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE)]
        del found  # before the next ones come
        if not full:
            return
        more = asked.filter(pk__gt=last)


def _row(model: Any, names: list[str], keys: list[bytes]) -> Any:
    """A row of which nothing is known but its keys: asked for more, it fails."""
    row = model.__new__(model)
    ids = (Id(key.decode()) if key else None for key in keys)
    row.__dict__ = dict(zip(names, ids, strict=True))
    return row


class _Lines:
    """Takes what COPY gives, a row at a time, and keeps of each the keys."""

    def __init__(self, count: int, out: PartEach) -> None:
        self.keys = list[list[bytes]]()
        self._count, self._between, self._put = count, out.between, out.line

    def write(self, data: bytes) -> None:
        *keys, line = data.split(self._between, self._count)
        self.keys.append(keys)
        self._put(line[:-1])


def _copy(rows: Any, into: _Lines, options: str) -> None:
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor, connection.wrap_database_errors:
        text = cursor.mogrify(statement, values).decode()
        cursor.copy_expert(f"copy ({text}) to stdout ({options})", into)
