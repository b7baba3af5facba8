"""The stage of a proceeding and how it came there, as the section “Court” shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.court.reader import by
from prosecutions.models import StageReached
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from desk.court.reader import Reader
    from prosecutions.models import Prosecution

CORRECTIONS = ("prosecutions:correct-stage", "prosecutions:strike-stage")


class Stages:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, rows: Iterable[StageReached]) -> None:
        self.verbs = reader.verbs
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
        return {"stage": now, "stages": steps}

    def framing(self, proceeding: Prosecution) -> str:
        """What the law of this place calls the stage at which charges are framed."""
        return StageTable.of(proceeding).framed.words

    def to_come(self, proceeding: Any) -> bool:
        return bool(StageTable.of(proceeding).offered(proceeding.stage or ""))

    def _step(self, row: StageReached, table: StageTable) -> dict[str, object]:
        """A stage, and where it is put right, unless it follows from another record."""
        typed = not table.follows(row.stage)
        return {
            "label": table.words_of(row.stage),
            "reached_on": row.reached_on,
            "corrections": self.verbs(row, *CORRECTIONS) if typed else (),
        }
