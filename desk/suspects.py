"""The suspects of a case, as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.permissions import Perm
from desk.words import SUSPECT_TONES
from prosecutions.enums import SuspectStatus
from prosecutions.models import Arrest, Suspect

if TYPE_CHECKING:
    from desk.court import Court
    from desk.court.reader import Reader


class Suspects:
    """One query, beside those of arrests and of the section “Court”."""

    def __init__(self, reader: Reader, court: Court) -> None:
        self.court = court
        self.rows = reader.keep(reader.rows(Suspect, "perpetrator").with_status())
        self.arrests: defaultdict[Any, list[Arrest]] = defaultdict(list)
        for arrest in sorted(reader.once(Arrest), key=lambda row: row.arrested_on):
            self.arrests[arrest.suspect_id].append(arrest)

    def shown(self) -> list[dict[str, Any]]:
        rows = sorted(self.rows, key=lambda row: int(row.code.rpartition("-")[2]))
        return [self._suspect(row) for row in rows]

    def _suspect(self, row: Any) -> dict[str, Any]:
        return {
            "code": row.code,
            "role_label": row.get_role_display(),
            "name": row.perpetrator.name,
            "person_url": reverse("prosecutions:perpetrator", args=[row.perpetrator_id]),
            "died_on": row.died_on,
            "death_url": self.court.link(Perm.JUDGMENT_RECORD, "record-death", row),
            "name_url": self.court.link(Perm.SUSPECT_NAME, "name-suspect", row),
            "arrests": [self._arrest(arrest) for arrest in self.arrests[row.pk]],
            "charges": self.court.ends_of(row),
            "status": SuspectStatus(row.status).label,
            "tone": SUSPECT_TONES[row.status],
            **self.court.custody_of(row),
        }

    def _arrest(self, row: Arrest) -> dict[str, Any]:
        return {
            "arrested_on": row.arrested_on,
            "attribution": row.get_attribution_display(),
            "correct_url": self.court.link(Perm.ARREST_RECORD, "correct-arrest", row),
            "strike_url": self.court.link(Perm.COURT_CORRECT, "strike-arrest", row),
        }
