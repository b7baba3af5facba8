"""Care and courts on the page of a survivor, each for whoever reads that part of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aftercare.models import Assessment
from aftercare.progress import progress
from desk.case.care import Care
from desk.case.taking_part import Accused, Participations
from desk.court.reader import by, grouped
from prosecutions.docket.words import in_days
from prosecutions.enums import HearingPurpose
from prosecutions.models import ChargeVictim, Hearing
from prosecutions.words import court_of, law_in_words

if TYPE_CHECKING:
    from datetime import date

    from casework.verbs import Button
    from desk.case.taking_part import Shown
    from desk.own_questions import OwnQuestions
    from desk.parts.of_person import OfPerson

MOST_SERVICES, MOST_HEARINGS = 8, 4
COURT = ("prosecution__court__jurisdiction", "prosecution__jurisdiction")
LAWS = ("charge__provision", "charge__final_provision", "charge__suspect")


@dataclass(frozen=True)
class Listed:
    """The next hearing of a proceeding, or one whose result is due."""

    row: Hearing
    today: date
    named: bool  # whether a charge of the proceeding names this survivor
    verbs: list[Button]

    @property
    def court(self) -> str:
        return court_of(self.row.prosecution)

    @property
    def due(self) -> bool:
        return self.row.listed_on <= self.today

    @property
    def in_days(self) -> str:
        return in_days(self.row.listed_on, self.today)

    @property
    def of_witnesses(self) -> bool:
        return self.row.purpose in HearingPurpose.OF_WITNESSES


def care(reader: OfPerson, own: OwnQuestions) -> dict[str, object]:
    """Where the survivor sleeps, the plan, how the person is doing, what was done: at most twelve
    queries, none of a table without a row of the person."""
    support = Care(reader, own)
    done = reader.rows(Assessment, "instrument").completed().order_by("assessed_on", "created_at")
    services = support.days([reader.person])
    return support.of(reader.person) | {
        "progress": progress(list(done)),
        "services": services[:MOST_SERVICES],
        "more_services": max(0, len(services) - MOST_SERVICES),
        "sessions": support.recovery.sessions([reader.person]),
    }


@dataclass(frozen=True)
class BeforeCourt:
    """How a survivor takes part, which charges name the person, when each proceeding is heard."""

    person: Shown
    accused: list[str]
    hearings: list[Listed]
    charges: list[dict[str, str]]

    @property
    def next(self) -> Listed | None:
        """Of the proceedings that name the person, if any does; else of the case."""
        return self.hearings[0] if self.hearings else None


def court(reader: OfPerson) -> BeforeCourt:
    """Five queries at most."""
    waiting = reader.rows(Hearing, *COURT).filter(result="").order_by("listed_on", "listed_at")
    hearings = by("prosecution_id", reader.keep(waiting))
    named = list(reader.rows(ChargeVictim, *LAWS).order_by("charge__created_at", "pk"))
    theirs = {row.charge.prosecution_id for row in named}
    listed = [_listed(rows[0], reader, named=court in theirs) for court, rows in hearings.items()]
    accused = Accused(reader)
    return BeforeCourt(
        person=Participations(reader, accused).of(reader.person),
        accused=accused.of(reader.person.pk),
        hearings=sorted(listed, key=lambda hearing: (not hearing.named, hearing.row.listed_on))[
            :MOST_HEARINGS
        ],
        charges=grouped((law_in_words(row.charge), row.charge.suspect) for row in named),
    )


def _listed(row: Hearing, reader: OfPerson, *, named: bool) -> Listed:
    today = row.prosecution.jurisdiction.today
    due = row.listed_on <= today
    verbs = reader.verbs(row, due and "prosecutions:record-hearing")
    return Listed(row, today, named, verbs)
