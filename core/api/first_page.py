"""The first page of a list, asked for far more often than any other: in words found once.

They are those of the view itself, built for a reader who stands for everybody of the same shape of
scope (`AnyScope`) and is nobody: a view that asks about its reader anything but the scope,
or narrows by a value of its own, cannot be put into words like that, and is asked as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.utils import timezone

from core.pagination import DEFAULT
from core.prepared import PreparedRows
from core.scopes import AnyScope

if TYPE_CHECKING:
    from core.pagination import Sort

_pages: dict[Any, PreparedRows | None] = {}  # by view, order, shape and clock: never by reader


class _Anybody:
    """May view this table, in this scope. Of anything else nothing is known."""

    is_authenticated = True

    def __init__(self, scope: AnyScope, view: str) -> None:
        self.scope, self._view = scope, view

    def has_perm(self, perm: str) -> bool:
        if perm != self._view:
            raise LookupError(perm)
        return True


def first_rows(view: Any, sort: Sort) -> list[Any] | None:
    """The rows of the first page and the one after. None: to be asked for in another way."""
    reader, needed = view.request.user, getattr(view.queryset.model.access, "view", None)
    if view.kwargs or not needed or not reader.has_perm(needed):
        return None
    shape = reader.scope.shape(needed)
    key = type(view), view.basename, sort, shape, timezone.get_current_timezone_name()
    if key not in _pages:
        _pages[key] = _prepared(view, sort, _Anybody(AnyScope(shape, needed), needed))
    page = _pages[key]
    return None if page is None else page(reader.scope.values)


def _prepared(view: Any, sort: Sort, anybody: _Anybody) -> PreparedRows | None:
    try:
        asked, rows, _errors = type(view).whole(anybody, {})
        rows = asked.lean(rows, sort.columns).order_by(*sort.order(backwards=False))
        names = {*anybody.scope.values, timezone.get_current_timezone_name()}
        return PreparedRows(rows[: DEFAULT + 1], names)
    except (AttributeError, LookupError, TypeError, EmptyResultSet):
        return None
