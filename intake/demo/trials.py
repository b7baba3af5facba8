"""Invented proceedings from the complaint to the final judgment, in India and in Cambodia.

Those of the Philippines and of Britain stand in `webcam.py`. Beside each that is over one is under
way, with hearings behind it and before it.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from casework.enums import Programme, Setting, SiteKind
from casework.models import Case
from core.context import acting_as
from intake.demo.hearings import appealed, demo_place, heard, judged
from intake.demo.justice import MEN, complain, demo_law, demo_rescue, open_demo_case
from intake.demo.people import demo_court
from prosecutions.enums import (
    Adjournment,
    BailCondition,
    Breach,
    Disposition,
    HearingPurpose,
    Plea,
    Release,
    SuspectRole,
)
from prosecutions.models import Suspect
from prosecutions.services.arrests import record_arrest
from prosecutions.services.charges import file_charge, frame_charges, record_plea
from prosecutions.services.compensation import record_compensation_payment
from prosecutions.services.courts import open_prosecution, record_sentence
from prosecutions.services.custody import begin_custody, end_custody, record_breach
from prosecutions.services.suspects import add_suspect
from victims.enums import RANGES, AgeBand, Sex
from victims.services.survivors import Person

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.models import Charge, Custody, Judgment, Prosecution

WOMAN = (Sex.FEMALE, *RANGES[AgeBand.ADULT])
KILN, BOATS = date(2022, 3, 8), date(2015, 6, 3)
IN_DEBT, AT_SEA = "IPC 370(3)", "TSE art.10"
GUILTY, FREE = Disposition.CONVICTED_TRIAL, Disposition.ACQUITTED
TERMS = [BailCondition.REPORT, BailCondition.PASSPORT, BailCondition.NO_CONTACT]


def add_trials(users: dict[str, User]) -> None:
    for lead, tell in ((users["lead.kolkata"], _kiln), (users["lead.phnompenh"], _boats)):
        with acting_as(lead.pk):
            tell(lead)


def _kiln(lead: User) -> None:
    """Four tried in West Bengal. The High Court reverses one acquittal, and one conviction."""
    case = open_demo_case(lead, "kolkata", "IN-WB", Programme.BONDED_LABOUR, KILN)
    logged = demo_rescue(
        lead, case, SiteKind.KILN, Setting.PRIVATE, KILN, [Person(*MEN), Person(*WOMAN)], 4
    )
    accused = [arrest.suspect for arrest in logged.arrests]
    owner, manager, driver, _guard = accused
    _held(lead, owner, KILN, IN_DEBT)
    _bailed(lead, manager, KILN, IN_DEBT, "INR", 50_000)
    proceeding, charges = charged(lead, case, IN_DEBT, KILN, accused)
    _broke_it(lead, _bailed(lead, driver, KILN, IN_DEBT, "INR", 20_000), KILN)
    hearing = heard(lead, proceeding, _listed(proceeding.filed_on))
    judgment = judged(lead, hearing, _ends(charges, "gfgf"))
    day = judgment.decided_on
    _sentenced(lead, judgment, owner, "INR", fine=100_000, compensation=300_000, paid=120_000)
    record_sentence(judgment, suspect=driver, months=36, suspended=True, actor=lead)
    reversed_ = appealed(
        lead,
        judgment,
        _ends(charges, "ggff"),
        day + timedelta(days=30),
        [
            (day + timedelta(days=100), HearingPurpose.APPEAL, Adjournment.LAWYER_ABSENT),
            (day + timedelta(days=190), HearingPurpose.JUDGMENT, ""),
        ],
    )
    record_sentence(
        reversed_, suspect=manager, months=84, fine=Decimal(25_000), currency="INR", actor=lead
    )
    under_way(lead, case, "IN-WB", IN_DEBT, KILN)


def _boats(lead: User) -> None:
    """The seven of the first fishing boat, tried in Phnom Penh; the court of appeal upholds it."""
    boats = Case.objects.filter(office__code="phnompenh", jurisdiction__code="KH-12")
    case = boats.earliest("opened_on")
    arrested = Suspect.objects.filter(case=case, arrests__isnull=False)
    accused = list(arrested.order_by("code"))
    for suspect in accused[:2]:
        _held(lead, suspect, BOATS, AT_SEA)
    proceeding, charges = charged(lead, case, AT_SEA, BOATS, accused, court="KH")
    hearing = heard(lead, proceeding, _listed(proceeding.filed_on))
    judgment = judged(lead, hearing, _ends(charges, "g" * len(charges)))
    day = judgment.decided_on
    money = {"fine": 4_000_000, "compensation": 20_000_000, "paid": 20_000_000}
    _sentenced(lead, judgment, accused[0], "KHR", **money)
    for suspect in accused[1:]:
        record_sentence(judgment, suspect=suspect, months=84, actor=lead)
    appealed(
        lead,
        judgment,
        _ends(charges, "g" * len(charges)),
        day + timedelta(days=20),
        [(day + timedelta(days=240), HearingPurpose.JUDGMENT, "")],
    )
    under_way(lead, case, "KH", AT_SEA, BOATS)


def _sentenced(
    lead: User,
    judgment: Judgment,
    suspect: Suspect,
    unit: str,
    *,
    fine: int,
    compensation: int,
    paid: int,
) -> None:
    """Ten years, a fine, and compensation, of which so much reached the survivors."""
    given = record_sentence(
        judgment,
        suspect=suspect,
        months=120,
        fine=Decimal(fine),
        compensation=Decimal(compensation),
        currency=unit,
        actor=lead,
    )
    paid_on = judgment.decided_on + timedelta(days=90)
    record_compensation_payment(given, amount=Decimal(paid), paid_on=paid_on, actor=lead)


def under_way(lead: User, case: Case, court: str, law: str, day: date) -> Prosecution:
    """Somebody found later: on trial, a hearing behind, one before us."""
    today = case.jurisdiction.today
    suspect = add_suspect(case, role=SuspectRole.FACILITATOR, actor=lead)
    found_on = today - timedelta(days=120)
    record_arrest(suspect, arrested_on=found_on, actor=lead)
    proceeding, charges = charged(lead, case, law, day, [suspect], found_on, court)
    plead(lead, charges[0], today - timedelta(days=25))
    heard(
        lead,
        proceeding,
        [
            (today - timedelta(days=25), HearingPurpose.PLEA, ""),
            (today - timedelta(days=11), HearingPurpose.WITNESS, Adjournment.NOT_PRODUCED),
            (today + timedelta(days=9), HearingPurpose.WITNESS, ""),
        ],
    )
    return proceeding


def plead(lead: User, charge: Charge, day: date) -> None:
    charge.refresh_from_db()
    record_plea(charge, version=charge.version, plea=Plea.NOT_GUILTY, pleaded_on=day, actor=lead)


def charged(
    lead: User,
    case: Case,
    law: str,
    day: date,
    accused: list[Suspect],
    found_on: date | None = None,
    court: str = "",
) -> tuple[Prosecution, list[Charge]]:
    """Complaint, report of the police, proceeding, charges, and the day they were framed."""
    place = demo_place(court) if court else case.jurisdiction
    number = f"Invented {case.reference[-4:]}/{(found_on or day).year}"
    complaint, filed_on = complain(lead, case, number, found_on or day, accused)
    proceeding = open_prosecution(
        case,
        jurisdiction=place,
        court=demo_court(place),
        filed_on=filed_on,
        docket=number,
        complaint=complaint,
        actor=lead,
    )
    people = list(case.involvement_set.order_by("code"))
    charges = [
        file_charge(
            proceeding,
            suspect=suspect,
            provision=demo_law(place.country, law, day),
            offence_on=day,
            filed_on=filed_on,
            survivors=people,
            actor=lead,
        )
        for suspect in accused
    ]
    framed_on = filed_on + timedelta(days=10)
    frame_charges(proceeding, framed_on=framed_on, charges=charges, actor=lead)
    return proceeding, charges


def _listed(begun: date) -> list[tuple[date, str, str]]:
    """From the first hearing to the judgment, with what came between."""
    return [
        (begun + timedelta(days=days), purpose, reason)
        for days, purpose, reason in (
            (12, HearingPurpose.CHARGE, ""),
            (60, HearingPurpose.WITNESS, Adjournment.WITNESS_ABSENT),
            (110, HearingPurpose.WITNESS, Adjournment.NO_INTERPRETER),
            (160, HearingPurpose.WITNESS, ""),
            (220, HearingPurpose.ARGUMENTS, Adjournment.JUDGE_ABSENT),
            (270, HearingPurpose.JUDGMENT, ""),
        )
    ]


def _ends(charges: list[Charge], how: str) -> list[tuple[Charge, str]]:
    """Of each charge in turn whether it ended in guilt or freedom."""
    words = {"g": GUILTY, "f": FREE}
    return [(charge, words[letter]) for charge, letter in zip(charges, how, strict=True)]


def _held(lead: User, suspect: Suspect, day: date, law: str) -> Custody:
    return begin_custody(
        suspect,
        since=day,
        since_at=time(6, 30),
        provision=demo_law(suspect.case.jurisdiction.country, law, day),
        in_court_on=day + timedelta(days=1),
        actor=lead,
    )


def _bailed(lead: User, suspect: Suspect, day: date, law: str, unit: str, sum_: int) -> Custody:
    return end_custody(
        _held(lead, suspect, day, law),
        ended_on=day + timedelta(days=40),
        ended=Release.BAIL,
        bail_conditions=TERMS,
        sureties=2,
        bail_amount=Decimal(sum_),
        bail_currency=unit,
        actor=lead,
    )


def _broke_it(lead: User, bail: Custody, day: date) -> None:
    record_breach(bail, breached_on=day + timedelta(days=70), breach=Breach.CONTACT, actor=lead)
