"""Rows that only those see whom they name: an access rule beside those of `core/access.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from core.access import CaseRows

if TYPE_CHECKING:
    from core.access import Actor, Counting, ScopedQuerySet


class Named(CaseRows):
    """Rows of a case for those alone whom each row names, until the column `opened` is filled: then
    for all who see its case so deep. Nobody counts them, and their trail names no case."""

    def __init__(self, level: int, view: str, *, named: str, opened: str) -> None:
        super().__init__(level, view)
        self.named, self.opened = named, opened

    def reach(self, user: Actor) -> Q:
        named = Q(**{f"{self.named}__contains": [user.pk]})
        return super().reach(user) & (named | Q(**{f"{self.opened}__isnull": False}))

    def opens(self, case: object, user: Actor) -> bool:
        return False

    def count(self, rows: ScopedQuerySet, counting: Counting) -> ScopedQuerySet:
        return rows.none()
