"""Proceedings before courts, each put together from its charges, hearings and judgments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from prosecutions.models import Prosecution
from prosecutions.words import court_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.verbs import Button
    from desk.court.answers import Answers
    from desk.court.charges import Charges
    from desk.court.hearings import Hearings
    from desk.court.judgments import Judgments
    from desk.court.reader import Reader
    from desk.court.stages import Stages
    from prosecutions.querysets import ProsecutionQuerySet

CORRECTIONS = ("prosecutions:correct-prosecution", "prosecutions:strike-prosecution")


class Proceedings:
    """Of all that are `asked` for."""

    def __init__(
        self,
        reader: Reader,
        rows: Iterable[Prosecution],
        charges: Charges,
        hearings: Hearings,
        judgments: Judgments,
        stages: Stages,
        answers: Answers,
    ) -> None:
        self.verbs, self.charges, self.stages = reader.verbs, charges, stages
        self.hearings, self.judgments, self.answers = hearings, judgments, answers
        self.rows = rows

    @staticmethod
    def asked(reader: Reader) -> ProsecutionQuerySet:
        beside = ("court__jurisdiction", "jurisdiction", "complaint")
        rows: ProsecutionQuerySet = reader.rows(Prosecution, *beside).with_stage()
        return rows.order_by("filed_on", "pk")

    def shown(self) -> list[dict[str, Any]]:
        return [self._proceeding(row) for row in self.rows]

    def _proceeding(self, row: Prosecution) -> dict[str, object]:
        defendants, undecided = self.charges.of(row), self.charges.undecided(row)
        judgments = self.judgments.of(row)
        to_hear = undecided or not defendants or any(judgment["to_hear"] for judgment in judgments)
        return {
            "id": row.pk,
            "docket": row.docket,
            "court": court_of(row),
            "filed_on": row.filed_on,
            "complaint": row.complaint.number if row.complaint else "",
            "open": undecided or not defendants,
            "next": self.hearings.next(row),
            "why_none": self.hearings.why_none(row),
            "defendants": defendants,
            "judgments": judgments,
            **self.stages.of(row),
            **self.hearings.of(row),
            **self.answers.of(row),
            "verbs": self._verbs(row, undecided, to_hear),
            "corrections": self.verbs(row, *CORRECTIONS),
        }

    def _verbs(self, row: Prosecution, undecided: bool, to_hear: bool) -> list[Button]:
        """What can be done now: nothing is judged, or heard, where all is decided."""
        framed = _("Record “%(stage)s”") % {"stage": self.stages.framing(row)}
        return self.verbs(
            row,
            to_hear and "prosecutions:list-hearing",
            "prosecutions:file-charge",
            self.charges.unframed(row) and ("prosecutions:frame-charges", framed),
            self.charges.asleep(row) and "prosecutions:revive-charges",
            self.stages.to_come(row) and "prosecutions:reach-stage",
            undecided and "prosecutions:record-judgment",
        )
