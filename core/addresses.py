"""Addresses of pages of one row, and what answers there. Django looks through its patterns for
each; of one name they differ by the id alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import get_script_prefix, resolve, reverse

if TYPE_CHECKING:
    from core.arrays import Id

ANY_ROW = UUID(int=0)


def of_row(name: str, pk: UUID | Id) -> str:
    """As `reverse(name, args=[pk])`."""
    return _with_any(name, get_script_prefix()).replace(str(ANY_ROW), str(pk))


@cache
def _with_any(name: str, _prefix: str) -> str:
    return reverse(name, args=[ANY_ROW])


@cache
def view_of(name: str) -> Any:
    """The class of the page of one row that has this name."""
    path = reverse(name, args=[ANY_ROW]).removeprefix(get_script_prefix())
    return resolve(f"/{path}").func.view_class  # type: ignore[attr-defined]
