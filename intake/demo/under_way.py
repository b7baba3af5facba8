"""What is under way in the demonstration today: names, hearings, a disclosure, a sealed case."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from casework.enums import CaseStatus, LegalBasis, Part
from casework.models import Case
from casework.services.cases import assign
from casework.services.disclosures import confirm_disclosure, propose_disclosure
from casework.services.plans import name_in_plan, plan_rescue
from casework.services.sealing import seal_case
from core.context import acting_as, confirmed_at
from intake.demo.people import demo_court
from places.models import Agency, Jurisdiction
from prosecutions.enums import Adjournment, HearingPurpose, HearingResult, NoNextDate, SuspectRole
from prosecutions.models import Hearing, Prosecution, Provision, Suspect
from prosecutions.services.arrests import record_arrest
from prosecutions.services.charges import file_charge
from prosecutions.services.complaints import record_complaint
from prosecutions.services.courts import open_prosecution
from prosecutions.services.custody import begin_custody
from prosecutions.services.hearings import list_hearing, record_hearing
from prosecutions.services.suspects import add_suspect
from victims.models import Involvement
from victims.services.identities import record_identity

if TYPE_CHECKING:
    from accounts.models import User

SURVIVORS = ("মিতা (invented)", "রুপা (invented)", "Sumitra (invented)", "Jhuma (invented)")
LAW = ("ITPA", "4")


def add_what_is_under_way(users: dict[str, User]) -> None:
    cases = Case.objects.filter(office__code="kolkata", status=CaseStatus.RESCUED)
    first, second, third, fourth = cases.order_by("opened_on", "reference")[:4]
    _names(users["field.kolkata"], first, second)
    legal = users["legal.kolkata"]
    with acting_as(legal.pk):
        today = first.jurisdiction.today
        waiting = _proceeding(legal, first, [-60, -4])
        _proceeding(legal, second, [-30, 3])
        _proceeding(legal, third, [-45], NoNextDate.RECORD_AWAY)
        held = Suspect.objects.filter(case=fourth).earliest("code")
        begin_custody(
            held,
            since=today - timedelta(days=53),  # in India 60 days, or 90 for the gravest
            in_court_on=today - timedelta(days=52),
            actor=legal,
        )
        taken = Suspect.objects.filter(case=second).earliest("code")
        begin_custody(taken, since=today, actor=legal)
    _arrested_tonight(users["field.kolkata"], third)
    _disclose(users, waiting)
    _seal(users["field.manila"])
    _plan(users["field.kolkata"], users["lead.kolkata"])


def _arrested_tonight(field: User, case: Case) -> None:
    """Nobody has said yet what became of the person: the hours until a court run."""
    clock = case.jurisdiction.clock(timezone.now() - timedelta(hours=2))
    with acting_as(field.pk):
        record_arrest(
            add_suspect(case, role=SuspectRole.TRANSPORTER, actor=field),
            arrested_on=clock.date(),
            arrested_at=clock.time().replace(second=0, microsecond=0),
            actor=field,
        )


def _names(field: User, *cases: Case) -> None:
    names = iter(SURVIVORS)
    with acting_as(field.pk):
        for case in cases:
            for person in Involvement.objects.filter(case=case).order_by("code")[:2]:
                record_identity(person, full_name=next(names), actor=field)


def _proceeding(legal: User, case: Case, days: list[int], ends: str = "") -> Prosecution:
    """Charges undecided; hearings at these days from today, each adjourned to the next."""
    today, suspects = case.jurisdiction.today, list(Suspect.objects.filter(case=case))
    begun = min(case.opened_on + timedelta(days=40), today - timedelta(days=90))
    complaint = record_complaint(
        case,
        number=f"{case.reference[-4:]}/{begun.year}",
        filed_on=case.opened_on,
        jurisdiction=case.jurisdiction,
        suspects=suspects,
        actor=legal,
    )
    place = Jurisdiction.objects.by_code("IN-WB")
    proceeding = open_prosecution(
        case,
        jurisdiction=place,
        court=demo_court(place),
        filed_on=max(begun, case.opened_on),
        docket=f"SC {case.reference[-4:]}/{begun.year}",
        complaint=complaint,
        actor=legal,
    )
    _charge(legal, proceeding, suspects, case.opened_on)
    _hear(legal, proceeding, [today + timedelta(days=day) for day in days], ends)
    return proceeding


def _charge(legal: User, proceeding: Prosecution, suspects: list[Suspect], day: date) -> None:
    law = Provision.objects.in_force_on(day).get(statute=LAW[0], number=LAW[1])
    for suspect in suspects:
        file_charge(
            proceeding,
            suspect=suspect,
            provision=law,
            offence_on=day,
            filed_on=proceeding.filed_on,
            actor=legal,
        )


def _hear(legal: User, proceeding: Prosecution, days: list[date], ends: str) -> None:
    purpose = HearingPurpose.EVIDENCE
    hearing = list_hearing(proceeding, listed_on=days[0], purpose=purpose, actor=legal)
    for day in days[1:]:
        record_hearing(
            hearing,
            result=HearingResult.ADJOURNED,
            adjourned_for=Adjournment.WITNESS_ABSENT,
            next_on=day,
            actor=legal,
        )
        hearing = Hearing.objects.get(follows=hearing)
    if ends:
        record_hearing(hearing, result=HearingResult.HELD, no_next_date=ends, actor=legal)


def _disclose(users: dict[str, User], proceeding: Prosecution) -> None:
    """What the prosecutor of the proceeding may read, agreed by two people."""
    legal, lead, case = users["legal.kolkata"], users["lead.kolkata"], proceeding.case
    token = confirmed_at.set(timezone.now())  # nobody is there to show a second factor
    try:
        with acting_as(legal.pk):
            proposed = propose_disclosure(
                case,
                user=users["prosecutor.kolkata"],
                parts=[Part.PEOPLE, Part.RESCUE, Part.SUSPECT, Part.COURT],
                basis=LegalBasis.ORDER,
                document="Invented order 12",
                reason="The court asked for the file before the next hearing.",
                until=case.jurisdiction.today + timedelta(days=60),
                actor=legal,
            )
        with acting_as(lead.pk):
            confirm_disclosure(proposed, actor=lead)
    finally:
        confirmed_at.reset(token)


def _seal(field: User) -> None:
    with acting_as(field.pk):
        case = Case.objects.filter(office__code="manila", status=CaseStatus.LEAD).latest(
            "opened_on"
        )
        seal_case(case, reason="Invented: a suspect has relatives at the station.", actor=field)


def _plan(field: User, lead: User) -> None:
    """A rescue to come, of which only these two know."""
    case = Case.objects.filter(office__code="kolkata", status=CaseStatus.LEAD).earliest("opened_on")
    with acting_as(lead.pk):
        assign(case, user=lead, actor=lead)
    with acting_as(field.pk):
        plan = plan_rescue(
            case,
            day=case.jurisdiction.today + timedelta(days=3),
            hour=time(4, 30),
            jurisdiction=case.jurisdiction,
            part="Leads at the door",
            meeting_point="Invented tea stall behind the station, 03:45",
            partners=list(Agency.objects.within("IN").order_by("name")[:2]),
            children=6,
            adults=3,
            risks="The owner is warned: phones stay in the car\nDogs: the police bring a handler",
            beds="Six at the invented home, three to be arranged",
            medical="A doctor waits at the station",
            interpreters="Bengali and Odia",
            evidence="One films from the door on; the police seize ledgers and phones",
            actor=field,
        )
        name_in_plan(plan, version=1, user=lead, part="Keeps in touch with the police", actor=field)
