"""Rows of which only the keys are known: enough to say on record what was read.

The rest is written elsewhere, by PostgreSQL. Asked for more than it holds, a bare row fails.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import UUIDField

from core.access import PersonRows, persons_of
from core.arrays import Id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.access import Scoped


@cache
def keys_of(model: type[Scoped]) -> list[str] | None:
    """The columns that say on record what a row is about. None: they do not say all of it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    case = ["case_id"] if "case_id" in fields else []
    keys = [model._meta.pk.attname, *case, *persons_of(model)]
    ids = all(isinstance(getattr(fields[n], "target_field", fields[n]), UUIDField) for n in keys)
    return keys if ids and not isinstance(model.access, PersonRows) else None


def bare_rows(model: Any, keys: Sequence[str], texts: Iterable[Sequence[str]]) -> Iterator[Any]:
    """A row for each of these: its keys as text, as the database wrote them."""
    for values in texts:
        row = model.__new__(model)
        pairs = zip(keys, values, strict=True)
        row.__dict__ = {key: Id(value) if value else None for key, value in pairs}
        yield row
