"""Rows of several tables, read in one statement.

A page of a case shows some twenty tables, and each question of its own is a way to the database and
back. Here every query stays as it was written. PostgreSQL puts the rows of each into an array, in
their order, and Django makes of them what it always makes.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import ForeignKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Expression, Model, QuerySet

    Reading = Callable[[Any], object]

# Kinds of columns that JSON gives as the database does.
AS_THEY_ARE = {
    *("BooleanField", "CharField", "TextField", "SlugField", "EmailField"),
    *("IntegerField", "SmallIntegerField", "BigIntegerField", "BigAutoField"),
    *("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"),
}
READ: dict[str, Reading] = {
    "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "JSONField": partial(json.dumps, default=float),
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}


def read_together(*asked: QuerySet[Model, object]) -> None:
    """Read the rows of each of these; none of them asks again when somebody goes through it.

    One with a column of any other kind reads by itself, as it would have anyway.
    """
    known = [_Asked(rows) for rows in asked]
    several = [query for query in known if query.is_understood]
    if len(several) < 2:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join(query.text for query in several),
            [value for query in several for value in query.given],
        )
        for query, answer in zip(several, cursor.fetchone(), strict=True):
            query.take(answer)


class _Asked:
    """One of the queries. Nothing is asked where the ORM knows that there can be no row."""

    def __init__(self, rows: QuerySet[Model, object]) -> None:
        self.rows: Any = rows
        self.compiler: Any = rows.query.get_compiler(connection=connection)
        self.is_understood = False
        try:
            text, self.given = self.compiler.as_sql()
        except EmptyResultSet:
            return
        self._kinds = [_kind(column) for column, _words, _alias in self.compiler.select]
        self.is_understood = None not in self._kinds and not rows.query.distinct
        names = ", ".join(f"c{number}" for number in range(len(self._kinds)))
        self.text = f"array(select to_json(t)::text from ({text}) t({names}))"  # noqa: S608

    def take(self, texts: list[str]) -> None:
        """Let Django make of these what it makes of the rows of a statement."""
        values = [self._values(row) for row in texts]
        query = self.rows.query
        self.compiler.execute_sql = lambda *_a, **_k: [values]
        query.get_compiler = lambda *_a, **_k: self.compiler
        try:
            self.rows._result_cache = list(self.rows._iterable_class(self.rows))
        finally:
            del query.get_compiler

    def _values(self, row: str) -> list[object]:
        values = json.loads(row, parse_float=Decimal).values()
        return [
            value if value is None or kind is None else kind(value)
            for value, kind in zip(values, self._kinds, strict=True)
        ]


def _kind(column: Expression) -> Reading | None:
    """How a value of this column is read; None where nobody said."""
    field: Any = column.output_field
    while isinstance(field, ForeignKey):
        field = field.target_field
    if isinstance(field, ArrayField):
        field = field.base_field
        return _same if field.get_internal_type() in AS_THEY_ARE else None
    kind = field.get_internal_type()
    return _same if kind in AS_THEY_ARE else READ.get(kind)


def _same(value: object) -> object:
    return value
