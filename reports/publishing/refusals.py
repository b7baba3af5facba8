"""Who is counted in figures and has said no to figures that leave the organisation.

As long as nothing has left, the figures are computed anew without them. What has left cannot be
taken back: the log says that somebody in it has said no since, from 11 persons on how many.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection

from core.context import counting_as
from reports.base import report_of
from reports.disclosure import hidden
from reports.numbers import Ids, union
from victims.models import Victim
from victims.services.basis import OUT_OF_FIGURES

if TYPE_CHECKING:
    from reports.models import Snapshot


class Refusals:
    """Asked once for a reader, whatever number of tables it is held against."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader

    @cached_property
    def persons(self) -> Ids:
        """The records of everyone who is in no figure that leaves, today."""
        with counting_as(self.reader.pk), connection.cursor() as cursor:
            cursor.execute(
                "select number from reports_rownumber where row_id in"  # noqa: S608 - a constant
                f" (select pk from ({OUT_OF_FIGURES}) said_no (pk))"
            )
            return Ids(number for (number,) in cursor.fetchall())

    def counted_in(self, snapshot: Snapshot) -> int:
        """How many of the persons behind these figures are among them."""
        counted = _survivors(snapshot)
        return len(counted & self.persons) if counted else 0

    def since(self, release: Any) -> dict[str, Any]:
        """Whether somebody in a table that left has said no since, and how many if that is safe."""
        count = self.counted_in(release.snapshot)
        return {"any": count > 0, "persons": None if hidden(count) else count}


def _survivors(snapshot: Snapshot) -> Ids:
    report, people = report_of(snapshot), Victim._meta.label
    return union(
        ids
        for cell, columns in snapshot.behind.items()
        for of, ids in columns.items()
        if report.counted(cell, of) == people
    )
