"""What justice did in the many cases: arrests, complaints, trials at home and abroad, sentences.

How many were arrested and convicted is said of the whole demonstration, so that what the small one
holds of it is not made again. Everything is decided: a closed case leaves no trial open. Names are
two words of a code, or nobody knows them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce

from casework.enums import SupportLevel
from intake.demo.many_parts import CSEC, LABOUR, OSEC
from intake.demo.many_trials import Fate, Trials
from places.models import Jurisdiction
from prosecutions.enums import (
    Direction,
    Disposition,
    PerpetratorKind,
    PoliceReportKind,
    RequestAnswer,
    RequestKind,
    SuspectRole,
)
from prosecutions.models import (
    Arrest,
    AssistanceRequest,
    ChargeDecision,
    Complaint,
    ComplaintSuspect,
    Perpetrator,
    PoliceReport,
    Suspect,
)
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.access import ScopedQuerySet
    from intake.demo.many_case import DemoCase
    from intake.demo.many_rows import Rows

SEED = 178_45_51
ABROAD, TRIED_ABROAD, LATEST_ABROAD = "GB", 6, 2023  # convicted where they live, with our evidence
LOOKS = (
    *("Ashen", "Azure", "Blue", "Brass", "Bright", "Bronze", "Checked", "Copper", "Crimson"),
    *("Dotted", "Dusky", "Faded", "Frosty", "Glass", "Golden", "Green", "Grey", "Leaden"),
    *("Pale", "Paper", "Rusty", "Silver", "Spotted", "Striped", "Wooden", "Woollen"),
)
THINGS = (
    *("Anchor", "Anvil", "Basket", "Bell", "Bottle", "Bridge", "Button", "Candle", "Compass"),
    *("Ferry", "Fiddle", "Hammer", "Harbour", "Kettle", "Ladder", "Lantern", "Magnet", "Mirror"),
    *("Needle", "Paddle", "Pebble", "Ribbon", "Saddle", "Tunnel", "Umbrella", "Wagon"),
)
NAMED = 0.6


@dataclass(frozen=True)
class Kind:
    """Cases of a kind: how many persons were arrested and convicted in them, and who they are."""

    country: str
    programme: str
    arrested: int
    convicted: int
    unsentenced: int  # of these, with no sentence on record
    pleas: float
    women: float
    roles: tuple[SuspectRole, ...]


AT_HOME = (SuspectRole.RELATIVE, SuspectRole.RELATIVE, SuspectRole.FACILITATOR)
OF_A_BAR = (SuspectRole.OWNER, SuspectRole.MANAGER, SuspectRole.RECRUITER, SuspectRole.GUARD)
OF_A_KILN = (SuspectRole.OWNER, SuspectRole.MANAGER, SuspectRole.RECRUITER)
KINDS = (
    Kind("PH", OSEC, 178, 45, 2, 0.4, 0.65, AT_HOME),
    Kind("PH", CSEC, 430, 181, 9, 0.15, 0.45, OF_A_BAR),
    Kind("IN", LABOUR, 34, 5, 2, 0.0, 0.1, OF_A_KILN),
)
# How it ends for those who are not convicted; nothing: no charge was filed.
OTHERWISE: dict[str, int] = {
    "": 40,
    Disposition.ACQUITTED: 12,
    Disposition.DISMISSED: 20,
    Disposition.WITHDRAWN: 8,
    Disposition.ARCHIVED: 20,
}


def do_justice(rows: Rows, matters: Sequence[DemoCase]) -> None:
    police = Police(rows)
    for kind in KINDS:
        its = [
            matter
            for matter in matters
            if matter.part.programme == kind.programme and matter.part.place[:2] == kind.country
        ]
        fates: list[list[Fate]] = [[] for _matter in its]
        for number, fate in enumerate(police.fates(kind)):
            at = number if number < len(its) else police.chance.randrange(len(its))
            fates[at].append(fate)
        for matter, some in zip(its, fates, strict=True):
            if some:
                police.arrested(kind, matter, some)
    early = [m for m in matters if m.part.programme == OSEC and m.met.year <= LATEST_ABROAD]
    for matter in police.chance.sample(early, TRIED_ABROAD):
        police.tried_abroad(matter)


class Police:
    """Who is arrested in the many cases, and brought before a court."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.chance = random.Random(SEED)  # noqa: S311 - an invented world, the same every time
        self.trials = Trials(rows, self.chance)
        self.names, self.numbers = _names(self.chance), count(1)
        self.suspects: dict[Any, int] = {}  # case -> how many it has

    def fates(self, kind: Kind) -> list[Fate]:
        convicted = kind.convicted - _convicted_before(kind)
        others = kind.arrested - _arrested_before(kind) - convicted
        ends = (Disposition.CONVICTED_TRIAL, Disposition.CONVICTED_PLEA)
        fates = [
            Fate(self.chance.choices(ends, (1 - kind.pleas, kind.pleas))[0], n >= kind.unsentenced)
            for n in range(convicted)
        ]
        fates += map(Fate, self.chance.choices([*OTHERWISE], [*OTHERWISE.values()], k=others))
        self.chance.shuffle(fates)
        return fates

    def arrested(self, kind: Kind, matter: DemoCase, fates: Sequence[Fate]) -> None:
        """Taken in the rescue, complained of, and most of them tried."""
        chance, case = self.chance, matter.case
        case.support_level = chance.choice((SupportLevel.OWN, SupportLevel.SUPPORTED))
        suspects = []
        for _fate in fates:
            sex = Sex.FEMALE if chance.random() < kind.women else Sex.MALE
            suspect = self._suspect(matter, chance.choice(kind.roles), kind.country, sex)
            self.rows.add(
                Arrest(
                    case=case,
                    suspect=suspect,
                    rescue=matter.rescue,
                    arrested_on=matter.met,
                    attribution=case.support_level,
                )
            )
            suspects.append(suspect)
        charged = [pair for pair in zip(suspects, fates, strict=True) if pair[1].end]
        complaint, reported_on = self._complaint(matter, suspects, bool(charged))
        if charged:
            self.trials.hold(matter, case.jurisdiction, reported_on, charged, complaint=complaint)

    def tried_abroad(self, matter: DemoCase) -> None:
        """Somebody who watched, tried at home with what was asked of us."""
        case, place = matter.case, Jurisdiction.objects.by_code(ABROAD)
        asked_on = matter.met + timedelta(days=self.chance.randrange(10, 60))
        answered_on = asked_on + timedelta(days=self.chance.randrange(20, 80))
        self.rows.add(
            AssistanceRequest(
                case=case,
                direction=Direction.FROM,
                kind=RequestKind.EVIDENCE,
                jurisdiction=place,
                asked_on=asked_on,
                answer=RequestAnswer.GIVEN,
                answered_on=answered_on,
            )
        )
        viewer = self._suspect(matter, SuspectRole.ONLINE_VIEWER, ABROAD, Sex.MALE)
        filed_on = answered_on + timedelta(days=self.chance.randrange(15, 90))
        self.trials.hold(
            matter, place, filed_on, [(viewer, Fate(Disposition.CONVICTED_TRIAL, True))]
        )

    def _suspect(self, matter: DemoCase, role: str, nationality: str, sex: str) -> Suspect:
        case = matter.case
        number = self.suspects[case.pk] = self.suspects.get(case.pk, 0) + 1
        person = Perpetrator(
            name=next(self.names) if self.chance.random() < NAMED else "",
            sex=sex,
            nationality=nationality,
            born_year=matter.met.year - self.chance.randrange(21, 60),
        )
        self.rows.add(person)
        return self.rows.add(
            Suspect(
                case=case,
                code=f"A-{number}",
                role=role,
                perpetrator=person,
                identified_on=matter.met,
            )
        )

    def _complaint(
        self, matter: DemoCase, suspects: Sequence[Suspect], charged: bool
    ) -> tuple[Complaint, date]:
        """With the day the police brought it to court, or closed it for want of evidence."""
        case, filed_on = matter.case, matter.met + timedelta(days=self.chance.randrange(1, 5))
        reported_on = filed_on + timedelta(days=self.chance.randrange(10, 60))
        complaint = self.rows.add(
            Complaint(
                case=case,
                number=f"Invented {next(self.numbers)}/{filed_on.year}",
                filed_on=filed_on,
                jurisdiction=case.jurisdiction,
            )
        )
        kind = PoliceReportKind.CHARGE_SHEET if charged else PoliceReportKind.NO_EVIDENCE
        report = self.rows.add(
            PoliceReport(case=case, complaint=complaint, kind=kind, reported_on=reported_on)
        )
        for suspect in suspects:
            self.rows.add(
                ComplaintSuspect(
                    case=case,
                    complaint=complaint,
                    suspect=suspect,
                    sent_up=report if charged else None,
                )
            )
        matter.last = max(matter.last, reported_on)
        return complaint, reported_on


def _names(chance: random.Random) -> Iterator[str]:
    """Each once."""
    names = [" ".join(words) for words in product(LOOKS, THINGS)]
    chance.shuffle(names)
    return iter(names)


def _convicted_before(kind: Kind) -> int:
    rows = ChargeDecision.objects.first_instance().filter(
        disposition__in=Disposition.CONVICTED,
        judgment__prosecution__jurisdiction__code__startswith=kind.country,
        case__programme=kind.programme,
    )
    return _persons(rows, "charge__suspect__perpetrator")


def _arrested_before(kind: Kind) -> int:
    rows = Arrest.objects.filter(
        case__jurisdiction__code__startswith=kind.country, case__programme=kind.programme
    )
    return _persons(rows, "suspect__perpetrator")


def _persons(rows: ScopedQuerySet, path: str) -> int:
    rows = rows.filter(**{f"{path}__kind": PerpetratorKind.INDIVIDUAL}).order_by()
    who = rows.annotate(who=Coalesce(f"{path}__merged_into", path))
    return int(who.values("who").distinct().count())
