"""Custody of a suspect, as the suspects of a case page show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.court.reader import by
from prosecutions.enums import Release
from prosecutions.limits import CHARGE, COURT, source_of
from prosecutions.models import Custody
from prosecutions.words import breach_in_words, terms_in_words

if TYPE_CHECKING:
    from casework.verbs import Button
    from desk.court.charges import Charges
    from desk.court.reader import Reader
    from prosecutions.court_querysets import CustodyQuerySet
    from prosecutions.models import Suspect


class Custodies:
    """Of all that are `asked` for."""

    def __init__(self, reader: Reader, charges: Charges) -> None:
        self.case, self.verbs, self.charges = reader.case, reader.verbs, charges
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
        return {
            "held_since": held.since if held else None,
            "limits": self._limits(held) if held else [],
            "released": free.get_ended_display() if free else "",
            "bail": terms_in_words(on_bail) if on_bail else "",
            "breach": breach_in_words(on_bail) if on_bail and on_bail.breach else "",
            "verbs": self._verbs(suspect, held, on_bail),
            "corrections": self._corrections(last, free, on_bail),
        }

    def _verbs(
        self, suspect: Suspect, held: Custody | None, on_bail: Custody | None
    ) -> list[Button]:
        begin = not held and "prosecutions:begin-custody"
        verbs = self.verbs(suspect, "prosecutions:record-arrest", begin)
        if held:
            verbs += self.verbs(held, "prosecutions:end-custody")
        if on_bail and not on_bail.breach:
            verbs += self.verbs(on_bail, "prosecutions:record-breach")
        return verbs

    def _corrections(
        self, last: Custody | None, free: Custody | None, on_bail: Custody | None
    ) -> list[Button]:
        """Of the last custody and of how it ended; one that ended in bail is not struck."""
        if not last:
            return []
        strike = not on_bail and ("prosecutions:strike-custody", _("Custody entered in error"))
        end = free and "prosecutions:correct-end"
        return self.verbs(last, "prosecutions:correct-custody", end, strike)

    def _limits(self, row: Custody) -> list[dict[str, str]]:
        """What still runs of the two, each with the law it rests on; a charge since ends both."""
        if any(charge.filed_on >= row.since for charge in self.charges.against[row.suspect_id]):
            return []
        limits = []
        if row.court_by and not row.in_court_on:
            until = date_format(self.case.jurisdiction.clock(row.court_by), "j M Y, H:i")
            limits.append((COURT, _("Before a court by %(day)s") % {"day": until}))
        if row.charge_by:
            day = date_format(row.charge_by, "j M Y")
            limits.append((CHARGE, _("Charge due by %(day)s") % {"day": day}))
        return [{"words": words, "source": source_of(row, kind)} for kind, words in limits]
