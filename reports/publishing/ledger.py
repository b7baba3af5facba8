"""Everything that was told before, as the counts that are held against a new table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.days import clock
from reports.publishing.grid import grid_of
from reports.publishing.models import Release
from reports.record_sets import Read, kept_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import Snapshot
    from reports.publishing.grid import Grid


def released() -> list[Grid]:
    """The tables that left, as they left."""
    releases = list(Release.objects.select_related("snapshot").order_by("released_at", "pk"))
    read_at_once(one.snapshot for one in releases)
    found = []
    for one in releases:
        grid = grid_of(one.snapshot, one.detail, str(one.pk), one.totals, one.suppressed)
        grid.told_on = clock.local(one.released_at).date()
        found.append(grid)
    return found


def read_at_once(snapshots: Iterable[Snapshot]) -> None:
    """Who stands behind their counts, in one query."""
    by_key = {one.pk: one for one in snapshots}
    read = Read.of(kept_ids(snapshot__in=by_key))
    for one in by_key.values():
        one.behind = read.get(one.pk, Read())
