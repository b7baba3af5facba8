"""The suspects of a case, as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from desk.court.charges import Charges
from desk.court.custodies import Custodies
from prosecutions.enums import SuspectStatus
from prosecutions.limits import source_of_arrest
from prosecutions.models import Arrest, Suspect
from prosecutions.words import SUSPECT_TONES

if TYPE_CHECKING:
    from django.db.models import Model

    from desk.court.reader import Reader


class Suspects:
    """One query, beside that of charges; one more where somebody was arrested and a clock was
    set."""

    def __init__(self, reader: Reader) -> None:
        self.case, self.link = reader.case, reader.link
        reader.ahead(
            reader.rows(Suspect, "perpetrator").with_status(),
            Custodies.asked(reader),
            reader.rows(Arrest),
        )
        charges = Charges(reader)
        self.ends_of, self.custody_of = charges.ends_of, Custodies(reader, charges).of
        self.rows = reader.once(Suspect)
        self.arrests: defaultdict[Any, list[Arrest]] = defaultdict(list)
        for arrest in sorted(reader.once(Arrest), key=lambda row: row.arrested_on):
            self.arrests[arrest.suspect_id].append(arrest)
        told = any(row.presumed_until for rows in self.arrests.values() for row in rows)
        presumed = (
            reader.rows(Arrest, "rescue__jurisdiction", "case__jurisdiction").presumed()
            if told
            else ()
        )
        self.presumed = {row.suspect_id: row for row in presumed}

    def shown(self) -> list[dict[str, Any]]:
        rows = sorted(self.rows, key=lambda row: int(row.code.rpartition("-")[2]))
        return [self._suspect(row) for row in rows]

    def add_url(self) -> str:
        return self.link(Perm.SUSPECT_NAME, "add-suspect", self.case)

    def _suspect(self, row: Any) -> dict[str, object]:
        return {
            "code": row.code,
            "role_label": row.get_role_display(),
            "name": row.perpetrator.name,
            "person_url": reverse("prosecutions:perpetrator", args=[row.perpetrator_id]),
            "died_on": row.died_on,
            "death_url": self.link(Perm.JUDGMENT_RECORD, "record-death", row),
            "name_url": self.link(Perm.SUSPECT_NAME, "name-suspect", row),
            "arrests": [self._arrest(arrest) for arrest in self.arrests[row.pk]],
            "charges": self.ends_of(row),
            "status": SuspectStatus(row.status).label,
            "tone": SUSPECT_TONES[row.status],
            **self.custody_of(row),
            **self._presumed(row),
        }

    def _presumed(self, row: Model) -> dict[str, object]:
        """Since when somebody is presumed to be held, until when, and how to say what became."""
        arrest = self.presumed.get(row.pk)
        if arrest is None:
            return {}
        since = date_format(arrest.arrested_on, "j M Y")
        if arrest.arrested_at:
            since = f"{since}, {arrest.arrested_at:%H:%M}"
        until = date_format(arrest.place.clock(arrest.presumed_until), "j M Y, H:i")
        limit = _("Before a court by %(day)s") % {"day": until}
        return {
            "presumed_since": since,
            "limits": [{"words": limit, "source": source_of_arrest(arrest.place.country)}],
            "release_url": self.link(Perm.CUSTODY_RECORD, "release-arrested", arrest),
        }

    def _arrest(self, row: Arrest) -> dict[str, object]:
        return {
            "arrested_on": row.arrested_on,
            "arrested_at": row.arrested_at,
            "attribution": row.get_attribution_display(),
            "correct_url": self.link(Perm.ARREST_RECORD, "correct-arrest", row),
            "strike_url": self.link(Perm.COURT_CORRECT, "strike-arrest", row),
        }
