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
    read_at_once(release.snapshot for release in releases)
    grids = []
    for release in releases:
        grid = grid_of(
            release.snapshot, release.detail, str(release.pk), release.totals, release.suppressed
        )
        grid.told_on = clock.local(release.released_at).date()
        grids.append(grid)
    return grids


def read_at_once(snapshots: Iterable[Snapshot]) -> None:
    """Who stands behind their counts, in one query."""
    by_key = {snapshot.pk: snapshot for snapshot in snapshots}
    read = Read.of(kept_ids(snapshot__in=by_key))
    for value in by_key.values():
        value.behind = read.get(value.pk, Read())
