"""The section “Court” of a case page, put together from a part for each noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.shortcuts.together import read_together
from desk.court.answers import Answers
from desk.court.charges import Charges
from desk.court.complaints import Complaints
from desk.court.hearings import Hearings
from desk.court.judgments import Judgments
from desk.court.proceedings import Proceedings
from desk.court.sentences import Sentences
from desk.court.stages import Stages

if TYPE_CHECKING:
    from desk.court.reader import Reader


class Court:
    """The rows of a case before the courts, as far as this reader may see them.

    A fixed number of queries: each part says how many are its own.
    """

    def __init__(self, reader: Reader) -> None:
        self.case, self.verbs = reader.case, reader.verbs
        self.complaints, charges = Complaints(reader), Charges(reader)
        judgments = Judgments(reader, charges, Sentences(reader))
        heard, reached = Hearings.asked(reader), Stages.asked(reader)
        of_case = Proceedings.asked(reader)
        replies = Answers.asked(reader)
        read_together(of_case, heard, reached, replies)
        hearings, stages = Hearings(reader, reader.keep(heard)), Stages(reader, reached)
        rows = reader.keep(of_case)
        answers = Answers(reader, replies)
        self.proceedings = Proceedings(reader, rows, charges, hearings, judgments, stages, answers)

    def shown(self) -> dict[str, Any]:
        return {
            "complaints": self.complaints.shown(),
            "proceedings": self.proceedings.shown(),
            "verbs": self.verbs(
                self.case, "prosecutions:record-complaint", "prosecutions:open-prosecution"
            ),
        }
