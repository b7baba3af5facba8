"""Invented proceedings that hold the figures of a public submission, as rows and not as constants.

Cambodia: twelve people with a verdict, all convicted; 46 survivors with a restoration service.
Thailand: six charged and pending, two of them also convicted in Cambodia. Maharashtra and West
Bengal: 158 people convicted of sex trafficking, of adults or of children.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from accounts.models import Membership, Office, User
from accounts.roles import Role
from aftercare.enums import ServiceKind
from aftercare.services.care import record_service
from casework.enums import Programme, Setting, SiteKind
from casework.services.cases import open_case
from casework.services.rescues import register_site
from core.context import acting_as
from intake.demo.people import demo_court
from intake.services import LoggedRescue, log_rescue
from places.models import Jurisdiction
from prosecutions.enums import Attribution, Disposition, PoliceReportKind, SuspectRole
from prosecutions.models import Provision, Suspect
from prosecutions.services.charges import file_charge, frame_charges
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import open_prosecution, record_judgment, record_sentence
from prosecutions.services.suspects import Arrested, add_suspect
from victims.enums import RANGES, AgeBand, Sex
from victims.services.survivors import Person

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from casework.models import Case
    from prosecutions.models import Charge, Complaint, Prosecution

VESSELS = ((23, 7), (23, 5))  # survivors, convicted, of each fishing-boat case in Cambodia
THAI_PENDING, ALSO_CONVICTED = 6, 2
INDIA = (  # office, court, programme, cases, convicted in all, acquitted in all
    ("kolkata", "IN-WB", Programme.CSEC, 14, 61, 19),
    ("kolkata", "IN-WB", Programme.SEX_TRAFFICKING, 6, 22, 9),
    ("mumbai", "IN-MH", Programme.CSEC, 12, 48, 17),
    ("mumbai", "IN-MH", Programme.SEX_TRAFFICKING, 7, 27, 8),
)
MEN = (Sex.MALE, *RANGES[AgeBand.ADULT])
GIRL = (Sex.FEMALE, *RANGES[AgeBand.TEENAGER])


def add_proceedings(users: dict[str, User], chance: random.Random) -> None:
    also_lead(users["lead.phnompenh"], "bangkok")
    also_lead(users["lead.kolkata"], "mumbai")
    convicted = _cambodia(users["lead.phnompenh"])
    _thailand(users["lead.phnompenh"], convicted[:ALSO_CONVICTED])
    for office, court, programme, cases, guilty, free in INDIA:
        lead = users["lead.kolkata"]
        for number, (some, others) in enumerate(
            zip(_shares(guilty, cases), _shares(free, cases), strict=True)
        ):
            day = date(2018, 2, 1) + timedelta(days=number * 190 + chance.randrange(60))
            _indian_case(lead, office, court, programme, day, some, others)


def also_lead(user: User, office: str) -> None:
    """In the demonstration one case manager also leads a neighbouring office."""
    Membership.objects.create(
        user=user, office=Office.objects.get(code=office), role=Role.CASE_MANAGER
    )
    for name in ("held", "roles", "permissions", "standing", "scope", "counting", "home_office"):
        user.__dict__.pop(name, None)


def _shares(total: int, parts: int) -> list[int]:
    """Split a number evenly, the first parts getting one more."""
    return [total // parts + (part < total % parts) for part in range(parts)]


def open_demo_case(lead: User, office: str, code: str, programme: str, day: date) -> Case:
    return open_case(
        programme=programme,
        jurisdiction=Jurisdiction.objects.by_code(code),
        office=Office.objects.get(code=office),
        opened_on=day - timedelta(days=12),
        actor=lead,
    )


def demo_rescue(
    lead: User, case: Case, kind: str, setting: str, day: date, people: Any, arrests: int
) -> LoggedRescue:
    place = case.jurisdiction
    site = register_site(case, kind=kind, setting=setting, jurisdiction=place, actor=lead)
    return log_rescue(
        occurred_at=datetime(day.year, day.month, day.day, 4, 30, tzinfo=ZoneInfo(place.time_zone)),
        jurisdiction=place,
        programme=case.programme,
        case=case,
        site=site,
        people=people,
        arrests=[Arrested(SuspectRole.OWNER)] * arrests,
        actor=lead,
    )


def _cambodia(lead: User) -> list[Suspect]:
    """Two fishing boats: everyone brought home was served, everyone judged was convicted."""
    convicted: list[Suspect] = []
    for number, (survivors, guilty) in enumerate(VESSELS):
        day = date(2015, 6, 3) + timedelta(days=number * 420)
        with acting_as(lead.pk):
            case = open_demo_case(lead, "phnompenh", "KH-12", Programme.TRAFFICKED_LABOUR, day)
            people = [Person(*MEN)] * survivors
            logged = demo_rescue(
                lead, case, SiteKind.FISHING_VESSEL, Setting.PRIVATE, day, people, guilty
            )
            for person in logged.people:
                record_service(
                    person,
                    kind=ServiceKind.REPATRIATION,
                    provided_on=day + timedelta(days=20),
                    actor=lead,
                )
            suspects = [arrest.suspect for arrest in logged.arrests]
            outcomes = [(suspect, Disposition.CONVICTED_TRIAL) for suspect in suspects]
            if number:  # the first is tried hearing by hearing, in `trials.py`
                _judge(lead, case, "KH", "TSE art.10", day, outcomes)
            convicted += suspects
    return convicted


def _thailand(lead: User, known: list[Suspect]) -> None:
    """The same matter across the sea: charged, nobody judged yet."""
    day = date(2016, 9, 14)
    with acting_as(lead.pk):
        case = open_demo_case(lead, "bangkok", "TH-SKA", Programme.TRAFFICKED_LABOUR, day)
        new = THAI_PENDING - len(known)
        logged = demo_rescue(
            lead, case, SiteKind.FISHING_VESSEL, Setting.PRIVATE, day, [Person(*MEN)] * 3, new
        )
        suspects = [arrest.suspect for arrest in logged.arrests] + [
            add_suspect(case, role=SuspectRole.TRANSPORTER, same_as=suspect, actor=lead)
            for suspect in known
        ]
        _charge(lead, case, "TH", "ATPA s.52 p.1", day, suspects)


def _indian_case(
    lead: User, office: str, court: str, programme: str, day: date, guilty: int, free: int
) -> None:
    with acting_as(lead.pk):
        case = open_demo_case(lead, office, court, programme, day)
        logged = demo_rescue(
            lead, case, SiteKind.BROTHEL, Setting.PUBLIC, day, [Person(*GIRL)] * 2, guilty + free
        )
        suspects = [arrest.suspect for arrest in logged.arrests]
        outcomes = [
            (suspect, Disposition.CONVICTED_TRIAL if number < guilty else Disposition.ACQUITTED)
            for number, suspect in enumerate(suspects)
        ]
        _judge(lead, case, "IN", "ITPA 4", day, outcomes, court)


def demo_law(country: str, law: str, day: date) -> Provision:
    statute, _space, number = law.partition(" ")
    in_force = Provision.objects.in_force_on(day)
    return in_force.get(jurisdiction__code=country, statute=statute, number=number)


def complain(
    lead: User, case: Case, number: str, day: date, suspects: list[Suspect]
) -> tuple[Complaint, date]:
    """The complaint of the next day, and the day of the charge sheet."""
    complaint = record_complaint(
        case,
        number=number,
        filed_on=day + timedelta(days=1),
        jurisdiction=case.jurisdiction,
        suspects=suspects,
        actor=lead,
    )
    sheet_on = day + timedelta(days=80)
    record_police_report(
        complaint, kind=PoliceReportKind.CHARGE_SHEET, reported_on=sheet_on, actor=lead
    )
    return complaint, sheet_on


def _charge(
    lead: User,
    case: Case,
    country: str,
    law: str,
    day: date,
    suspects: list[Suspect],
    court: str = "",
) -> tuple[Prosecution, list[Charge]]:
    provision, number = demo_law(country, law, day), f"{day:%j}/{day.year}"
    place = Jurisdiction.objects.by_code(court or country)
    complaint, filed_on = complain(lead, case, number, day, suspects)
    prosecution = open_prosecution(
        case,
        jurisdiction=place,
        court=demo_court(place),
        filed_on=filed_on,
        docket=number,
        complaint=complaint,
        actor=lead,
    )
    charges = [
        file_charge(
            prosecution,
            suspect=suspect,
            provision=provision,
            offence_on=day,
            filed_on=filed_on,
            actor=lead,
        )
        for suspect in suspects
    ]
    framed_on = filed_on + timedelta(days=60)
    frame_charges(prosecution, framed_on=framed_on, charges=charges, actor=lead)
    return prosecution, charges


def _judge(
    lead: User,
    case: Case,
    country: str,
    law: str,
    day: date,
    outcomes: Sequence[tuple[Suspect, str]],
    court: str = "",
) -> None:
    suspects = [suspect for suspect, _outcome in outcomes]
    prosecution, charges = _charge(lead, case, country, law, day, suspects, court)
    judgment = record_judgment(
        prosecution,
        decided_on=day + timedelta(days=700),
        attribution=Attribution.SUPPORTED,
        decisions=[
            (charge, outcome) for charge, (_suspect, outcome) in zip(charges, outcomes, strict=True)
        ],
        actor=lead,
    )
    for suspect, outcome in outcomes:
        if outcome in Disposition.CONVICTED:
            record_sentence(judgment, suspect=suspect, months=84, actor=lead)
