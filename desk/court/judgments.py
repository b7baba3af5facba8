"""Judgments and the appeals against them, as the section “Court” shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.shortcuts.together import read_together
from desk.court.charges import end_in_words, lifted_in_words
from desk.court.reader import by, grouped
from prosecutions.enums import Disposition, Instance, Lifted
from prosecutions.models import Appeal, Judgment

if TYPE_CHECKING:
    from casework.verbs import Button
    from desk.court.charges import Charges
    from desk.court.reader import Reader
    from desk.court.sentences import Sentences
    from prosecutions.models import ChargeDecision, Prosecution


class Judgments:
    """One query, beside those of charges and sentences."""

    def __init__(self, reader: Reader, charges: Charges, sentences: Sentences) -> None:
        self.verbs, self.sentences = reader.verbs, sentences
        self.decisions = by("judgment_id", charges.decisions)
        judgments = reader.rows(Judgment).order_by("decided_on", "created_at")
        appeals = reader.rows(Appeal, "suspect").order_by("filed_on", "created_at")
        read_together(judgments, appeals)
        self.rows = by("prosecution_id", reader.keep(judgments))
        self.outcomes = {row.appeal_id: row for row in judgments if row.appeal_id}
        self.appeals = by("judgment_id", appeals)

    def of(self, proceeding: Prosecution) -> list[dict[str, Any]]:
        return [self._judgment(row) for row in self.rows[proceeding.pk]]

    def _judgment(self, row: Judgment) -> dict[str, object]:
        decisions = self.decisions[row.pk]
        stand = [decision for decision in decisions if not decision.lifted_on]
        convicted = {d.charge.suspect_id for d in stand if d.disposition in Disposition.CONVICTED}
        unsentenced = convicted - self.sentences.sentenced(row)
        gap = self.sentences.gap(self.rows[row.prosecution_id], self._stands(row))
        return {
            "id": row.pk,
            "decided_on": row.decided_on,
            "on_appeal": row.instance == Instance.APPEAL,
            "attribution": row.get_attribution_display(),
            "results": grouped((_result(d), d.charge.suspect) for d in decisions),
            "verbs": self.verbs(
                row,
                unsentenced and "prosecutions:record-sentence",
                stand and "prosecutions:file-appeal",
            ),
            "corrections": [*self._corrections(row), *self.sentences.corrections(row)],
            "sentences": self.sentences.of(row),
            "gap": gap,
            "to_hear": bool(gap) or any(self._waits(appeal) for appeal in self.appeals[row.pk]),
            "compensation": self.sentences.compensation_of(row),
            "appeals": [self._appeal(appeal) for appeal in self.appeals[row.pk]],
        }

    def _corrections(self, row: Judgment) -> list[Button]:
        in_force = any(decision.lifted_for != Lifted.ERROR for decision in self.decisions[row.pk])
        error = in_force and "prosecutions:enter-in-error"
        pages = ("prosecutions:correct-attribution", "prosecutions:correct-judgment", error)
        return self.verbs(row, *pages)

    def _stands(self, row: Judgment) -> dict[Any, Any]:
        """Whom this judgment convicted, where that holds."""
        ends = (decision for decision in self.decisions[row.pk] if decision.holds)
        return {decision.charge.suspect_id: decision.charge.suspect for decision in ends}

    def _waits(self, row: Appeal) -> bool:
        return row.pk not in self.outcomes and not row.withdrawn_on

    def _appeal(self, row: Appeal) -> dict[str, object]:
        outcome = self.outcomes.get(row.pk)
        waits = self._waits(row)
        about = (row.get_appellant_display(), row.suspect.code if row.suspect else "")
        return {
            "filed_on": row.filed_on,
            "about": ", ".join(str(part) for part in about if part),
            "withdrawn_on": row.withdrawn_on,
            "decided_on": outcome.decided_on if outcome else None,
            "verbs": self.verbs(row, waits and "prosecutions:judge-appeal"),
            "others": self.verbs(row, waits and "prosecutions:withdraw-appeal"),
            "corrections": self.verbs(
                row,
                "prosecutions:correct-appeal",
                not outcome and "prosecutions:strike-appeal",
            ),
        }


def _result(end: ChargeDecision) -> str:
    return lifted_in_words(end) if end.lifted_on else end_in_words(end)
