"""Custody of a suspect, as the suspects of a case page show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from desk.court.reader import by
from prosecutions.models import Custody

if TYPE_CHECKING:
    from desk.court.charges import Charges
    from desk.court.reader import Reader
    from prosecutions.models import Suspect


class Custodies:
    """One query."""

    def __init__(self, reader: Reader, charges: Charges) -> None:
        self.link, self.charges = reader.link, charges
        self.rows = by("suspect_id", reader.rows(Custody).order_by("since"))

    def of(self, suspect: Suspect) -> dict[str, Any]:
        """Whether and since when a suspect is held, and what can be recorded of it."""
        spells = self.rows[suspect.pk]
        held = next((row for row in spells if not row.ended_on), None)
        return {
            "held_since": held.since if held else None,
            "charge_by": held.charge_by if held and not self.charges.against[suspect.pk] else None,
            "released": spells[-1].get_ended_display() if spells and not held else "",
            "role_url": self.link(Perm.COURT_CORRECT, "correct-suspect", suspect),
            "arrest_url": self.link(Perm.ARREST_RECORD, "record-arrest", suspect),
            "custody_url": not held and self.link(Perm.CUSTODY_RECORD, "begin-custody", suspect),
            "release_url": held and self.link(Perm.CUSTODY_RECORD, "end-custody", held),
        }
