"""Hearings of a proceeding, as the section “Court” shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from desk.court.reader import by
from desk.own_questions import OwnQuestions
from desk.words import HEARING_TONES
from prosecutions.enums import HearingResult, NoNextDate
from prosecutions.models import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desk.court.reader import Reader
    from prosecutions.court_querysets import HearingQuerySet
    from prosecutions.models import Prosecution

AHEAD = ("prosecutions:move-hearing", "prosecutions:take-off-list")
CORRECTIONS = (
    "prosecutions:correct-result",
    "prosecutions:correct-listing",
    "prosecutions:take-back-result",
    "prosecutions:strike-hearing",
)
SHOWN = 3  # recorded hearings that stand open; the ones before are folded away


class Hearings:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, rows: Iterable[Hearing]) -> None:
        self.verbs, self.own = reader.verbs, OwnQuestions(reader.verbs, "hearing")
        self.rows = by("prosecution_id", rows)

    @staticmethod
    def asked(reader: Reader) -> HearingQuerySet:
        rows: HearingQuerySet = reader.rows(Hearing).with_reason()
        return rows.order_by("listed_on", "listed_at")

    def of(self, proceeding: Prosecution) -> dict[str, list[dict[str, Any]]]:
        """Those to come and the last that were recorded; and, apart, the `earlier` ones."""
        today, rows = proceeding.jurisdiction.today, self.rows[proceeding.pk]
        recorded = [row for row in rows if row.result]
        earlier = {row.pk for row in recorded[:-SHOWN]}
        return {
            "hearings": [self._hearing(row, today) for row in rows if row.pk not in earlier],
            "earlier": [self._hearing(row, today) for row in rows if row.pk in earlier],
        }

    def why_none(self, proceeding: Prosecution) -> str:
        """The reason that holds for there being no next date, in a proceeding that is open."""
        rows = self.rows[proceeding.pk]
        recorded = [row for row in rows if row.result in HearingResult.TOOK_PLACE]
        reason = recorded[-1].reason if recorded else ""
        return str(NoNextDate(reason).label) if reason else ""

    def _hearing(self, row: Hearing, today: date) -> dict[str, object]:
        due = not row.result and row.listed_on <= today
        held = row.result in HearingResult.TOOK_PLACE
        return {
            "due": due,
            "listed_on": row.listed_on,
            "listed_at": row.listed_at,
            "purpose": row.get_purpose_display(),
            "sitting": sitting_in_words(row),
            "result": hearing_in_words(row, today),
            "tone": HEARING_TONES[row.result] if row.result or not due else "danger",
            "no_next_date": row.get_no_next_date_display(),
            "verbs": self.verbs(row, due and "prosecutions:record-hearing"),
            "others": () if row.result else self.verbs(row, *AHEAD),
            "corrections": self.verbs(row, *CORRECTIONS) if held else (),
            "own_questions": self.own.about("hearing", row.pk),
        }

    def next(self, proceeding: Prosecution) -> dict[str, object] | None:
        """The earliest listing without a result: still to come, or overdue."""
        waiting = (row for row in self.rows[proceeding.pk] if not row.result)
        row = next(waiting, None)
        return row and self._hearing(row, proceeding.jurisdiction.today)


def hearing_in_words(row: Hearing, today: date) -> str:
    """“Adjourned, witness absent”; without a result, whether it is still to come."""
    if not row.result:
        return _("listed") if row.listed_on >= today else _("no result recorded")
    return ", ".join(filter(None, (row.get_result_display(), row.get_adjourned_for_display())))


def sitting_in_words(row: Hearing) -> list[str]:
    """“Room 4”, “before the judge”, “for us: counsel”; nothing of what is not known."""
    parts = (
        (row.room, _("room %(name)s")),
        (row.judge, _("before %(name)s")),
        (row.counsel, _("for us: %(name)s")),
    )
    return [words % {"name": name} for name, words in parts if name]
