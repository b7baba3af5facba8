"""How survivors take part in court, by code only: of a case, or of one survivor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.shortcuts.together import read_together
from desk.court.reader import by
from desk.parts.folding import Cell, Line, first_and_rest, folded
from desk.words import ACCUSED_TONES, MEASURE_TONES, TAKING_PART_TONES
from prosecutions.enums import Companion, HearingPurpose, TakingPart
from prosecutions.models import Accusation, Hearing, Participation, ProtectiveMeasure
from prosecutions.words import court_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk.court.reader import Reader
    from prosecutions.models import Prosecution
    from victims.models import Involvement

    Shown = dict[str, object]

SOON = timedelta(days=30)
STILL_TO_TESTIFY = (TakingPart.WILLING, TakingPart.STATEMENT)
NOBODY = ("", Companion.NOBODY)
BESIDE = ("prosecutions:ask-protection", "prosecutions:record-accusation")


class Participations:
    """Survivors before police and courts, as far as this reader may see: one query.

    A court may be disclosed without the survivors: then there are rows, and no code above them.
    """

    def __init__(self, reader: Reader, accused: Accused) -> None:
        self.verbs, today = reader.verbs, reader.case.jurisdiction.today
        court = ("prosecution__court", "prosecution__jurisdiction")
        steps = reader.rows(Participation, "travelled_from", *court)
        steps = steps.order_by("-happened_on", "-created_at")
        measures = reader.rows(ProtectiveMeasure, *court).order_by("asked_on", "created_at")
        read_together(steps, measures)
        self.steps = by("involvement_id", steps)
        self.measures = by("involvement_id", measures)
        self.accusations = accused.rows
        listed = (row for row in reader.once(Hearing) if not row.result)
        near = (row for row in listed if today <= row.listed_on <= today + SOON)
        heard = [row for row in near if row.purpose in HearingPurpose.OF_WITNESSES]
        self.hearings = sorted(heard, key=lambda row: (row.listed_on, row.pk))

    def of(self, person: Involvement) -> Shown:
        """One survivor in full."""
        return self._who(person) | self._person(person.pk)

    def _who(self, person: Involvement) -> dict[str, object]:
        """A survivor, and what this reader may record."""
        return {
            "id": person.pk,
            "code": person.code,
            "label": person.victim.in_words,
            "page_url": reverse("desk:survivor", args=[person.pk]),
            "verbs": self.verbs(person, "prosecutions:record-participation"),
            "others": self.verbs(person, *BESIDE),
        }

    def shown(self, involved: list[Involvement]) -> dict[str, Any]:
        """Whoever has something on record, in full; the others by code, for a first step."""
        survivors = [self._who(person) for person in involved]
        recorded = {pk for rows in self._tables() for pk, records in rows.items() if records}
        unknown = recorded - {row["id"] for row in survivors}
        hidden = [{"id": pk, "code": ""} for pk in sorted(unknown)]
        people = [*(row for row in survivors if row["id"] in recorded), *hidden]
        full = [row | self._person(row["id"]) for row in people]
        first, rest = first_and_rest(full, lambda line: bool(line["lacks"] or line["is_accused"]))
        return {
            "people": first,
            "count": len(full),
            "folded": folded(map(_line, rest), _("Last step"), _("Protection")),
            "others": [row for row in survivors if row["id"] not in recorded],
        }

    def _tables(self) -> tuple[Any, Any, Any]:
        return self.steps, self.measures, self.accusations

    def _person(self, person: object) -> dict[str, Any]:
        steps, measures = self.steps[person], self.measures[person]
        last = steps[0] if steps else None
        return {
            "state": _said(last) if last else _("Not asked yet"),
            "group": (last.kind, last.declined_for) if last else None,
            "tone": TAKING_PART_TONES[last.kind] if last else "",
            "steps": [self._step(step) for step in steps],
            "measures": [self._measure(measure) for measure in measures],
            "accusations": [self._accusation(row) for row in self.accusations[person]],
            "is_accused": any(not row.ended for row in self.accusations[person]),
            "lacks": self._lacks(last, measures) if last else "",
        }

    def _step(self, row: Participation) -> dict[str, object]:
        came = row.travelled_from
        return {
            "day": row.happened_on,
            "words": _said(row),
            "court": _court(row.prosecution),
            "companion": row.get_accompanied_by_display() if row.accompanied_by else "",
            "alone": row.accompanied_by == Companion.NOBODY,
            "travelled_from": came.name if came else "",
            "corrections": self.verbs(
                row, "prosecutions:correct-participation", "prosecutions:strike-participation"
            ),
        }

    def _measure(self, row: ProtectiveMeasure) -> dict[str, object]:
        return {
            "words": row.get_kind_display(),
            "court": _court(row.prosecution),
            "asked_on": row.asked_on,
            "answered_on": row.answered_on,
            "answer": row.get_answer_display() or _("Waits for an answer"),
            "tone": MEASURE_TONES[row.answer],
            "verbs": self.verbs(
                row, ("prosecutions:answer-protection", row.answered_on and _("Change"))
            ),
            "corrections": self.verbs(
                row, "prosecutions:correct-protection", "prosecutions:strike-protection"
            ),
        }

    def _accusation(self, row: Accusation) -> dict[str, object]:
        return {
            "words": row.get_offence_display(),
            "since": row.accused_on,
            "ended_on": row.ended_on,
            "end": row.get_ended_display() or _("Open"),
            "tone": ACCUSED_TONES[row.ended],
            "verbs": self.verbs(row, ("prosecutions:end-accusation", row.ended_on and _("Change"))),
            "corrections": self.verbs(
                row, "prosecutions:correct-accusation", "prosecutions:strike-accusation"
            ),
        }

    def _lacks(self, last: Participation, measures: list[ProtectiveMeasure]) -> str:
        """What the record lacks before a hearing of witnesses that is near, in words.

        Nobody records whom a court will hear; this says no more than what stands on record.
        """
        court = last.prosecution_id
        near = (row for row in self.hearings if court in (None, row.prosecution_id))
        hearing = next(near, None)
        if hearing is None or last.kind not in STILL_TO_TESTIFY:
            return ""
        day = {"day": date_format(hearing.listed_on, "j M Y")}
        if last.accompanied_by not in NOBODY:
            return (
                ""
                if measures
                else _("Witnesses on %(day)s: no protection has been asked for.") % day
            )
        if measures:
            return _("Witnesses on %(day)s: nobody is on record as going with the survivor.") % day
        return (
            _(
                "Witnesses on %(day)s: nobody is on record as going with the survivor, and no"
                " protection has been asked for."
            )
            % day
        )


class Accused:
    """Survivors of a case who are accused themselves: one query."""

    def __init__(self, reader: Reader) -> None:
        rows = sorted(reader.once(Accusation), key=lambda row: (row.accused_on, row.created_at))
        self.rows = by("involvement_id", rows)

    def of(self, person: object) -> list[str]:
        """What this survivor stands accused of now."""
        return [_accused(row) for row in self.rows[person] if not row.ended]

    def shown(self, survivors: Iterable[Involvement]) -> list[dict[str, str]]:
        """The guard above the pages; a survivor whose code is not open to the reader has none."""
        codes = {row.pk: row.code for row in survivors}
        order = [*codes, *sorted(self.rows.keys() - codes.keys())]
        return [
            {"code": codes.get(pk, ""), "words": words} for pk in order for words in self.of(pk)
        ]


def _line(person: dict[str, Any]) -> Line:
    """One survivor of many, in a table: the last step, and what protects them."""
    steps, measures = person["steps"], person["measures"]
    return Line(
        group=person["group"],
        named=str(person["state"]),
        code=person["code"],
        label=person.get("label", ""),
        url=person.get("page_url", ""),
        cells=(
            Cell(date_format(steps[0]["day"], "j M Y") if steps else ""),
            Cell(", ".join(dict.fromkeys(str(row["words"]) for row in measures))),
        ),
    )


def _said(row: Participation) -> str:
    """“Declined: trauma”."""
    reason = row.get_declined_for_display()
    return f"{row.get_kind_display()}: {reason}" if reason else row.get_kind_display()


def _accused(row: Accusation) -> str:
    """“Theft, since 15 Mar 2026”."""
    words = {"offence": row.get_offence_display(), "day": date_format(row.accused_on, "j M Y")}
    return _("%(offence)s, since %(day)s") % words


def _court(row: Prosecution | None) -> str:
    if row is None:
        return ""
    return f"{row.docket}, {court_of(row)}" if row.docket else court_of(row)
