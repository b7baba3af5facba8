"""The ledger of the invented bonded labourers: certificates, what was owed, who paid it.

The states that the submission names pay more people than the centre gives back for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aftercare.codes import Category, CertificateStatus, Payer, Tranche
from aftercare.models import (
    Entitlement,
    RehabilitationPayment,
    ReleaseCertificate,
    SchemeRate,
)
from aftercare.schemes import scheme_on
from victims.enums import Outcome, Sex

if TYPE_CHECKING:
    import random
    from datetime import date

    from intake.demo.many_rows import Rows
    from places.models import Jurisdiction
    from victims.models import Involvement

OF_AGE = 216  # months
# Of each, the share that comes so far.
ISSUED, RELIEVED, PAID_IN_FULL, GIVEN_BACK = 0.85, 0.8, 0.5, 0.55


def add_to_ledger(rows: Rows, chance: random.Random, people: list[Involvement], met: date) -> date:
    """Returns the last day on which something was answered or paid."""
    last = met
    for person in people:
        if person.outcome == Outcome.RESCUED:
            last = max(last, _certificate(rows, chance, person, met))
    return last


def _certificate(rows: Rows, chance: random.Random, person: Involvement, met: date) -> date:
    answered = met + timedelta(days=chance.randrange(4, 60))
    issued = chance.random() < ISSUED
    paper = rows.add(
        ReleaseCertificate(
            case=person.case,
            involvement=person,
            jurisdiction=person.case.jurisdiction,
            office_title="District Magistrate",
            status=CertificateStatus.ISSUED if issued else CertificateStatus.REFUSED,
            applied_on=met + timedelta(days=2),
            answered_on=answered,
            number=f"INV/{met.year}/{person.victim.code}" if issued else "",
        )
    )
    if not issued:
        return answered
    man = person.victim.sex == Sex.MALE
    category = Category.ADULT_MAN if man and _of_age(person) else Category.WOMAN_OR_CHILD
    rate = _rates(person.case.jurisdiction, answered)[category]
    owed = rows.add(
        Entitlement(
            case=person.case,
            certificate=paper,
            involvement=person,
            rate=rate,
            total=rate.total,
            deposit=rate.deposit,
        )
    )
    return _payments(rows, chance, owed, answered)


def _of_age(person: Involvement) -> bool:
    return person.victim.age_min_months is None or person.victim.age_min_months >= OF_AGE


def _payments(rows: Rows, chance: random.Random, owed: Entitlement, answered: date) -> date:
    if chance.random() >= RELIEVED:
        return answered
    rate, day = owed.rate, answered + timedelta(days=chance.randrange(5, 50))
    given_back = chance.random() < GIVEN_BACK
    parts = [(Tranche.IMMEDIATE, rate.immediate, day)]
    if chance.random() < PAID_IN_FULL:
        later = day + timedelta(days=chance.randrange(90, 400))
        rest = rate.total - rate.deposit - rate.immediate
        parts += [(Tranche.CASH, rest, later), (Tranche.DEPOSIT, rate.deposit, later)]
    last = day
    for tranche, amount, paid in parts:
        if not amount:
            continue
        back: dict[str, Any] = {}
        last = max(last, paid)
        if given_back:
            last = paid + timedelta(days=chance.randrange(120, 500))
            back = {"reimbursed": amount, "reimbursed_on": last}
        rows.add(
            RehabilitationPayment(
                case=owed.case,
                entitlement=owed,
                payer=Payer.STATE,
                tranche=tranche,
                amount=amount,
                paid_on=paid,
                **back,
            )
        )
    return last


def _rates(place: Jurisdiction, day: date) -> dict[str, SchemeRate]:
    scheme = scheme_on(place, day)
    return {rate.category: rate for rate in SchemeRate.objects.filter(scheme=scheme)}
