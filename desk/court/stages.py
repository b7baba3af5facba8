"""The stage of a proceeding and how it came there, as the section “Court” shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from desk.court.reader import by
from prosecutions.models import StageReached
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from desk.court.reader import Reader


class Stages:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, rows: Iterable[StageReached]) -> None:
        self.link = reader.link
        self.rows = by("prosecution_id", rows)

    @staticmethod
    def asked(reader: Reader) -> QuerySet[StageReached]:
        rows: QuerySet[StageReached] = reader.rows(StageReached)
        return rows.order_by("reached_on", "created_at")

    def of(self, proceeding: Any) -> dict[str, Any]:
        table, rows = StageTable.of(proceeding), self.rows[proceeding.pk]
        steps = [self._step(row, table) for row in rows]
        at = [number for number, row in enumerate(rows) if row.stage == proceeding.stage]
        now = steps.pop(at[-1]) if at else None
        offered = table.offered(proceeding.stage or "")
        return {
            "stage": now,
            "stages": steps,
            "framing": table.framed.words,
            "stage_url": self.link(Perm.STAGE_REACH, "reach-stage", proceeding) if offered else "",
        }

    def _step(self, row: StageReached, table: StageTable) -> dict[str, object]:
        """A stage, and where it is put right, unless it follows from another record."""
        typed = not table.follows(row.stage)
        return {
            "label": table.words_of(row.stage),
            "reached_on": row.reached_on,
            "correct_url": typed and self.link(Perm.COURT_CORRECT, "correct-stage", row),
            "strike_url": typed and self.link(Perm.COURT_CORRECT, "strike-stage", row),
        }
