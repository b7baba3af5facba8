"""Rows of which only the keys are known: enough to say on record what was read.

The rest is written elsewhere, by PostgreSQL. Asked for more than it holds, a bare row fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import UUIDField

from core.access import Id, PersonRows, persons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@cache
def keys_of(model: Any) -> list[str] | None:
    """The columns that say on record what a row is about. None: they do not say all of it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    case = ["case_id"] if "case_id" in fields else []
    found = [model._meta.pk.attname, *case, *persons_of(model)]
    ids = all(isinstance(getattr(fields[n], "target_field", fields[n]), UUIDField) for n in found)
    return found if ids and not isinstance(model.access, PersonRows) else None


@dataclass(frozen=True)
class BareRows:
    """What makes bare rows of the values of a queryset: first the keys, as text, then others."""

    keys: Sequence[str]
    others: Sequence[str] = ()

    def __call__(self, queryset: Any, **_how: Any) -> Iterator[Any]:
        compiler = queryset.query.get_compiler(using=queryset.db)
        return self.rows(queryset.model, compiler.results_iter(tuple_expected=True))

    def rows(self, model: Any, found: Iterable[Sequence[Any]]) -> Iterator[Any]:
        names = (*self.keys, *self.others)
        for values in found:
            row = model.__new__(model)
            told = row.__dict__ = dict(zip(names, values, strict=True))
            for key in self.keys:
                told[key] = Id(told[key]) if told[key] else None
            yield row
