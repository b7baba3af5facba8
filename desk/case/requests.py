"""The section “Requests” of a case page: what was asked of others or of us, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.models import InvestigationStep, OnlineIncident
from core.shortcuts.together import read_together
from desk.words import REQUEST_TONES
from prosecutions.enums import Direction, RequestAnswer
from prosecutions.models import AssistanceRequest

if TYPE_CHECKING:
    from desk.court.reader import Reader


class Requests:
    """Requests of a case, as far as this reader may see them: one query."""

    def __init__(self, reader: Reader) -> None:
        self.case, self.verbs = reader.case, reader.verbs
        self.today = reader.case.jurisdiction.today
        rows = reader.rows(AssistanceRequest, "jurisdiction", "agency").with_abroad()
        rows = rows.order_by("asked_on", "created_at")
        inquiry = [reader.rows(model)[:1] for model in (InvestigationStep, OnlineIncident)]
        read_together(rows, *inquiry)
        self.relates, self.rows = any(inquiry), reader.keep(rows)

    def shown(self) -> dict[str, Any]:
        """What waits stands first, the longest above; then the answered ones, the latest above.

        What is answered in part waits for the rest.
        """
        waiting = [row for row in self.rows if row.answer in RequestAnswer.WAITS]
        answered = sorted(
            (row for row in self.rows if row.answer not in RequestAnswer.WAITS),
            key=lambda row: row.answered_on,
            reverse=True,
        )
        return {
            "rows": [self._row(row) for row in [*waiting, *answered]],
            "waiting": len(waiting),
            "verbs": self.verbs(self.case, "prosecutions:record-request"),
        }

    def _row(self, row: Any) -> dict[str, object]:
        waits = row.answer in RequestAnswer.WAITS
        return {
            "ours": row.direction == Direction.TO,
            "direction": row.get_direction_display(),
            "kind": row.get_kind_display(),
            "where": _where(row),
            "abroad": row.abroad,
            "asked_on": row.asked_on,
            "days": (self.today - row.asked_on).days if waits else None,
            "reminders": row.reminders,
            "reminded_on": row.reminded_on,
            "answered_on": row.answered_on,
            "answer": row.get_answer_display(),
            "tone": REQUEST_TONES[row.answer],
            "verbs": self.verbs(
                row,
                ("prosecutions:answer-request", row.answered_on and _("Change the answer")),
                waits and "prosecutions:remind-request",
                self.relates and "prosecutions:relate-request",
            ),
            "corrections": self.verbs(
                row, "prosecutions:correct-request", "prosecutions:strike-request"
            ),
        }


def _where(row: AssistanceRequest) -> str:
    return f"{row.agency.name}, {row.jurisdiction}" if row.agency else str(row.jurisdiction)
