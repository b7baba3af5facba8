"""Pages by key: page 4,000 costs what page 1 costs. No counts."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    def order(self, backwards: bool) -> list[Any]:
        down = self.descending != backwards
        return [F(c).desc() if down else F(c).asc() for c in self.columns]

    def beyond(self, values: Sequence[Any], backwards: bool, model: Any) -> Any:
        down = self.descending != backwards
        lookup = TupleLessThan if down else TupleGreaterThan
        fields = [model._meta.get_field(c) for c in self.columns]
        try:
            wanted = tuple(f.to_python(v) for f, v in zip(fields, values, strict=True))
        except Exception as exc:
            raise BadPage("cursor", _("This is not a cursor of this list.")) from exc
        return lookup(Tuple(*self.columns), wanted)


def paginate(queryset: Any, sort: Sort, cursor: str = "", limit: str = "") -> Page:
    """One page of a queryset, with the cursors of its neighbours."""
    size = _limit(limit)
    backwards, values = _decode(cursor)
    if values is not None:
        queryset = queryset.filter(sort.beyond(values, backwards, queryset.model))
    rows = list(queryset.order_by(*sort.order(backwards))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    before = _encode(True, rows[0], sort) if (more if backwards else values is not None) else None
    after = _encode(False, rows[-1], sort) if (more or backwards) else None
    return Page(rows, after, before)


def _limit(text: str) -> int:
    if not text:
        return DEFAULT
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise BadPage("limit", _("A number from 1 to %(most)s is expected.") % {"most": MOST})
    return int(text)


def _encode(backwards: bool, row: Any, sort: Sort) -> str:
    key = [int(backwards), *(str(getattr(row, column)) for column in sort.columns)]
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def _decode(cursor: str) -> tuple[bool, list[str] | None]:
    if not cursor:
        return False, None
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        backwards, *values = orjson.loads(text)
        if backwards not in {0, 1} or not all(isinstance(v, str) for v in values):
            raise ValueError
    except ValueError:
        raise BadPage("cursor", _("This is not a cursor of this list.")) from None
    return bool(backwards), values


def link(path: str, query: Mapping[str, Any], cursor: str | None) -> str | None:
    """The address of a neighbouring page, with the same filters."""
    if cursor is None:
        return None
    kept = {k: v for k, v in query.items() if k != "cursor"}
    return f"{path}?{urlencode(kept | {'cursor': cursor})}"
