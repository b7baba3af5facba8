"""An invented ledger of rehabilitation: three states of India, three years, and a visible gap.

The state pays and the centre gives back, late or not at all; so its count is the smaller one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aftercare.codes import (
    Category,
    CertificateStatus,
    ClaimKind,
    ClaimStatus,
    ExtremeReason,
    JourneyPurpose,
    Payer,
    Tranche,
    Wish,
)
from aftercare.models import Provider
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.claims import answer_claim, make_claim, record_claim_payment
from aftercare.services.entitlements import set_entitlement
from aftercare.services.payments import record_payment, reimburse
from aftercare.services.repatriations import plan_repatriation
from casework.enums import Programme
from casework.services.cases import open_case
from core.context import acting_as
from intake.demo.hearings import demo_place
from intake.services import log_rescue
from victims.enums import RANGES, AgeBand, Sex
from victims.models import Involvement
from victims.services.survivors import Person

if TYPE_CHECKING:
    from accounts.models import User
    from aftercare.models import Entitlement, ReleaseCertificate

ZONE = ZoneInfo("Asia/Kolkata")
# state -> day of the rescue; for each survivor what came: all, relief, paper, asked, nothing
WORLD = {
    "IN-WB": (date(2023, 5, 16), ("all+", "all", "relief+", "relief", "paper", "asked")),
    "IN-TN": (date(2024, 2, 6), ("all+", "all+", "all", "relief+", "none")),
    "IN-JH": (date(2025, 6, 10), ("all", "relief", "relief", "relief+", "asked", "none")),
}
WHO = ((Sex.MALE, AgeBand.ADULT), (Sex.FEMALE, AgeBand.ADULT), (Sex.FEMALE, AgeBand.TEENAGER))
REFERENCE = "Invented {number:04d}"


def add_rehabilitation(users: dict[str, User]) -> None:
    lead = users["lead.kolkata"]
    with acting_as(lead.pk):
        for state, (met, fates) in WORLD.items():
            people = _freed(lead, state, met, len(fates))
            for number, (person, fate) in enumerate(zip(people, fates, strict=True)):
                _fate(lead, person, state, met, fate, number)
            _claim(lead, people[0], state, met)
            _home(lead, people[1], state)


def _freed(lead: User, state: str, met: date, number: int) -> list[Involvement]:
    """The survivors of one kiln of one day."""
    case = open_case(
        programme=Programme.BONDED_LABOUR,
        jurisdiction=demo_place(state),
        opened_on=met - timedelta(days=20),
        actor=lead,
    )
    people = []
    for index in range(number):
        sex, band = WHO[index % len(WHO)]
        people.append(Person(sex, *RANGES[band]))
    moment = datetime(met.year, met.month, met.day, 6, 30, tzinfo=ZONE)
    log_rescue(
        case=case,
        occurred_at=moment,
        jurisdiction=demo_place(state),
        programme=Programme.BONDED_LABOUR,
        people=people,
        actor=lead,
    )
    rows = Involvement.objects.filter(case=case).select_related("case__jurisdiction", "victim")
    return sorted(rows, key=lambda row: int(row.code.rpartition("-")[2]))


def _fate(lead: User, person: Involvement, state: str, met: date, fate: str, number: int) -> None:
    if fate == "none":
        return
    paper = apply_for_certificate(
        person,
        applied_on=met + timedelta(days=2),
        jurisdiction=demo_place(state),
        office_title="District Magistrate",
        actor=lead,
    )
    if fate == "asked":
        return
    issued = met + timedelta(days=9 + 3 * number)
    paper = answer_certificate(
        paper,
        version=paper.version,
        status=CertificateStatus.ISSUED,
        answered_on=issued,
        number=f"INV/{state[3:]}/{met.year}/{number + 1}",
        actor=lead,
    )
    owed = _owed(lead, person, paper, fate)
    if fate == "paper":
        return
    relief = _pay(lead, owed, Tranche.IMMEDIATE, Decimal(30_000), issued + timedelta(days=20))
    rows = [relief]
    if fate.startswith("all"):
        day = issued + timedelta(days=150 + 40 * number)
        if owed.deposit:
            rows.append(_pay(lead, owed, Tranche.DEPOSIT, owed.deposit, day))
        cash = owed.total - owed.deposit - Decimal(30_000)
        rows.append(_pay(lead, owed, Tranche.CASH, cash, day))
    if fate.endswith("+"):
        for row in rows:
            back = row.paid_on + timedelta(days=240)
            given = {"reimbursed": row.amount, "reimbursed_on": back}
            reimburse(row, version=row.version, actor=lead, **given)


def _owed(lead: User, person: Involvement, paper: ReleaseCertificate, fate: str) -> Entitlement:
    if person.victim.sex == Sex.MALE:
        return set_entitlement(paper, category=Category.ADULT_MAN, actor=lead)
    if fate == "all+":
        why = ExtremeReason.MAGISTRATE
        return set_entitlement(paper, category=Category.EXTREME, extreme_reason=why, actor=lead)
    return set_entitlement(paper, category=Category.WOMAN_OR_CHILD, actor=lead)


def _pay(lead: User, owed: Entitlement, tranche: str, amount: Decimal, day: date) -> Any:
    return record_payment(
        owed,
        payer=Payer.STATE,
        tranche=tranche,
        amount=amount,
        paid_on=day,
        bank_reference=REFERENCE.format(number=day.toordinal() % 10_000),
        actor=lead,
    )


def _claim(lead: User, person: Involvement, state: str, met: date) -> None:
    claim = make_claim(
        person,
        kind=ClaimKind.SCHEME,
        asked_on=met + timedelta(days=40),
        jurisdiction=demo_place(state),
        currency="INR",
        amount=Decimal(100_000),
        actor=lead,
    )
    claim = answer_claim(
        claim,
        version=claim.version,
        status=ClaimStatus.AWARDED,
        answered_on=met + timedelta(days=200),
        awarded=Decimal(75_000),
        actor=lead,
    )
    day = met + timedelta(days=230)
    record_claim_payment(claim, amount=Decimal(25_000), paid_on=day, actor=lead)


def _home(lead: User, person: Involvement, state: str) -> None:
    """Home to Bihar, planned for the next weeks; of one nobody is known yet who receives her."""
    receives = None if state == "IN-JH" else Provider.objects.filter(is_active=True).first()
    plan_repatriation(
        person,
        purpose=JourneyPurpose.HOME,
        wish=Wish.WANTS,
        origin=demo_place(state),
        destination=demo_place("IN-BR"),
        planned_for=person.case.jurisdiction.today + timedelta(days=10),
        provider=receives,
        escort="An invented aunt",
        actor=lead,
    )
