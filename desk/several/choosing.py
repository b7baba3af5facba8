"""Which rows of a list somebody chose: those that are ticked, or all of it as it is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models.list_views import ListName
from casework.enums import MOST_AT_ONCE
from casework.ticks import NOTHING, TICKED, WHOLE, an_id, ticked
from core.lists.forms import FILTERS
from core.refusals import gettext as _
from core.services import Refused
from desk.to_do.tasks import key_of, split_key
from desk.to_do.together import open_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import QueryDict

    from accounts.models import User
    from core.models import Record


@dataclass(frozen=True)
class Names:
    """How rows are called in an address. `read`: the name as it is written always, "" for what is
    none; `of`: that of a row; `find`: the rows of these names, as far as they are open."""

    read: Callable[[str], str]
    of: Callable[..., str]
    find: Callable[[Iterable[str], User], list[Record]]


@dataclass(frozen=True)
class Chosen:
    """`gone`: how many are not there for the reader; `more`: the list holds more than can be
    chosen at once."""

    rows: list[Record]
    gone: int = 0
    more: bool = False


def names_in(listed: str) -> Names:
    """Rows of a table by their ids; what is to be done, by its rule and the row it is asked of."""
    if listed == ListName.TASKS:
        return Names(_key, key_of, lambda keys, reader: [*open_of(reader, keys)])

    def find(keys: Iterable[str], reader: User) -> list[Record]:
        """In the usual order of the list."""
        table = FILTERS[listed].table.listed
        rows = table.reach(reader).filter(pk__in=list(keys))
        return list(rows.order_by(*table.usual.order(backwards=False)))

    return Names(an_id, _pk, find)


def chosen(listed: str, asked: QueryDict, reader: User) -> Chosen:
    """As far as they are open to the reader: a row that is not is as one that is nowhere."""
    choice = _whole(listed, asked, reader) if asked.get(WHOLE) else _ticked(listed, asked, reader)
    if not choice.rows:
        raise Refused(NOTHING)
    return choice


def _ticked(listed: str, asked: QueryDict, reader: User) -> Chosen:
    names = ticked(asked, names_in(listed).read)
    rows = names_in(listed).find(names, reader) if names else []
    return Chosen(rows, gone=len(set(asked.getlist(TICKED))) - len(rows))


def _whole(listed: str, asked: QueryDict, reader: User) -> Chosen:
    typed = {name: str(value) for name, value in asked.items()}
    form, errors = FILTERS[listed](typed, user=reader), dict[str, list[str]]()
    table = form.table.listed
    order = table.order(typed.get("sort", ""), errors)
    rows = form.narrow(table.reach(reader)).order_by(*order.order(backwards=False))
    if form.errors or errors:
        words = _("A filter or an order in the address is not one of this list. Choose it again.")
        raise Refused(words)
    records = list(rows[: MOST_AT_ONCE + 1])
    return Chosen(records[:MOST_AT_ONCE], more=len(records) > MOST_AT_ONCE)


def _pk(row: Record) -> str:
    return str(row.pk)


def _key(text: str) -> str:
    _rule, row = split_key(text)
    return text if row else ""
