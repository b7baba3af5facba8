"""Proceedings before courts, each put together from its charges, hearings and judgments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from prosecutions.models import Prosecution
from prosecutions.words import court_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk.court.answers import Answers
    from desk.court.charges import Charges
    from desk.court.hearings import Hearings
    from desk.court.judgments import Judgments
    from desk.court.reader import Reader
    from desk.court.stages import Stages
    from prosecutions.querysets import ProsecutionQuerySet


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
        self.link, self.charges, self.stages = reader.link, charges, stages
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
            **self._verbs(row, undecided, to_hear),
        }

    def _verbs(self, row: Prosecution, undecided: bool, to_hear: bool) -> dict[str, str]:
        """Pages of what can be done now: nothing is judged, or heard, where all is decided."""
        offered = {
            "charge_url": (True, Perm.CHARGE_FILE, "file-charge"),
            "framing_url": (self.charges.unframed(row), Perm.CHARGE_CHANGE, "frame-charges"),
            "hearing_url": (to_hear, Perm.HEARING_LIST, "list-hearing"),
            "revive_url": (self.charges.asleep(row), Perm.CHARGE_CHANGE, "revive-charges"),
            "correct_url": (True, Perm.COURT_CORRECT, "correct-prosecution"),
            "strike_url": (True, Perm.COURT_CORRECT, "strike-prosecution"),
            "judgment_url": (undecided, Perm.JUDGMENT_RECORD, "record-judgment"),
        }
        return {
            name: self.link(perm, page, row) if now else ""
            for name, (now, perm, page) in offered.items()
        }
