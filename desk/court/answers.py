"""What prosecutors from outside told or asked in a proceeding, as the section “Court” shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.permissions import Perm
from casework.verbs import takes_work
from desk.court.reader import by
from prosecutions.enums import AnswerStatus
from prosecutions.models import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.access import ScopedQuerySet
    from desk.court.reader import Reader
    from prosecutions.models import Prosecution

TONES = {AnswerStatus.WAITING: "warn", AnswerStatus.ACCEPTED: "ok", AnswerStatus.REFUSED: ""}


class Answers:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, rows: Iterable[Answer]) -> None:
        self.reader, self.rows = reader, by("prosecution_id", rows)

    @staticmethod
    def asked(reader: Reader) -> ScopedQuerySet:
        rows: ScopedQuerySet = reader.rows(Answer, "user", "hearing", "decided_by")
        return rows.order_by("-created_at", "pk")

    def of(self, proceeding: Prosecution) -> dict[str, object]:
        """Each with who told it and who decided; and where somebody from outside tells more."""
        user, case = self.reader.user, self.reader.case
        tells = user.has_perm(Perm.ANSWER_SEND) and takes_work(case)
        url = reverse("prosecutions:send-answer", args=[proceeding.pk]) if tells else ""
        return {"answers": [self._answer(row) for row in self.rows[proceeding.pk]], "tell_url": url}

    def _answer(self, row: Answer) -> dict[str, object]:
        waits = row.status == AnswerStatus.WAITING
        return {
            "told": row.in_words,
            "words": row.words,
            "by": row.user.name,
            "day": row.created_at,
            "status": row.get_status_display(),
            "tone": TONES[AnswerStatus(row.status)],
            "decided_by": row.decided_by.name if row.decided_by and self.reader.writes else "",
            "reason": row.reason,
            "verbs": self.reader.verbs(row, waits and "prosecutions:accept-answer"),
            "others": self.reader.verbs(row, waits and "prosecutions:refuse-answer"),
        }
