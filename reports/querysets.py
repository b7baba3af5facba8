"""The vocabulary for asking about snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.access import ScopedQuerySet
from reports.readers import scope_key

if TYPE_CHECKING:
    from accounts.models import User
    from reports.params import Params


class SnapshotQuerySet(ScopedQuerySet):
    def newest(self, slug: str, reader: User, params: Params) -> Any:
        """The newest snapshot of this question for readers of this scope, or nothing."""
        rows = self.filter(report=slug, scope_key=scope_key(reader), params=params.as_json())
        return rows.order_by("-created_at").first()
