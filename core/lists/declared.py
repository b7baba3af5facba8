"""A list is said once: which rows, for whom, narrowed by what, and in which orders.

The page, the API, a file and what changed since a moment read it here. One that a page reads too
stands beside its models (`casework/lists.py`), any other in the viewset of its noun.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.utils.module_loading import autodiscover_modules

from core.access import ScopedQuerySet
from core.lists import pagination
from core.lists.filters import choice, code, day, identifier, not_read
from core.lists.pagination import Sort
from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.access import Actor
    from core.lists.filters import Filter
    from core.lists.pagination import Page

Errors = dict[str, list[str]]

Rows = TypeVar("Rows", bound=ScopedQuerySet)

LISTS: dict[
    str, tuple[List[Any], Any]
] = {}  # by noun, each with the serializer that shows its rows


class List(Generic[Rows]):
    """Rows of one table as everybody lists them.

    `narrowed`: the filters in their order: names of columns, which say what narrows by them, and
    what no column says, by hand. `orders`: by name the columns, "-" for the latest first, the first
    order by default; each goes both ways. `changed`: the column that says when a row changed; "":
    none does. `recorded`: whether who read it is kept; reference data says no. `seen`: the rows of
    a reader, where the table does not say it, or what is read with them hangs on the reader.
    """

    def __init__(
        self,
        rows: Rows,
        *narrowed: str | Mapping[str, Filter],
        orders: Mapping[str, str | Sort] | None = None,
        changed: str = "updated_at",
        recorded: bool = True,
        seen: str | Callable[[Any, Any], Rows] = "visible_to",
    ) -> None:
        self.rows, self.changed, self.recorded, self.seen = rows, changed, recorded, seen
        self._narrowed, self._orders = narrowed, orders or {"newest": "-created_at"}

    def __set_name__(self, viewset: type[Any], _name: str) -> None:
        viewset.queryset = self.rows

    @cached_property
    def filters(self) -> dict[str, Filter]:
        filters: dict[str, Filter] = {}
        for some in self._narrowed:
            if isinstance(some, str):
                for name in some.split():
                    filters |= _of_column(self.rows.model._meta.get_field(name))
            else:
                filters |= some
        return filters

    @cached_property
    def orders(self) -> dict[str, Sort]:
        return {name: self._sort(order) for name, order in self._orders.items()}

    def _sort(self, order: str | Sort) -> Sort:
        """The last column is unique: the id where none of the others is."""
        if isinstance(order, Sort):
            return order
        columns = order.removeprefix("-").split()
        unique = self.rows.model._meta.get_field(columns[-1]).unique
        last = [] if unique else ["id"]
        return Sort((*columns, *last), descending=order.startswith("-"))

    def order(self, name: str, errors: Errors) -> Sort:
        """The order of this name, "-" for the other way round; the usual one for no name."""
        sort = self.orders.get(name.removeprefix("-"))
        if name and sort is None:
            words = _("One of: %(names)s; with - before it, in reverse.")
            errors["sort"] = [words % {"names": ", ".join(self.orders)}]
        if sort is None:
            return self.usual
        return sort.turned if name.startswith("-") else sort

    @property
    def usual(self) -> Sort:
        return next(iter(self.orders.values()))

    def reach(self, reader: Actor) -> Rows:
        if isinstance(self.seen, str):
            rows: Rows = getattr(self.rows, self.seen)(reader)
            return rows
        return self.seen(self.rows, reader)

    def narrow(
        self, rows: ScopedQuerySet, query: Mapping[str, str], reader: Actor, errors: Errors
    ) -> ScopedQuerySet:
        """The rows that its filters leave; what no filter understands is said in `errors`."""
        for name, rule in self.filters.items():
            if (text := query.get(name)) is not None:
                try:
                    rows = rule.narrow(rows, text, reader)
                except ValueError as exc:
                    errors[name] = [str(exc)]
        return rows

    def whole(self, reader: Actor, query: Mapping[str, str]) -> tuple[ScopedQuerySet, Errors]:
        """All rows as this reader would page through them, and what is wrong with the question."""
        errors = not_read(query, set(self.filters), ())
        return self.narrow(self.reach(reader), query, reader, errors), errors

    def page(self, rows: ScopedQuerySet, cursor: str = "") -> Page:
        """A page of these rows in the usual order. Raises `BadPage`."""
        return pagination.paginate(rows, self.usual, cursor)


def list_of(noun: str) -> tuple[List[Any], Any]:
    """The list of this noun, as in addresses of the API, and the serializer that shows its rows."""
    _all_nouns()
    return LISTS[noun]


@cache
def _all_nouns() -> None:
    """A process that answers no requests has not read yet which noun is which list."""
    autodiscover_modules("api.urls")


def _of_column(column: Any) -> dict[str, Filter]:
    """What narrows by a column: one of its codes, the row it names, its days or its value."""
    name = column.name
    if column.choices:
        return {name: choice(name, column.choices)}
    if isinstance(column, models.ForeignKey):
        table: Any = column.related_model
        by = table.named_by
        return {name: identifier(name) if by == "id" else code(f"{name}__{by}")}
    if isinstance(column, models.DateField):
        act = name.removesuffix("_on").removesuffix("_for")
        return {f"{act}_from": day(f"{name}__gte"), f"{act}_to": day(f"{name}__lte")}
    return {name: identifier(name) if isinstance(column, models.UUIDField) else code(name)}
