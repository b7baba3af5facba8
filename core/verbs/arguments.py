"""What a verb takes: the arguments of its service, told by their annotations and by its table.

`arguments` reads a signature. Whatever has the name of a column is told by the column as well: its
codes, its length, its digits. `Column` in an annotation says what neither tells:

    Ahead = Annotated[date, Column(ahead=True)]

`**of: Unpack[…]` are columns of a new row, and must be sent unless their column may be empty or
has a default; what is no column, unless `Column(null=True)`. `**changes: Unpack[…]` are columns
that change; what is not sent stays.
"""

from __future__ import annotations

import datetime as dt
import inspect
import sys
import typing
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, SimpleNamespace, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from django.apps import apps
from django.db.models import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from django.db import models

    from core.services import Service

NOT_SENT = frozenset({"actor", "version"})
SEVERAL = (Sequence, Collection, Iterable, list, tuple)


@dataclass(frozen=True)
class Column:
    """What an argument takes beyond what its type and the column of its name tell."""

    ahead: bool = False  # a day that may lie ahead
    codes: Any = None
    length: int | None = None  # of a text, or of a list
    least: int = 0  # of a number; of a text that a person types, its signs
    most: int | None = None
    null: bool = False  # null may be sent
    blank: bool = False  # "" may be sent
    needed: bool = False  # must be sent and say something, whatever its column allows
    label: Any = ""  # what a person reads, where no column says it or this verb means another
    help: Any = ""


@dataclass(frozen=True)
class Argument:
    """One thing that a verb takes."""

    name: str
    kind: Any  # a type
    item: Argument | None  # of a list: one of it
    optional: bool
    null: bool
    blank: bool
    rule: Column
    column: models.Field[Any, Any] | None
    default: Any  # None where there is none
    together: str  # "of": columns of a new row; "changes": columns that change
    may_be_empty: bool

    @property
    def codes(self) -> object:
        listed = inspect.isclass(self.kind) and issubclass(self.kind, Choices)
        own = self.kind.choices if listed else getattr(self.column, "choices", None)
        return self.rule.codes or own

    @property
    def length(self) -> int | None:
        return self.rule.length or getattr(self.column, "max_length", None)


def arguments(
    verb: Service[..., Any], table: object, by_hand: Container[str] = (), changes: object = None
) -> dict[str, Argument | None]:
    """What is sent for it, in the order of the signature; nothing is read of what is told
    `by_hand`. `changes`: the columns of this table, where the service has several."""
    meta = getattr(table, "_meta", None)  # none of a verb that takes rows of several tables
    columns = {column.name: column for column in meta.concrete_fields} if meta else {}
    return {
        name: None
        if name in by_hand
        else _argument(name, _read(annotation, module), default, columns.get(name), together)
        for name, annotation, module, default, together in _taken(verb.run, changes)
    }


def given_back(verb: Service[..., object]) -> Any:
    """The type of what it gives back."""
    return type_of(verb, inspect.signature(verb.run).return_annotation)


def type_of(verb: Service[..., object], annotation: object) -> Any:
    """The bare type that an annotation of its signature names."""
    return _unwrapped(_read(annotation, verb.run.__module__))[0]


def _taken(
    run: Callable[..., object], changes: object
) -> Iterator[tuple[str, object, str, object, str]]:
    """Name, annotation and where it is written, default, and how columns are taken together."""
    for parameter in inspect.signature(run).parameters.values():
        if parameter.name in NOT_SENT:
            continue
        if parameter.kind is not parameter.VAR_KEYWORD:
            yield parameter.name, parameter.annotation, run.__module__, parameter.default, ""
            continue
        unpacked = get_args(_read(parameter.annotation, run.__module__))
        (columns,) = unpacked or (changes,)
        if columns is None:
            raise TypeError(f"{run.__name__}: say with changes= which columns it takes")
        for name, annotation in columns.__annotations__.items():
            yield name, annotation, columns.__module__, parameter.empty, parameter.name


def _argument(
    name: str, annotation: object, default: object, column: Any, together: str
) -> Argument:
    kind, may_be_none, rule = _unwrapped(annotation)
    has_default = default is not inspect.Parameter.empty
    optional = (has_default and not rule.needed) or together == "changes"
    null, blank = rule.null or (may_be_none and not optional), rule.blank
    first = default if has_default else None
    empty = may_be_none or blank or (has_default and first in (None, "", ()))
    if together and column is not None and not rule.needed:
        optional = optional or column.null or column.blank or column.has_default()
        null, blank = null or column.null, blank or column.blank
        empty = empty or null or blank
    if together and column is None and rule.null:
        optional = True
    several, inner = get_origin(kind) in SEVERAL, get_args(kind)
    item = _argument(name, inner[0], inspect.Parameter.empty, None, "") if several else None
    return Argument(name, kind, item, optional, null, blank, rule, column, first, together, empty)


def _unwrapped(annotation: object) -> tuple[object, bool, Column]:
    """The bare type, whether it may be None, and what `Column` says of it."""
    rule, may_be_none = Column(), False
    while True:
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            rule = next((part for part in parts if isinstance(part, Column)), rule)
            annotation = parts[0]
        elif origin in (Union, UnionType) and NoneType in parts and len(parts) == 2:
            may_be_none, annotation = True, next(part for part in parts if part is not NoneType)
        else:
            return annotation, may_be_none, rule


def _read(annotation: object, module: str) -> Any:
    """The type that an annotation names. Tables and plain types need no import at run time."""
    text = getattr(annotation, "__forward_arg__", annotation)
    names = _known() | vars(sys.modules[module])
    try:
        hints = typing.get_type_hints(
            SimpleNamespace(__annotations__={"it": text}), names, include_extras=True
        )
    except NameError as exc:
        words = f"{module}: import {exc.name} outside TYPE_CHECKING, for {text} is read"
        raise TypeError(words) from exc
    return hints["it"]


@cache
def _known() -> dict[str, object]:
    """Types by name, also where they are imported for the type checker alone."""
    plain = (dt.date, dt.time, dt.datetime, Decimal, UUID, Sequence, Collection, Iterable, Mapping)
    tables = apps.get_models()
    names = Counter(table.__name__ for table in tables)
    once = {table.__name__: table for table in tables if names[table.__name__] == 1}
    return once | {kind.__name__: kind for kind in plain} | {"Any": Any, "Annotated": Annotated}
