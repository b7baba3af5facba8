"""Pages by key: page 4,000 costs what page 1 costs. No counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import QueryDict
from django.urls import reverse

from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Field
    from django.db.models.expressions import OrderBy

DEFAULT, MOST = 50, 200


class BadPage(ValueError):
    """A cursor, sort or limit nobody gave out; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Sort:
    """Columns compared as one row, all in one direction; the last one is unique."""

    columns: tuple[str, ...]
    descending: bool = False

    @property
    def turned(self) -> Sort:
        """The same, from its end."""
        return replace(self, descending=not self.descending)

    def order(self, backwards: bool) -> list[OrderBy]:
        down = self.descending != backwards
        return [F(c).desc() if down else F(c).asc() for c in self.columns]

    def beyond(
        self, values: Sequence[object], backwards: bool, model: object
    ) -> TupleLessThan | TupleGreaterThan:
        down = self.descending != backwards
        lookup = TupleLessThan if down else TupleGreaterThan
        fields = [self.field_of(c, model) for c in self.columns]
        wanted = tuple(f.to_python(v) for f, v in zip(fields, values, strict=True))
        return lookup(Tuple(*self.columns), wanted)

    def field_of(self, column: str, model: Any) -> Field:
        return model._meta.get_field(column)

    def cursor(self, row: object, backwards: bool) -> str:
        """Where a page ends, signed: a forged cursor, or one of another list, does not open."""
        values = [str(getattr(row, column)) for column in self.columns]
        return self.signer(type(row)).sign_object([backwards, *values])

    def signer(self, model: Any) -> Signer:
        return Signer(salt=f"{model._meta.label}{self.columns}{self.descending}")


def paginate(queryset: Any, sort: Sort, cursor: str = "", limit: str = "") -> Page:
    """One page of a queryset, with the cursors of its neighbours."""
    size = size_of(limit)
    backwards, values = _decode(cursor, sort.signer(queryset.model))
    if values is not None:
        queryset = queryset.filter(sort.beyond(values, backwards, queryset.model))
    rows = _first(queryset.order_by(*sort.order(backwards)), size + 1)
    return page_of(rows, sort, size, backwards=backwards, first=values is None)


def _first(ordered: Any, number: int) -> list[object]:
    """The first of these rows. Where others stand beside each, they are found by their keys alone:
    else all of an office would be joined to what stands beside them, and fifty kept."""
    query = getattr(ordered, "query", None)
    if query is not None and query.select_related:
        keys = ordered[:number].values("pk")
        ordered = ordered.filter(pk__any_of=keys)
    return list(ordered[:number])


def page_of(rows: list[object], sort: Sort, size: int, *, backwards: bool, first: bool) -> Page:
    """Of rows as they were found, one more than fit where there are more."""
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    earlier = more if backwards else not first
    before = sort.cursor(rows[0], backwards=True) if earlier else None
    after = sort.cursor(rows[-1], backwards=False) if more or backwards else None
    return Page(rows, after, before)


def size_of(text: str) -> int:
    """How many rows a page has, from what the caller said."""
    if not text:
        return DEFAULT
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise BadPage("limit", _("Give a number from 1 to %(most)s.") % {"most": MOST})
    return int(text)


def _decode(cursor: str, signer: Signer) -> tuple[bool, list[str] | None]:
    if not cursor:
        return False, None
    try:
        backwards, *values = signer.unsign_object(cursor)
    except BadSignature:
        raise BadPage("cursor", _("This is not a cursor of this list.")) from None
    return backwards, values


def link(path: str, query: Mapping[str, object], cursor: str | None) -> str | None:
    """The address of a neighbouring page, with the same filters."""
    if cursor is None:
        return None
    kept = {k: v for k, v in query.items() if k != "cursor"}
    return address(path, kept | {"cursor": cursor})


def address(path: str, query: Mapping[str, object]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def going_on(asked: QueryDict, lists: Mapping[str, str]) -> str:
    """The list from which somebody came, as it was narrowed and on the page where they were, or
    nothing: the address has its mark, with its query as the value."""
    for mark, page in lists.items():
        if mark in asked:
            return address(reverse(page), QueryDict(asked.get(mark, "")).dict())
    return ""
