"""Invented matters that cross borders: networks, and one of them over three countries.

The fishing boats of `justice.py` become one network: recruited in Cambodia, taken through Thailand
to Malaysia, found there; courts in Cambodia and Thailand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework.enums import LinkKind, Programme
from casework.models import Case
from casework.services.links import link_cases
from core.context import acting_as
from intake.demo.hearings import demo_hearings, demo_place
from intake.demo.justice import demo_law, open_demo_case
from intake.demo.people import demo_court
from intake.demo.webcam import before_a_webcam
from prosecutions.enums import (
    Companion,
    Direction,
    Leg,
    NetworkRole,
    RequestAnswer,
    RequestKind,
    SuspectRole,
    TakingPart,
)
from prosecutions.models import Network, Prosecution, Suspect
from prosecutions.services.charges import file_charge
from prosecutions.services.corridors import Stage, record_corridor
from prosecutions.services.courts import (
    open_prosecution,
)
from prosecutions.services.networks import add_member, begin_network
from prosecutions.services.requests import answer_request, record_request
from prosecutions.services.survivors import (
    record_participation,
)
from prosecutions.services.suspects import add_suspect

if TYPE_CHECKING:
    from accounts.models import User

IDENTIFIED = date(2016, 10, 20)
NETWORKS = ((0, 5, 2), (5, 7, 1), (7, 10, 2), (10, 12, 1))  # suspects from, to; and at large
WAY = (
    (Leg.RECRUITMENT, "KH-12"),
    (Leg.TRANSIT, "TH"),
    (Leg.EXPLOITATION, "TH"),
    (Leg.IDENTIFIED, "MY"),
    (Leg.REPATRIATED, "KH"),
)


def add_borders(users: dict[str, User]) -> None:
    _networks(users["lead.phnompenh"])
    before_a_webcam(users["lead.manila"])


def _networks(lead: User) -> None:
    """Four networks in two years; of those known more than half were arrested."""
    with acting_as(lead.pk):
        boats = Case.objects.filter(office__code="phnompenh", jurisdiction__code="KH-12")
        home = list(boats.order_by("opened_on"))
        abroad = Case.objects.get(office__code="bangkok", jurisdiction__code="TH-SKA")
        link_cases(home[0], other=abroad, kind=LinkKind.TWIN, actor=lead)
        _told_from_malaysia(lead, home[0])
        _across_the_sea(lead, home[0], abroad)
        suspects = list(Suspect.objects.filter(case__in=home).order_by("case__opened_on", "code"))
        their_part = list(Suspect.objects.filter(case=abroad).order_by("code"))
        for number, (first, last, at_large) in enumerate(NETWORKS):
            day = IDENTIFIED + timedelta(days=number * 160)
            network = _network(lead, suspects[first:last], at_large, day, third=number == 0)
            if number == 0:
                _widen(lead, network, their_part, day)
                legs = [Stage(kind, demo_place(code)) for kind, code in WAY]
                record_corridor(home[0], legs=legs, network=network, actor=lead)


def _network(
    lead: User, arrested: list[Suspect], at_large: int, day: date, *, third: bool
) -> Network:
    chief, *others = arrested
    network = begin_network(chief, role=NetworkRole.ORGANISER, identified_on=day, actor=lead)
    cases = [chief.case] * at_large
    if third:  # one of those at large is known in the country where people were found
        cases[-1] = _in_malaysia(lead, chief.case)
    missing = [add_suspect(case, role=SuspectRole.RECRUITER, actor=lead) for case in cases]
    _widen(lead, network, [*others, *missing], day)
    return network


def _in_malaysia(lead: User, home: Case) -> Case:
    """The twin of the matter where the boats landed."""
    twin = open_demo_case(lead, "bangkok", "MY", Programme.TRAFFICKED_LABOUR, IDENTIFIED)
    link_cases(home, other=twin, kind=LinkKind.TWIN, actor=lead)
    return twin


def _widen(lead: User, network: Network, suspects: list[Suspect], day: date) -> None:
    for suspect in suspects:
        role = NetworkRole.RECRUITER
        add_member(suspect, network=network, role=role, known_on=day, actor=lead)


def _told_from_malaysia(lead: User, home: Case) -> None:
    request = record_request(
        home,
        direction=Direction.FROM,
        kind=RequestKind.IDENTIFY,
        jurisdiction=demo_place("MY"),
        asked_on=home.opened_on + timedelta(days=2),
        actor=lead,
    )
    answer_request(
        request,
        version=request.version,
        answer=RequestAnswer.GIVEN,
        answered_on=home.opened_on + timedelta(days=9),
        actor=lead,
    )


def _across_the_sea(lead: User, home: Case, abroad: Case) -> None:
    """Courts in two countries, people found in a third, and witnesses who travelled."""
    today = home.jurisdiction.today
    accused = Suspect.objects.filter(case=home).earliest("code")
    begun = date(2016, 12, 12)
    thailand = demo_place("TH")
    proceeding = open_prosecution(
        home,
        jurisdiction=thailand,
        court=demo_court(thailand),
        filed_on=begun,
        docket="Invented 88/2559",
        actor=lead,
    )
    file_charge(
        proceeding,
        suspect=accused,
        provision=demo_law("TH", "ATPA s.52 p.1", date(2015, 6, 3)),
        offence_on=date(2015, 6, 3),
        filed_on=begun,
        actor=lead,
    )
    demo_hearings(lead, proceeding, [today + timedelta(days=40)])
    trial = Prosecution.objects.get(case=abroad)
    demo_hearings(lead, trial, [today - timedelta(days=120), today + timedelta(days=26)])
    for person in abroad.involvement_set.order_by("code")[:2]:
        record_participation(
            person,
            kind=TakingPart.TESTIFIED,
            happened_on=today - timedelta(days=120),
            prosecution=trial,
            accompanied_by=Companion.CASEWORKER,
            travelled_from=demo_place("KH"),
            actor=lead,
        )
