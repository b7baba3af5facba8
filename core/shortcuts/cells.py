"""What a field of a row shows, said so that PostgreSQL can write a file of rows.

`rows.py` finds what a field reads; here it becomes an expression, once as a value of JSON and once
as a cell of CSV. Both come out as Python would write them, sign by sign; what cannot be said like
that (what is encrypted, computed, or rounded) has no `Said`, and its list is written by Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from rest_framework import serializers

from core.sheets.spreadsheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Field
    from django.db.models.expressions import Combinable

FORMULAS = rf"^ *[{''.join(FORMULA).replace('-', '')}-]"  # in the words of PostgreSQL


JOINED = (models.CharField, models.TextField, models.UUIDField, models.IntegerField)
YES_NO = "case %(expressions)s when true then 'True' when false then 'False' end"
HOUR = "to_char(%(expressions)s, 'HH24:MI')"
DIGITS = (
    "replace(to_char(timezone(%(expressions)s), 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '')"
)
OFF: Any = {
    "arg_joiner": " as at, ",
    "template": "(select case when off = interval '0' then 'Z'"
    " when off < interval '0' then '-' || to_char(-off, 'HH24:MI')"
    " else '+' || to_char(off, 'HH24:MI') end"
    " from (select timezone(zone, at) - timezone('UTC', at) as off"
    " from (select %(expressions)s as zone) given) clock)",
}  # how far a clock is from UTC at a moment


class Form(Enum):
    AS_IT_IS = auto()  # an id, a day, a whole number
    TEXT = auto()
    YES_NO = auto()
    MOMENT = auto()
    HOUR = auto()
    AMOUNT = auto()
    LIST = auto()
    WHETHER = auto()  # whether a column has this value
    NESTED = auto()  # a related row, by parts


@dataclass(frozen=True)
class Cell:
    form: Form
    path: str
    parts: Mapping[str, Cell] = field(default_factory=dict)
    value: Any = None


def of_column(column: Field, path: str = "") -> Cell | None:
    """A column shown as it stands there."""
    kind, path = type(column), path or column.name
    if isinstance(column, models.ForeignKey):
        return of_column(column.target_field, path)
    if isinstance(column, models.BooleanField):
        return Cell(Form.YES_NO, path)
    if isinstance(column, models.CharField | models.TextField):
        return Cell(Form.TEXT, path)
    if isinstance(column, models.UUIDField | models.IntegerField) or kind is models.DateField:
        return Cell(Form.AS_IT_IS, path)
    if isinstance(getattr(column, "base_field", None), JOINED):
        return Cell(Form.LIST, path)
    return None


def of_written(writer: object, column: Field) -> Cell | None:
    """A column that its field writes in a form of its own."""
    if type(writer) is serializers.TimeField and vars(writer).get("format") == "%H:%M":
        return Cell(Form.HOUR, column.name)
    if type(writer) is serializers.DecimalField and isinstance(column, models.DecimalField):
        same = writer.decimal_places == column.decimal_places
        usual = not (
            writer.localize or writer.normalize_output or "coerce_to_string" in vars(writer)
        )
        return Cell(Form.AMOUNT, column.name) if same and usual else None
    return None


def value(part: Cell, above: str = "") -> Combinable:
    """As a value of JSON."""
    at = F(above + part.path)
    if part.form is Form.MOMENT:
        return _moment(at)
    if part.form is Form.HOUR:
        return _text("", at, template=HOUR)
    if part.form is Form.AMOUNT:
        return Cast(at, models.TextField())
    if part.form is Form.WHETHER:
        there = Q(**{above + part.path: part.value})
        return Case(When(there, then=True), default=False, output_field=models.BooleanField())
    return _if_there(part, above) if part.form is Form.NESTED else at


def cell(part: Cell) -> Combinable:
    """As a cell of CSV."""
    expression = value(part)
    if part.form in (Form.YES_NO, Form.WHETHER):
        return _text("", expression, template=YES_NO)
    if part.form is Form.LIST:
        expression = _text("array_to_string", expression, Value("; "), Value("None"))
    if part.form in (Form.TEXT, Form.LIST, Form.AMOUNT):
        return _text("nullif", _harmless(expression), Value(""))
    return expression


def _text(function: str, *parts: object, **more: object) -> Func:
    return Func(*parts, function=function, output_field=models.TextField(), **more)


def _harmless(text: object) -> Combinable:
    """As `spreadsheets.harmless` does."""
    return _text("regexp_replace", text, Value(f"({FORMULAS})"), Value(r"'\1"))


def _moment(at: object) -> Combinable:
    """As `rows._Moment` does: by the clock of the reader, UTC as Z, small parts where there are."""
    zone = Value(timezone.get_current_timezone_name())
    if zone.value == "UTC":
        return _text("", zone, at, template=f"{DIGITS} || 'Z'")
    digits, off = _text("", zone, at, template=DIGITS), _text("", at, zone, **OFF)
    return _text("", digits, off, arg_joiner=" || ")


class _Row(Func):
    """A row of JSON, of parts by name."""

    def __init__(self, parts: dict[str, object]) -> None:
        super().__init__(*parts.values(), output_field=models.TextField())
        self.names = tuple(parts)

    def as_sql(self, compiler: Any, connection: Any, *_: object, **_how: object) -> Any:
        pairs = [compiler.compile(part) for part in self.get_source_expressions()]
        quote = connection.ops.quote_name
        columns = (f"{sql} as {quote(n)}" for n, (sql, _) in zip(self.names, pairs, strict=True))
        values = tuple(value for _sql, params in pairs for value in params)
        made = f"(select row_to_json(said) from (select {', '.join(columns)}) said)"  # noqa: S608
        return made, values


def row(parts: Mapping[str, Cell], more: Mapping[str, object], above: str = "") -> Any:
    """A whole row, as JSON."""
    return _Row({name: value(part, above) for name, part in parts.items()} | dict(more))


def _if_there(part: Cell, above: str) -> Case:
    below = f"{above}{part.path}__"
    missing = When(**{f"{below}pk__isnull": True}, then=None)
    return Case(missing, default=row(part.parts, {}, below), output_field=models.TextField())
