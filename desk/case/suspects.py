"""The suspects of a case, as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.court.charges import Charges
from desk.court.custodies import Custodies
from desk.own_questions import OwnQuestions
from prosecutions.enums import SuspectStatus
from prosecutions.limits import source_of_arrest
from prosecutions.models import Arrest, Suspect
from prosecutions.words import SUSPECT_TONES

if TYPE_CHECKING:
    from django.db.models import Model

    from casework.verbs import Button
    from desk.court.reader import Reader


class Suspects:
    """One query, beside that of charges; one more where somebody was arrested and a clock was
    set."""

    def __init__(self, reader: Reader) -> None:
        self.verbs, self.own = reader.verbs, OwnQuestions(reader.verbs, "suspect")
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
        any_presumed = any(row.presumed_until for rows in self.arrests.values() for row in rows)
        presumed = (
            reader.rows(Arrest, "rescue__jurisdiction", "case__jurisdiction").presumed()
            if any_presumed
            else ()
        )
        self.presumed = {row.suspect_id: row for row in presumed}

    def shown(self) -> list[dict[str, Any]]:
        rows = sorted(self.rows, key=lambda row: int(row.code.rpartition("-")[2]))
        return [self._suspect(row) for row in rows]

    def _suspect(self, row: Any) -> dict[str, object]:
        return {
            "code": row.code,
            "role_label": row.get_role_display(),
            "name": row.perpetrator.name,
            "person_url": reverse("prosecutions:perpetrator", args=[row.perpetrator_id]),
            "died_on": row.died_on,
            "arrests": [self._arrest(arrest) for arrest in self.arrests[row.pk]],
            "charges": self.ends_of(row),
            "status": SuspectStatus(row.status).label,
            "tone": SUSPECT_TONES[row.status],
            **(custody := self.custody_of(row)),
            **self._presumed(row),
            "own_questions": self.own.about("suspect", row.pk),
            "verbs": self._verbs(row, custody["verbs"]),
            "corrections": self._corrections(row, custody["corrections"]),
        }

    def _verbs(self, row: Suspect, of_custody: list[Button]) -> list[Button]:
        arrest = self.presumed.get(row.pk)
        release = self.verbs(arrest, "prosecutions:release-arrested") if arrest else []
        name = not row.perpetrator.name and "prosecutions:name-suspect"
        return [*of_custody, *release, *self.verbs(row, name)]

    def _corrections(self, row: Suspect, of_custody: list[Button]) -> list[Button]:
        """The death first, which may be new; that all of it was an error last."""
        died = ("prosecutions:record-death", _("Correct the death"))
        named = row.perpetrator.name and ("prosecutions:name-suspect", _("Correct the name"))
        return [
            *self.verbs(row, died if row.died_on else "prosecutions:record-death", named),
            *self.verbs(row, "prosecutions:correct-suspect"),
            *(button for arrest in self.arrests[row.pk] for button in self._mended(arrest)),
            *of_custody,
            *self.verbs(row, ("prosecutions:strike-suspect", _("Suspect entered in error"))),
        ]

    def _mended(self, row: Arrest) -> list[Button]:
        day = {"day": date_format(row.arrested_on, "j M Y")}
        correct = ("prosecutions:correct-arrest", _("Correct the arrest of %(day)s") % day)
        strike = ("prosecutions:strike-arrest", _("Arrest of %(day)s entered in error") % day)
        return self.verbs(row, correct, strike)

    def _presumed(self, row: Model) -> dict[str, object]:
        """Since when somebody is presumed to be held, and until when."""
        arrest = self.presumed.get(row.pk)
        if arrest is None:
            return {}
        since = date_format(arrest.arrested_on, "j M Y")
        if arrest.arrested_at:
            since = f"{since}, {arrest.arrested_at:%H:%M}"
        until = date_format(arrest.place.clock(arrest.presumed_until), "j M Y, H:i")
        limit = _("Before a court by %(day)s") % {"day": until}
        source = source_of_arrest(arrest.place.country, arrest.arrested_on)
        return {
            "presumed_since": since,
            "limits": [{"words": limit, "source": source}],
        }

    def _arrest(self, row: Arrest) -> dict[str, object]:
        return {
            "arrested_on": row.arrested_on,
            "arrested_at": row.arrested_at,
            "attribution": row.get_attribution_display(),
        }
