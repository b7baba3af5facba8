"""The trials of those charged in the many cases: one proceeding, its judgments and sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from intake.demo.many_law import BARGAINED, MONEY, PROMOTING, Law, LawBook
from intake.demo.people import demo_court
from prosecutions.enums import (
    Attribution,
    Companion,
    Disposition,
    HearingPurpose,
    HearingResult,
    NoNextDate,
    Plea,
    StageMeaning,
    TakingPart,
)
from prosecutions.models import (
    Charge,
    ChargeDecision,
    ChargeVictim,
    Hearing,
    Judgment,
    Participation,
    Prosecution,
    Sentence,
    StageReached,
)
from prosecutions.services.stages import StageTable
from victims.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake.demo.many_case import DemoCase
    from intake.demo.many_rows import Rows
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Complaint, Suspect

LAST_DAY = date(2026, 10, 15)
AT_TRIAL = (Disposition.CONVICTED_TRIAL, Disposition.ACQUITTED)
COMPENSATED = 0.4  # of those sentenced in the Philippines
TALLY = 12_158
TESTIFIED = 0.5  # of those a trial is about, from the age of six
SIX = 72  # months


@dataclass(frozen=True)
class Fate:
    """How it ended for one person."""

    end: str
    sentence: bool = False


class Trials:
    def __init__(self, rows: Rows, chance: random.Random) -> None:
        self.rows, self.chance = rows, chance
        self.book, self.numbers = LawBook(), count(1)
        self.courts: dict[str, Agency | None] = {}  # by the code of the place
        # Of its own, so that the rest of the world is what it was.
        self.witnesses = random.Random(TALLY)  # noqa: S311 - the same every time

    def hold(
        self,
        matter: DemoCase,
        place: Jurisdiction,
        filed_on: date,
        charged: Sequence[tuple[Suspect, Fate]],
        complaint: Complaint | None = None,
    ) -> None:
        """One proceeding; those who plead are judged first, those on trial last."""
        if place.code not in self.courts:
            self.courts[place.code] = demo_court(place)
        proceeding = self.rows.add(
            Prosecution(
                case=matter.case,
                complaint=complaint,
                jurisdiction=place,
                court=self.courts[place.code],
                docket=f"Invented {place.code} {next(self.numbers)}/{filed_on.year}",
                filed_on=filed_on,
            )
        )
        framed_on = filed_on + timedelta(days=self.chance.randrange(30, 100))
        pleaded, left, tried = (
            min(framed_on + timedelta(days=self.chance.randrange(*within)), LAST_DAY)
            for within in ((5, 60), (60, 200), (240, 1000))
        )
        judgments: dict[date, Judgment] = {}
        for suspect, fate in charged:
            on_plea = fate.end == Disposition.CONVICTED_PLEA
            day = pleaded if on_plea else tried if fate.end in AT_TRIAL else left
            if day not in judgments:
                judgments[day] = self.rows.add(_judgment(proceeding, day))
            self._decide(matter, judgments[day], suspect, fate, framed_on)
        last = max(judgments)
        self._hearings(proceeding, sorted(judgments))
        self._stages(proceeding, filed_on, framed_on, last)
        if complaint and tried in judgments:
            self._testimonies(matter, proceeding, framed_on, tried)
        matter.last = max(matter.last, last)

    def _testimonies(
        self, matter: DemoCase, proceeding: Prosecution, framed_on: date, tried: date
    ) -> None:
        """Between the framing of the charges and the judgment; small children are spared it."""
        within = max((tried - framed_on).days, 1)
        for person in matter.people[:2]:
            old_enough = (person.victim.age_min_months or 0) >= SIX
            if not old_enough or person.outcome != Outcome.RESCUED:
                continue
            if self.witnesses.random() < TESTIFIED:
                self.rows.add(
                    Participation(
                        case=matter.case,
                        involvement=person,
                        prosecution=proceeding,
                        kind=self.witnesses.choice((TakingPart.TESTIFIED, TakingPart.VIDEO)),
                        happened_on=framed_on + timedelta(days=self.witnesses.randrange(within)),
                        accompanied_by=Companion.CASEWORKER,
                    )
                )

    def _decide(
        self,
        matter: DemoCase,
        judgment: Judgment,
        suspect: Suspect,
        fate: Fate,
        framed_on: date,
    ) -> None:
        proceeding, country = judgment.prosecution, judgment.prosecution.jurisdiction.code[:2]
        law = self.book.choose(self.chance, country, matter.part.programme, matter.met)
        on_plea = fate.end == Disposition.CONVICTED_PLEA
        charge = Charge(
            case=matter.case,
            prosecution=proceeding,
            suspect=suspect,
            provision=self.book.of(country, law, matter.met),
            offence_on=matter.met,
            filed_on=proceeding.filed_on,
            framed_on=framed_on,
            plea=Plea.GUILTY if on_plea else Plea.NOT_GUILTY,
            pleaded_on=framed_on,
        )
        if on_plea and law.name in BARGAINED:
            law = PROMOTING
            charge.final_provision = self.book.of(country, law, matter.met)
            charge.amended_on = framed_on
        self.rows.add(charge)
        for person in matter.people[:2]:
            self.rows.add(ChargeVictim(case=matter.case, charge=charge, involvement=person))
        self.rows.add(
            ChargeDecision(case=matter.case, judgment=judgment, charge=charge, disposition=fate.end)
        )
        if fate.sentence:
            self._sentence(judgment, suspect, country, law)

    def _sentence(self, judgment: Judgment, suspect: Suspect, country: str, law: Law) -> None:
        least, most = law.months or (0, 0)
        months = self.chance.randrange(least, most + 1, 6) if law.months else None
        ordered = country == "PH" and self.chance.random() < COMPENSATED
        self.rows.add(
            Sentence(
                case=judgment.case,
                judgment=judgment,
                suspect=suspect,
                months=months,
                life=months is None,
                fine=Decimal(law.fine) if law.fine else None,
                compensation=Decimal(self.chance.randrange(100, 601, 50) * 1000)
                if ordered
                else None,
                currency=MONEY[country] if law.fine or ordered else "",
            )
        )

    def _hearings(self, proceeding: Prosecution, days: Sequence[date]) -> None:
        """Those in which something was decided, each after the other."""
        before: Hearing | None = None
        for day in days:
            over = day == days[-1]
            before = self.rows.add(
                Hearing(
                    case=proceeding.case,
                    prosecution=proceeding,
                    follows=before,
                    listed_on=day,
                    purpose=HearingPurpose.JUDGMENT,
                    result=HearingResult.HELD,
                    no_next_date=NoNextDate.FINISHED if over else "",
                )
            )

    def _stages(self, proceeding: Prosecution, filed_on: date, framed_on: date, last: date) -> None:
        table = StageTable.of(proceeding)
        means = (StageMeaning.FILED, StageMeaning.FRAMED, StageMeaning.JUDGMENT)
        for meaning, day in zip(means, (filed_on, framed_on, last), strict=True):
            stage = table.meaning(meaning)
            if stage:
                self.rows.add(
                    StageReached(
                        case=proceeding.case,
                        prosecution=proceeding,
                        stage=stage.code,
                        reached_on=day,
                    )
                )


def _judgment(proceeding: Prosecution, day: date) -> Judgment:
    at_home = proceeding.complaint_id is not None
    return Judgment(
        case=proceeding.case,
        prosecution=proceeding,
        decided_on=day,
        attribution=proceeding.case.support_level if at_home else Attribution.SUPPORTED,
    )
