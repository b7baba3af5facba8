"""Some three thousand invented survivors since 2002, with the figures of the submission.

No one of them has a name, and no one of them exists. Their cases are closed, so that *Today* asks
nothing about them. The same every time.
"""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Office, User
from casework.enums import CaseStatus, ClosingReason, Programme
from casework.models import Assignment, Case, Closing, ClosingWords, ReferenceCounter, Rescue
from intake.demo.justice import also_lead
from intake.demo.many_care import Helpers, help_person, refer
from intake.demo.many_case import DemoCase
from intake.demo.many_justice import do_justice
from intake.demo.many_ledger import add_to_ledger
from intake.demo.many_parts import LABOUR, OPENED, OSEC, PARTS, Age, Part, between
from intake.demo.many_rows import Rows, tell_the_planner
from intake.demo.many_sites import add_sites
from intake.demo.put_off import put_off_what_is_old
from places.models import Jurisdiction
from victims.enums import Outcome, Sex
from victims.models import ALPHABET, Involvement, Sibling, Victim

SEED = 1_450_400
TODAY = date(2026, 11, 24)
NEVER_MET = "Invented: the family took the person home before any help was recorded."
LEADS = {
    "kolkata": "lead.kolkata",
    "mumbai": "lead.kolkata",
    "delhi": "lead.kolkata",
    "manila": "lead.manila",
    "cebu": "lead.manila",
    "pampanga": "lead.manila",
}
OPEN_CASES = 4  # of each of two offices: somebody waits there for the answer of a provider


class World:
    """What all parts share while they are made."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - an invented world, the same every time
        self.rows = Rows()
        self.offices = {office.code: office for office in Office.objects.all()}
        self.users = {user.username: user for user in User.objects.all()}
        places = {part.place for part in PARTS}
        self.places = {code: Jurisdiction.objects.by_code(code) for code in places}
        self.helpers = Helpers(self.rows, self.chance, self.places)

    def lead(self, part: Part) -> User:
        return self.users[LEADS[part.office]]

    def code(self) -> str:
        return "V-" + "".join(self.chance.choices(ALPHABET, k=8))


@transaction.atomic
def load_many() -> None:
    """Add them to the demonstration that is there."""
    world = World()
    for office in ("cebu", "pampanga"):
        also_lead(world.users["lead.manila"], office)
    also_lead(world.users["lead.kolkata"], "delhi")
    for code, year in OPENED.items():
        Office.objects.filter(code=code).update(opened_on=date(year, 1, 1))
    matters = [matter for part in PARTS for matter in _matters(world, part)]
    for matter in matters:
        _help(world, matter)
    add_sites(world.rows, matters)
    do_justice(world.rows, matters)
    for matter in matters:
        _close(world, matter)
    waiting = [matter for office in ("kolkata", "manila") for matter in _waiting(world, office)]
    _number(world, [matter.case for matter in [*matters, *waiting]])
    world.rows.write()
    put_off_what_is_old()
    tell_the_planner()


def _matters(world: World, part: Part) -> list[DemoCase]:
    """The cases of a part with their rescues, and the people met in them."""
    matters = [_matter(world, part) for _one in range(part.cases)]
    for matter in matters:
        matter.rescue = _rescue(world, matter)
    ages = part.ages(world.chance, part.people)
    if part.programme == OSEC and part.office == "manila":
        ages[0] = (2, 2)
    for number, age in enumerate(ages):
        at = number if number < part.cases else world.chance.randrange(part.cases)
        _person(world, matters[at], age)
    for matter in matters:
        if len(matter.people) > 1 and world.chance.random() < part.siblings:
            _siblings(world, matter)
    return matters


def _matter(world: World, part: Part) -> DemoCase:
    chance, opened = world.chance, part.opening(world.chance)
    case = Case(
        programme=part.programme,
        jurisdiction=world.places[part.place],
        office=world.offices[part.office],
        opened_on=opened,
    )
    met = opened + timedelta(days=chance.randrange(5, 60))
    return DemoCase(part, world.rows.add(case), met, met)


def _rescue(world: World, matter: DemoCase) -> Rescue:
    part = matter.part
    return world.rows.add(
        Rescue(
            case=matter.case,
            occurred_at=datetime.combine(matter.met, time(3, 30), tzinfo=UTC),
            occurred_on=matter.met,
            jurisdiction=world.places[part.place],
            led_by=world.lead(part),
        )
    )


def _person(world: World, matter: DemoCase, age: Age, outcome: str | None = None) -> None:
    part, chance = matter.part, world.chance
    victim = Victim(
        code=world.code(),
        sex=Sex.MALE if chance.random() < part.boys else Sex.FEMALE,
        age_min_months=age[0],
        age_max_months=age[1],
        nationality=part.place[:2],
        languages=part.language,
    )
    if outcome is None:
        outcome = chance.choices((Outcome.RESCUED, Outcome.DECLINED, Outcome.RETURNED), (98, 1, 1))[
            0
        ]
    person = Involvement(
        case=matter.case,
        victim=victim,
        rescue=matter.rescue,
        code=f"S-{len(matter.people) + 1}",
        outcome=outcome,
        identified_on=matter.met,
    )
    world.rows.add(victim)
    matter.people.append(world.rows.add(person))


def _siblings(world: World, matter: DemoCase) -> None:
    group = uuid.UUID(int=world.chance.getrandbits(128), version=4)
    for person in matter.people[: world.chance.choice((2, 2, 3, 4))]:
        world.rows.add(Sibling(group=group, victim=person.victim))
        world.helpers.together[person.pk] = group


def _help(world: World, matter: DemoCase) -> None:
    for person in matter.people:
        if person.outcome != Outcome.RESCUED:
            continue
        if world.chance.random() < 0.03:
            matter.unhelped = True
            continue
        ended = help_person(world.helpers, person, matter.met, world.lead(matter.part))
        matter.last = max(matter.last, ended)
    if matter.part.programme == LABOUR:
        paid = add_to_ledger(world.rows, world.chance, matter.people, matter.met)
        matter.last = max(matter.last, paid)


def _close(world: World, matter: DemoCase) -> None:
    """As `desk.closing` does: with a reason, and with why nobody was helped where it is so."""
    lead, case, chance = world.lead(matter.part), matter.case, world.chance
    later = matter.last + timedelta(days=chance.randrange(15, 120))
    case.status, case.closed_on = CaseStatus.CLOSED, min(later, TODAY - timedelta(days=4))
    reasons = (
        ClosingReason.GOALS_MET,
        ClosingReason.AGED_OUT,
        ClosingReason.RELOCATED,
        ClosingReason.TRANSFERRED,
        ClosingReason.LOST_CONTACT,
    )
    closing = Closing(
        case=case,
        reason=chance.choices(reasons, (76, 8, 6, 6, 4))[0],
        stood=CaseStatus.AFTERCARE_ONLY,
        closed_on=case.closed_on,
        closed_by=lead,
        unmet=["survivor-not-looked-after"] if matter.unhelped else [],
    )
    world.rows.add(closing)
    if matter.unhelped:
        words = ClosingWords(id=closing.pk, case=case, closing=closing, override=NEVER_MET)
        world.rows.add(words)
    _team(world, case, lead)


def _team(world: World, case: Case, *users: User) -> None:
    for user in users:
        ended = case.closed_on and datetime.combine(case.closed_on, time(9), tzinfo=UTC)
        begun = datetime.combine(case.opened_on, time(2), tzinfo=UTC)
        world.rows.add(Assignment(case=case, user=user, started_at=begun, ended_at=ended))


def _waiting(world: World, office: str) -> list[DemoCase]:
    """Open cases of people known before a rescue, with a referral that is under way."""
    place, language = {"kolkata": ("IN-WB-KOL", "bn"), "manila": ("PH-MNL", "tl")}[office]
    kind, ages = Programme.DOMESTIC_SERVITUDE, between(160, 400, 230)
    part = Part(office, place, kind, 1, 2, 2025, 2025, 0.1, 0, language, ages)
    made = []
    for number in range(OPEN_CASES):
        matter = _matter(world, part)
        matter.case.status = CaseStatus.ASSESSMENT
        for age in ages(world.chance, 2):
            _person(world, matter, age, outcome="")
        _team(world, matter.case, world.lead(part), world.users[f"aftercare.{office}"])
        refer(world.helpers, matter.people[0], matter.met, under_way=number)
        made.append(matter)
    return made


def _number(world: World, cases: list[Case]) -> None:
    """References go on where those of the office and year end, by the day of opening."""
    last: dict[tuple[Any, int], int] = defaultdict(int)
    counters = ReferenceCounter.objects.select_for_update()
    last.update({(row.office_id, row.year): row.last for row in counters})
    for case in sorted(cases, key=lambda case: case.opened_on):
        key = (case.office_id, case.opened_on.year)
        last[key] += 1
        case.reference = f"{case.office.prefix}-{key[1]}-{last[key]:04d}"
    ReferenceCounter.objects.bulk_create(
        [
            ReferenceCounter(office_id=office, year=year, last=n)
            for (office, year), n in last.items()
        ],
        update_conflicts=True,
        unique_fields=["office", "year"],
        update_fields=["last"],
    )
