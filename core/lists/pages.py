"""A page of a list, as its address asks for it: in which order, from where, and how many there are.

Whatever list it is, its page has the same heads, filters, chips and foot (`templates/components/
list_*.html`). A head is a link where the list declares an order by what stands below it; a list
declares none without an index, so any order costs what the usual one does, in both directions.

How many there are is counted up to a bound: of more it is said that there are more, since a reader
of all offices would wait for a count of every case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.lists import pagination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.access import Actor, ScopedQuerySet
    from core.lists.declared import Errors
    from core.lists.forms import ListFilter
    from core.lists.tables import Column, Table

MOST_COUNTED = 1000
ICONS = {"ascending": "arrow-up", "descending": "arrow-down", "": "arrow-up-down"}


@dataclass(frozen=True)
class Head:
    """The head of a column. `sorted`: which way the rows stand by it, in the words of ARIA;
    `url`: the same list by it, or the other way round."""

    column: Column
    url: str
    sorted: str

    @property
    def icon(self) -> str:
        return ICONS[self.sorted]


@dataclass(frozen=True)
class View:
    """A way of looking at a list that somebody saved; `shared`: an office sees it."""

    name: str
    url: str
    is_open: bool
    shared: bool


@dataclass(frozen=True)
class Look:
    """How a list is looked at. Without `columns`, all of them; `open`: the id of the view that is
    open; the addresses are those of the pages that keep one."""

    columns: frozenset[str] = frozenset()
    open: str = ""
    views: tuple[View, ...] = ()
    save_path: str = ""
    columns_path: str = ""
    change_path: str = ""  # where the open view is one's own
    file_path: str = ""  # where the list becomes a file, if its reader may have one


PLAIN = Look()


class ListPage:
    """One page of rows, already narrowed by `form`. Raises `BadPage` for a cursor nobody gave out;
    an order that the list has not is said, and not obeyed."""

    def __init__(
        self,
        table: Table,
        rows: ScopedQuerySet,
        asked: Mapping[str, str],
        path: str,
        *,
        reader: Actor,
        form: ListFilter | None = None,
        look: Look = PLAIN,
    ) -> None:
        self.table, self.path, self.form, self._all = table, path, form, rows
        self.look = look
        errors: Errors = {}
        self._order = table.listed.order(asked.get("sort", ""), errors)
        self.fault = (
            _("This list has no such order. It is shown in its usual order.") if errors else ""
        )
        self.sort = "" if self._order == table.listed.usual else asked["sort"]
        self._page = self.read(asked.get("cursor", ""))
        self.rows = self._page.rows
        known = table.columns_for(reader)
        wanted = (
            look.columns | {known[0].name} if look.columns else {column.name for column in known}
        )
        self.columns = [column for column in known if column.name in wanted]
        self.shows = {column.name for column in self.columns}

    def read(self, cursor: str) -> pagination.Page:
        """The rows of the page. Raises `BadPage`."""
        return pagination.paginate(self._all, self._order, cursor)

    @property
    def kept(self) -> dict[str, str]:
        """What stays in the address from page to page: the filters, the order, the open view."""
        return (self.form.chosen() if self.form else {}) | self.beside

    @property
    def beside(self) -> dict[str, str]:
        """What stays when a filter is taken away."""
        beside = {"sort": self.sort, "view": self.look.open}
        return {name: value for name, value in beside.items() if value}

    @property
    def save_url(self) -> str:
        """The page that keeps the list as it is looked at now."""
        return pagination.address(self.look.save_path, self.kept)

    @property
    def change_url(self) -> str:
        change = self.look.change_path
        return pagination.address(change, self.kept) if change else ""

    @property
    def columns_url(self) -> str:
        return pagination.address(self.look.columns_path, self.kept)

    @property
    def file_url(self) -> str:
        return pagination.address(self.look.file_path, self.kept) if self.look.file_path else ""

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    @property
    def orders(self) -> list[Head]:
        """The heads that are links: where rows are cards, their heads are not seen."""
        return [head for head in self.heads if head.url]

    @property
    def chips(self) -> list[dict[str, str]]:
        return self.form.chips(self.path, self.beside) if self.form else []

    @property
    def next_url(self) -> str | None:
        return pagination.link(self.path, self.kept, self._page.next)

    @property
    def previous_url(self) -> str | None:
        return pagination.link(self.path, self.kept, self._page.previous)

    @cached_property
    def total(self) -> str:
        """How many there are, in words."""
        count = self.count()
        number = number_format(min(count, MOST_COUNTED), force_grouping=True)
        if count > MOST_COUNTED:
            number = _("more than %(number)s") % {"number": number}
        return self.table.counted(count) % {"count": number}

    def count(self) -> int:
        """No further than one beyond the bound."""
        if not (self._page.next or self._page.previous):
            return len(self.rows)
        return self.up_to(MOST_COUNTED + 1)

    def up_to(self, most: int) -> int:
        """How many there are on all pages, counted no further."""
        return self._all.order_by().values("pk")[:most].count()

    def _head(self, column: Column) -> Head:
        order = self.table.listed.orders.get(column.order)
        if order is None:
            return Head(column, "", "")
        if self._order not in (order, order.turned):
            return Head(column, self._by(column.order), "")
        way = "descending" if self._order.descending else "ascending"
        turned = f"-{column.order}" if self._order == order else column.order
        return Head(column, self._by(turned), way)

    def _by(self, sort: str) -> str:
        return pagination.address(self.path, {**self.kept, "sort": sort})
