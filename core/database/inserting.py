"""Rows of a file written at once, their values as they were read.

What `bulk_create` and `bulk_update` do, without asking each field about each value: of a file they
have been asked. Rows are a microsecond apart, so that their order stays.

A verb of a file is the rule of the verb, which gives a row or refuses, and one statement for the
many rows: so a file takes some 50 statements and has no idea of its own of what is allowed. COPY
into staging tables would need the rules a second time in SQL.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extras import execute_values

if TYPE_CHECKING:
    from django.db.models import Field, Model

STEP = timedelta(microseconds=1)
MADE_ANEW = (models.BinaryField, models.JSONField, ArrayField)  # for the database
AS_IT_STANDS = (
    models.Field.pre_save,
    models.DateField.pre_save,
    models.DateTimeField.pre_save,
    models.TimeField.pre_save,
)


def insert(model: type[Model], rows: list[Any]) -> None:
    """All of them in one statement. They are behind the policies as any other."""
    if not rows:
        return
    names, columns, places = [], [], []
    for field in model._meta.concrete_fields:
        values = _values(field, rows)
        left_to_it = sum(isinstance(value, DatabaseDefault) for value in values)
        if left_to_it and left_to_it < len(values):
            model._default_manager.bulk_create(rows)  # the rows differ in which columns they have
            return
        if not left_to_it:
            names.append(field.column)
            columns.append(values)
            array = isinstance(field, ArrayField)
            places.append(f"%s::{field.db_type(connection)}" if array else "%s")
    words = sql.SQL("insert into {} ({}) values %s").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
    )
    _write(words, places, columns)


def amend_each(model: Any, rows: list[Any], *names: str) -> None:
    """These fields of rows that are there, and with them a new version of each, in one statement.

    Nobody else knows the rows yet: they were written in this transaction.
    """
    if not rows:
        return
    for row in rows:
        row.version += 1
    fields = [model._meta.get_field(name) for name in ("id", *names, "version", "updated_at")]
    columns = [sql.Identifier(field.column) for field in fields]
    words = sql.SQL(
        "update {} kept set {} from (values %s) said ({}) where kept.id = said.id"
    ).format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.SQL("{0} = said.{0}").format(name) for name in columns[1:]),
        sql.SQL(", ").join(columns),
    )
    places = [f"%s::{field.db_type(connection)}" for field in fields]
    _write(words, places, [_values(field, rows) for field in fields])


def _write(words: Any, places: list[str], columns: list[list[object]]) -> None:
    with connection.cursor() as cursor:
        text = words.as_string(cursor.connection)
        lines = zip(*columns, strict=True)
        execute_values(cursor, text, lines, f"({', '.join(places)})", len(columns[0]))


def _values(field: Field, rows: list[Model]) -> list[object]:
    if isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add):
        now = timezone.now()
        return [now + number * STEP for number in range(len(rows))]
    if isinstance(field, MADE_ANEW) or type(field).pre_save not in AS_IT_STANDS:
        return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows]
    values = [vars(row)[field.attname] for row in rows]
    if isinstance(getattr(field, "target_field", field), models.UUIDField):
        return [str(key) if isinstance(key, UUID) else key for key in values]  # quoted faster so
    return values
