"""Addresses of pages of one row. Django looks through its patterns for each; of one name they
differ by the id alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import get_script_prefix, reverse

if TYPE_CHECKING:
    from core.access import Id

ANY_ROW = UUID(int=0)


def of_row(name: str, pk: UUID | Id) -> str:
    """As `reverse(name, args=[pk])`."""
    return _with_any(name, get_script_prefix()).replace(str(ANY_ROW), str(pk))


@cache
def _with_any(name: str, _prefix: str) -> str:
    return reverse(name, args=[ANY_ROW])
