"""Custody of a suspect, as the suspects of a case page show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from desk.court.reader import by
from prosecutions.enums import Release
from prosecutions.limits import CHARGE, COURT, source_of
from prosecutions.models import Custody
from prosecutions.words import breach_in_words, terms_in_words

if TYPE_CHECKING:
    from desk.court.charges import Charges
    from desk.court.reader import Reader
    from prosecutions.court_querysets import CustodyQuerySet
    from prosecutions.models import Suspect


class Custodies:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, charges: Charges) -> None:
        self.case, self.link, self.charges = reader.case, reader.link, charges
        self.rows = by("suspect_id", reader.once(Custody))

    @staticmethod
    def asked(reader: Reader) -> CustodyQuerySet:
        rows: CustodyQuerySet = reader.rows(
            Custody, "case__jurisdiction", "provision__jurisdiction"
        )
        return rows.order_by("since", "created_at")

    def of(self, suspect: Suspect) -> dict[str, Any]:
        """Whether and since when a suspect is held, until when, and what can be recorded of it."""
        spells = self.rows[suspect.pk]
        last = spells[-1] if spells else None
        held = next((row for row in spells if not row.ended_on), None)
        free = last if last and not held else None
        on_bail = free if free and free.ended in Release.ON_BAIL else None
        mend = self.link(Perm.CUSTODY_RECORD, "correct-custody", last) if last else ""
        wrong = last if not on_bail else None
        breach = bool(on_bail and not on_bail.breach) and on_bail
        return {
            "held_since": held.since if held else None,
            "limits": self._limits(held) if held else [],
            "released": free.get_ended_display() if free else "",
            "bail": terms_in_words(on_bail) if on_bail else "",
            "breach": breach_in_words(on_bail) if on_bail and on_bail.breach else "",
            "role_url": self.link(Perm.COURT_CORRECT, "correct-suspect", suspect),
            "strike_url": self.link(Perm.COURT_CORRECT, "strike-suspect", suspect),
            "arrest_url": self.link(Perm.ARREST_RECORD, "record-arrest", suspect),
            "custody_url": not held and self.link(Perm.CUSTODY_RECORD, "begin-custody", suspect),
            "correct_custody_url": mend,
            "strike_custody_url": wrong and self.link(Perm.COURT_CORRECT, "strike-custody", wrong),
            "release_url": held and self.link(Perm.CUSTODY_RECORD, "end-custody", held),
            "correct_end_url": free and self.link(Perm.COURT_CORRECT, "correct-end", free),
            "breach_url": breach and self.link(Perm.CUSTODY_RECORD, "record-breach", breach),
        }

    def _limits(self, row: Custody) -> list[dict[str, str]]:
        """What still runs of the two, each with the law it rests on; a charge since ends both."""
        if any(one.filed_on >= row.since for one in self.charges.against[row.suspect_id]):
            return []
        found = []
        if row.court_by and not row.in_court_on:
            until = date_format(self.case.jurisdiction.clock(row.court_by), "j M Y, H:i")
            found.append((COURT, _("Before a court by %(day)s") % {"day": until}))
        if row.charge_by:
            day = date_format(row.charge_by, "j M Y")
            found.append((CHARGE, _("Charge due by %(day)s") % {"day": day}))
        return [{"words": words, "source": source_of(row, kind)} for kind, words in found]
