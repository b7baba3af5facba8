"""Who is counted in figures and has said no to figures that leave the organisation.

As long as nothing has left, the figures are computed anew without them. What has left cannot be
taken back: the log says that somebody in it has said no since, from 11 persons on how many.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection

from core.context import counting_as
from reports.base import report_of
from reports.disclosure import hidden
from reports.numbers import Ids
from reports.record_sets import of_all
from victims.models import Victim
from victims.services.basis import OUT_OF_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyroaring import BitMap

    from accounts.models import User
    from reports.models import Snapshot
    from reports.publishing.models import Release


class Refusals:
    """Asked once for a reader and the snapshots of whatever number of tables."""

    def __init__(self, reader: User, snapshots: Iterable[Snapshot]) -> None:
        self.reader = reader
        self.snapshots = {snapshot.pk: snapshot for snapshot in snapshots}

    @cached_property
    def persons(self) -> Ids:
        """The records of everyone who is in no figure that leaves, today."""
        with counting_as(self.reader.pk), connection.cursor() as cursor:
            cursor.execute(
                "select number from reports_rownumber where row_id in"  # noqa: S608 - a constant
                f" (select pk from ({OUT_OF_FIGURES}) said_no (pk))"
            )
            return Ids(number for (number,) in cursor.fetchall())

    @cached_property
    def survivors(self) -> dict[object, BitMap]:
        """By snapshot: the survivors who stand behind any of its figures."""
        by_snapshot: dict[Any, Ids] = defaultdict(Ids)
        reports = {key: report_of(snapshot) for key, snapshot in self.snapshots.items()}
        for key, cell, of, ids in of_all(self.snapshots.values()):
            if reports[key].counted(cell, of) == Victim._meta.label:
                by_snapshot[key] |= ids
        return by_snapshot

    def counted_in(self, snapshot: Snapshot) -> int:
        """How many of the persons behind these figures are among them."""
        counted = self.survivors.get(snapshot.pk)
        return len(counted & self.persons) if counted else 0

    def since(self, release: Release) -> dict[str, object]:
        """Whether somebody in a table that left has said no since, and how many if that is safe."""
        count = self.counted_in(release.snapshot)
        return {"any": count > 0, "persons": None if hidden(count) else count}
