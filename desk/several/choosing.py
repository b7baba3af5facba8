"""Which rows of a list somebody chose: those that are ticked, or all of it as it is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.enums import MOST_AT_ONCE
from core.list_forms import FILTERS
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from accounts.models import User
    from core.models import Record

# In an address; `FROM_TICKS`: rows were to be ticked, so none is not the whole list.
TICKED, WHOLE, FROM_TICKS = "row", "all", "ticked"
NOTHING = gettext_lazy("Nothing was chosen. Tick some rows in the list first.")


@dataclass(frozen=True)
class Chosen:
    """`gone`: how many are not there for the reader; `more`: the list holds more than can be
    chosen at once."""

    rows: list[Record]
    gone: int = 0
    more: bool = False


def chosen(listed: str, asked: QueryDict, reader: User) -> Chosen:
    """As far as they are open to the reader: a row that is not is as one that is nowhere."""
    found = _whole(listed, asked, reader) if asked.get(WHOLE) else _ticked(listed, asked, reader)
    if not found.rows:
        raise Refused(str(NOTHING))
    return found


def rows_of(listed: str, keys: Iterable[UUID], reader: User) -> list[Record]:
    """In the usual order of the list."""
    table = FILTERS[listed].table.listed
    rows = table.reach(reader).filter(pk__in=list(keys))
    return list(rows.order_by(*table.usual.order(backwards=False)))


def ticked(asked: QueryDict) -> set[UUID]:
    """Those that are ticked, where not all of the list is taken. Raises `Refused` for too many, and
    for none where the address comes from the ticks."""
    texts = set() if asked.get(WHOLE) else set(asked.getlist(TICKED))
    if len(texts) > MOST_AT_ONCE:
        raise Refused(_("Choose from 1 to %(n)s rows.") % {"n": MOST_AT_ONCE})
    keys = {key for text in texts if (key := uuid_of(text))}
    if not keys and (texts or (asked.get(FROM_TICKS) and not asked.get(WHOLE))):
        raise Refused(str(NOTHING))
    return keys


def _ticked(listed: str, asked: QueryDict, reader: User) -> Chosen:
    keys = ticked(asked)
    rows = rows_of(listed, keys, reader) if keys else []
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
    found = list(rows[: MOST_AT_ONCE + 1])
    return Chosen(found[:MOST_AT_ONCE], more=len(found) > MOST_AT_ONCE)


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
