"""The vocabulary for asking about snapshots."""

from __future__ import annotations

from core.access import ScopedQuerySet


class SnapshotQuerySet(ScopedQuerySet):
    """Those of a scope; which of them answers a question says `reports/dashboards/questions.py`."""
