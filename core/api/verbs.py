"""Endpoints of verbs: what a service takes is the body, what it says of itself the summary.

    create = Verb(list_hearing)
    record = Verb(record_hearing)

The attribute names the action: `create` makes a row, `partial_update` is PATCH, every other is
POST to an address below the row. The permission is that of the service, If-Match is asked for where
it takes a `version`. What differs has two ways: one field by hand (`on`), or the whole body
(`body`). What differs more is written as a method, with its reason in one line.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.serializers import ListField

from core.api.serializers import (
    Amount,
    Day,
    Figure,
    Hour,
    Input,
    Labelled,
    Nothing,
    Text,
    Truth,
    VisibleRow,
    VisibleRows,
    WholeNumber,
)
from core.choices import KnownCodes
from core.verbs.arguments import Argument, arguments

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

    from core.services import Service

LARGEST = {"PositiveIntegerField": 2_000_000_000, "IntegerField": 2_000_000_000}
MONEY = (14, 2)
SHAPES: dict[str, type[Input]] = {}  # by their name in the document
TELLING = (
    "required",
    "allow_null",
    "allow_blank",
    "max_length",
    "max_value",
    "ahead",
    "known",
    "_choices",
)
STAYS = "What is not named stays as it is."


class Verb:
    """A service as an endpoint of the viewset it is declared in.

    `says`: the summary, where several endpoints share a service. `of`: what is said of the
    body. `on`: fields by hand. `body`: its name in the document where several share a service, or a
    shape by hand. `keeps`: columns of the row that stay when they are not sent. `answers`: the
    shape of the answer where it is not that of the viewset, or the method that shows the row;
    `several`: it makes several rows, and answers them.
    `changes`: the columns a service of several tables takes of this one.
    """

    def __init__(
        self,
        service: Service[..., object],
        *,
        says: str = "",
        of: str = "",
        on: Mapping[str, Any] | None = None,
        body: type[Input] | str = "",
        keeps: Iterable[str] = (),
        changes: Any = None,
        answers: Any = None,
        path: str = "",
        several: bool = False,
    ) -> None:
        self.service, self.says, self.of, self.on = service, says, of, dict(on or {})
        self.body, self.keeps, self.answers, self.path = body, tuple(keeps), answers, path
        self.changes, self.several = changes, several

    def __set_name__(self, viewset: Any, name: str) -> None:
        """Put the endpoint in its place, and tell the viewset of its service, body and version."""
        shape = self.shape(viewset.queryset.model, name)
        viewset.services = viewset.services | {name: self.service}
        viewset.inputs = viewset.inputs | {name: shape}
        version = inspect.signature(self.service.run).parameters.get("version")
        asks = version is not None and version.default is version.empty
        viewset.versioned = viewset.versioned - {name} | ({name} if asks else set())
        setattr(viewset, name, self.endpoint(name, shape, viewset.serializer_class))

    def shape(self, table: object, name: str) -> type[Input]:
        """The strict body: a field for each argument."""
        if not isinstance(self.body, str):
            return self.body
        row = next(iter(inspect.signature(self.service.run).parameters))  # what it is done to
        at_address = name != "create"
        by_hand = {*self.on, row} if at_address else self.on
        taken = arguments(self.service, table, by_hand, self.changes)
        if at_address:
            del taken[row]
        if strange := self.on.keys() - taken:
            raise TypeError(f"{self.service.run.__name__} takes no {', '.join(strange)}")
        fields = {
            argument: deepcopy(self.on[argument]) if read is None else self.field(read)
            for argument, read in taken.items()
        }
        if not fields:
            return Nothing
        for number, field in enumerate(fields.values()):
            field._creation_counter = number  # by which a serializer orders its fields
        words = self.body or self.service.run.__name__.title().replace("_", "") + "Input"
        stays = STAYS if "changes" in inspect.signature(self.service.run).parameters else None
        return shared(type(words, (Input,), fields | {"__doc__": self.of or stays}))

    def field(self, argument: Argument) -> Any:
        """The strict field of the API for it."""
        given: dict[str, Any] = {"allow_null": True} if argument.null else {}
        if argument.optional or argument.name in self.keeps:
            given["required"] = False
        if self.service.takes_version and _listed(argument):
            given["known"] = True  # a record that is corrected may say what it said
        try:
            return field_of(argument, **given)
        except (KeyError, TypeError) as exc:
            words = f"{self.service.run.__name__}: say with on= what `{argument.name}` takes"
            raise TypeError(words) from exc

    def endpoint(self, name: str, shape: type[Input], usual: Any) -> Callable[..., Response]:
        """The method that a request arrives at."""
        service, keeps, answers = self.service, self.keeps, self.answers

        def shown(view: object) -> Any:
            if self.several:
                return partial(answers or usual, many=True)
            return getattr(view, answers) if isinstance(answers, str) else answers

        def create(self: Any, request: Request) -> Response:
            return self.create_with(service, shown(self))

        def change(self: Any, request: Request, pk: str) -> Response:
            return self.change_with(service, shown(self), keeps=keeps)

        run: Any = create if name == "create" else change
        run.__name__, run.__doc__ = name, self.says or service.summary
        if name not in ("create", "partial_update"):
            path = self.path or name.replace("_", "-")
            run = action(detail=True, methods=["post"], url_path=path)(run)
        answer: Any = usual if isinstance(answers, str) else answers or usual
        answer = answer(many=True) if self.several else answer
        responses = {201: answer} if name == "create" else answer
        asked = None if shape is Nothing is not self.body else shape
        return extend_schema(request=asked, responses=responses)(run)


def shared(shape: type[Input]) -> type[Input]:
    """The shape of this name: verbs that take the same share one, others may not."""
    known = SHAPES.setdefault(shape.__name__, shape)
    if outline(known) != outline(shape):
        raise TypeError(f"two bodies are called {shape.__name__}; name one with body=")
    return known


def outline(shape: type[Input]) -> Any:
    """What makes two shapes the same, as far as it can be read without asking the database."""
    fields: dict[str, Any] = shape._declared_fields
    return shape.__doc__, [
        (name, type(field), *(vars(field).get(what) for what in TELLING))
        for name, field in fields.items()
    ]


def field_of(argument: Argument, **given: Any) -> Any:
    """The strict field that takes what this argument takes."""
    kind, item = argument.kind, argument.item
    if item is not None:
        if is_table(item.kind):
            return VisibleRows(rows_of(item.kind), max_length=argument.length or 50, **given)
        return ListField(child=field_of(item), max_length=argument.length, **given)
    if is_table(kind):
        return VisibleRow(rows_of(kind), by=kind.named_by, **given)
    if argument.codes:
        return Labelled(argument.codes, **given | _blank(argument))
    return PLAIN[kind](argument, given)


def _listed(argument: Argument) -> bool:
    return isinstance(getattr(argument.codes, "choices", argument.codes), KnownCodes)


def is_table(kind: object) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Model)


def rows_of(table: Any) -> Any:
    """The rows an argument can name, with what the verbs read beside them."""
    rows = table._default_manager.all()
    return rows.select_related(*table.named_with) if table.named_with else rows


def _text(argument: Argument, given: dict[str, Any]) -> Text:
    return Text(max_length=argument.length, **given | _blank(argument))


def _blank(argument: Argument) -> dict[str, object]:
    return {"allow_blank": True} if argument.blank else {}


def _whole(argument: Argument, given: dict[str, Any]) -> WholeNumber:
    most = argument.rule.most or LARGEST.get(type(argument.column).__name__)
    return WholeNumber(min_value=argument.rule.least, max_value=most, **given)


def _decimal(argument: Argument, given: dict[str, object]) -> Amount | Figure:
    digits, places = MONEY
    if argument.column is not None:
        digits, places = argument.column.max_digits, argument.column.decimal_places  # type: ignore[attr-defined]
    if (digits, places) == MONEY:
        return Amount(**given)
    return Figure(digits, places, least=argument.rule.least, most=argument.rule.most, **given)


PLAIN: dict[Any, Callable[[Argument, dict[str, Any]], Any]] = {
    str: _text,
    bool: lambda _argument, given: Truth(**given),
    int: _whole,
    Decimal: _decimal,
    dt.date: lambda argument, given: Day(ahead=argument.rule.ahead, **given),
    dt.time: lambda _argument, given: Hour(**given),
}
