"""Rows as their serializer shows them, without its machinery.

What a field reads is found once for a class of serializers, not once a row: a column is taken as
it is, a related row's code through the row, and only what is computed goes through the field. The
result is what `serializer.data` gives, but for values that JSON writes alike (a UUID, a day).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from rest_framework import fields, serializers

from core.fields import Whether
from core.shortcuts import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rest_framework.serializers import BaseSerializer

    from core.access import Scoped

# Fields that show a column as it stands there, where JSON writes that value as they would.
AS_IT_IS = {
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.IntegerField,
    serializers.UUIDField,
}
COLUMNS = (
    *(models.BooleanField, models.CharField, models.TextField, models.DateField),
    *(models.IntegerField, models.UUIDField),
)  # and what is made of them, but for moments


@dataclass(frozen=True)
class Reader:
    """What reads one field of a row, and what it needs beside the row itself."""

    read: Callable[[Any], Any]
    related: tuple[str, ...] | None = ()  # related rows; None: nobody knows
    code: str = ""  # or one value of a related row, by its path
    said: cells.Cell | None = None  # the same, as PostgreSQL says it; None: it cannot


Plan = dict[str, Reader]
_plans: dict[type[Any], Plan | None] = {}


def represented(serializer: BaseSerializer[object], rows: Iterable[object]) -> list[dict[str, Any]]:
    """Every row as this serializer shows it."""
    plan = _plan_of(serializer)
    if plan is None:
        asked = type(serializer)(list(rows), many=True, context=serializer.context)
        return list(asked.data)
    zone = timezone.get_current_timezone()
    readers = [(name, _by(zone, reader.read)) for name, reader in plan.items()]
    return [{name: read(row) for name, read in readers} for row in rows]


def lean(serializer: BaseSerializer[object], rows: Any) -> Any:
    """The rows without the related ones that this serializer does not show; of those shown by
    their code the code alone."""
    plan = _plan_of(serializer)
    if plan is None:
        return rows
    codes = {reader.code for reader in plan.values() if reader.code}
    needed = [reader.related for reader in plan.values()]
    if None in needed:
        there = rows.query.select_related
        given = set(_paths(there)) if isinstance(there, dict) else set()
        names = given - {path.rpartition("__")[0] for path in codes if not _goes_on(path, given)}
    else:
        names = {name for some in needed for name in some or ()}
    rows = rows.select_related(None).annotate(**{_alias(path): F(path) for path in codes})
    return rows.select_related(*names) if names else rows


def cells_of(serializer: object) -> dict[str, cells.Cell] | None:
    """What each field shows, where PostgreSQL can say all of it."""
    return _said(_plan_of(serializer))


def _said(plan: Plan | None) -> dict[str, cells.Cell] | None:
    parts = {name: reader.said for name, reader in plan.items() if reader.said} if plan else {}
    return parts if plan and len(parts) == len(plan) else None


def _paths(tree: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, below in tree.items():
        yield above + name
        yield from _paths(below, f"{above}{name}__")


def _goes_on(path: str, given: set[str]) -> bool:
    """Whether something behind the related row is asked for as well."""
    related = path.rpartition("__")[0]
    return any(name.startswith(f"{related}__") for name in given)


def _alias(path: str) -> str:
    return f"shown_{path.replace('__', '_of_')}"


def _plan_of(serializer: object) -> Plan | None:
    """Kept for the class; None where a field has to be asked, who knows the request."""
    kind = type(serializer)
    if kind not in _plans:
        _plans[kind] = _plan(kind())  # made for this: a plan holds on to no request
    return _plans[kind]


def _plan(serializer: Any) -> Plan | None:
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    if model is None or not _is_plain(serializer):
        return None
    plan: Plan = {}
    for field in serializer._readable_fields:
        reader = _of_relation(field, model) or _of_column(field, model) or _derived(field, model)
        if reader is None:
            return None
        plan[field.field_name] = reader
    return plan


def _is_plain(serializer: BaseSerializer) -> bool:
    """Whether it shows a row field by field, as all do that say nothing else."""
    made = type(serializer).to_representation
    return made is serializers.Serializer.to_representation


def _of_column(field: Any, model: type[Scoped]) -> Reader | None:
    column = next(
        (column for column in model._meta.concrete_fields if column.name == field.source), None
    )
    if column is None:
        return None
    value, kind, formatted = attrgetter(column.attname), type(field), "format" in vars(field)
    if kind is serializers.PrimaryKeyRelatedField:
        return Reader(value, said=cells.of_column(column)) if field.pk_field is None else None
    if kind is serializers.DateTimeField and not formatted:
        return Reader(_Moment(value), said=cells.Cell(cells.Form.MOMENT, column.name))
    if kind in AS_IT_IS and isinstance(column, COLUMNS) and not formatted:
        return Reader(value, said=cells.of_column(column))
    if kind is serializers.ListField and type(getattr(column, "base_field", None)) in COLUMNS:
        return Reader(value, said=cells.of_column(column))
    if kind.__module__ != fields.__name__:
        return None
    return Reader(_written(value, field), said=cells.of_written(field, column))


def _written(value: attrgetter[object], field: Any) -> Callable[[object], object]:
    """As a field of the framework writes it, which knows nothing of the request."""
    return lambda row: None if (content := value(row)) is None else field.to_representation(content)


@dataclass(frozen=True)
class _Moment:
    """As the interface writes a moment: by the clock of the reader, UTC as Z."""

    value: Callable[[Any], Any]
    zone: Any = None  # the reader's, where it was asked for once for all rows

    def __call__(self, row: object) -> str | None:
        moment = self.value(row)
        if moment is None:
            return None
        text: str = moment.astimezone(self.zone or timezone.get_current_timezone()).isoformat()
        return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _by(zone: object, read: Callable[[object], object]) -> Callable[[object], object]:
    return _Moment(read.value, zone) if isinstance(read, _Moment) else read


def _of_relation(field: Any, model: type[Scoped]) -> Reader | None:
    """A related row by its code, or as a serializer of its own shows it."""
    name = field.source
    relations = {
        relation.name: relation for relation in model._meta.get_fields() if relation.is_relation
    }
    relation = relations.get(name)
    if relation is None or not (relation.many_to_one or relation.one_to_one):
        return None
    if type(field) is serializers.SlugRelatedField:
        return _code(name, field.slug_field, relation)
    if isinstance(field, serializers.Serializer):
        always = relation.concrete and not relation.null
        plan = _plan(field) if field.allow_null or always else None
        if plan is None or any(value.related is None or value.code for value in plan.values()):
            return None
        readers = [(key, reader.read) for key, reader in plan.items()]
        below = [f"{name}__{path}" for reader in plan.values() for path in reader.related or ()]
        parts = _said(plan) if relation.one_to_one and not relation.concrete else None
        return Reader(
            lambda row: _if_there(row, name, lambda of: {key: read(of) for key, read in readers}),
            (name, *below),
            said=cells.Cell(cells.Form.NESTED, name, parts) if parts else None,
        )
    return None


def _code(name: str, slug: str, relation: Any) -> Reader:
    """Read with the row where it is lean, else through the related row."""
    path, through = f"{name}__{slug}", attrgetter(slug.replace("__", "."))
    alias = _alias(path)

    def read(row: object) -> Any:
        values = row.__dict__
        return values[alias] if alias in values else _if_there(row, name, through)

    column = None if "__" in slug else relation.related_model._meta.get_field(slug)
    return Reader(read, (), path, cells.of_column(column, path) if column else None)


def _if_there(row: object, name: str, show: Callable[[object], object]) -> object:
    of = getattr(row, name, None)  # a row that is not there counts as a missing attribute
    return None if of is None else show(of)


def _derived(field: Any, model: type[Scoped]) -> Reader | None:
    """A property of the row that says yes or no; what it reads is its own matter."""
    name = str(field.source)
    made = getattr(model, name, None)
    if not isinstance(made, property) or type(field) is not serializers.BooleanField:
        return None
    if not isinstance(made, Whether):
        return Reader(attrgetter(name), None)
    cell = cells.Cell(cells.Form.WHETHER, made.column, value=made.value)
    return Reader(attrgetter(name), said=cell)
