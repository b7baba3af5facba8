"""Rows of what survivors are owed, paid and claim, and of their journeys."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, Any

from aftercare.models import (
    BankReference,
    ClaimPayment,
    CompensationClaim,
    Entitlement,
    Escort,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
    Repatriation,
    SchemeRate,
)
from tests import factories
from tests.factories.people import place

if TYPE_CHECKING:
    from casework.models import Case

_numbers = itertools.count(5001)


def scheme(**_fields: Any) -> RehabilitationScheme:
    """The version of 2021, as the migration loads it."""
    return RehabilitationScheme.objects.get(code="IN-CSS-2021")


def rate(category: str = "adult_man", code: str = "IN-CSS-2021", **_fields: Any) -> SchemeRate:
    return SchemeRate.objects.get(scheme__code=code, category=category)


def certificate(case: Case | None = None, **fields: Any) -> ReleaseCertificate:
    """Issued, unless the fields say something else."""
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"jurisdiction": place("IN-WB"), "applied_on": date(2026, 3, 12)}
    if fields.get("status", "issued") == "issued":
        values |= {"status": "issued", "answered_on": date(2026, 3, 20)}
        values["number"] = f"RC/{next(_numbers)}"
    return ReleaseCertificate.objects.create(case=of.case, involvement=of, **(values | fields))


def entitlement(case: Case | None = None, **fields: Any) -> Entitlement:
    """Of an adult man, by the version of 2021: 100,000 rupees, nothing deposited."""
    paper = fields.pop("certificate", None) or certificate(case)
    of = fields.pop("rate", None) or rate()
    values = {"total": of.total, "deposit": of.deposit, "involvement": paper.involvement}
    return Entitlement.objects.create(
        case=paper.case, certificate=paper, rate=of, **(values | fields)
    )


def rehabilitation_payment(case: Case | None = None, **fields: Any) -> RehabilitationPayment:
    of = fields.pop("entitlement", None) or entitlement(case)
    values = {"payer": "state", "tranche": "immediate", "amount": 30000}
    values["paid_on"] = date(2026, 4, 10)
    return RehabilitationPayment.objects.create(case=of.case, entitlement=of, **(values | fields))


def bank_reference(case: Case | None = None, text: str = "Invented 4711") -> BankReference:
    of = rehabilitation_payment(case)
    return BankReference.objects.create(case=of.case, payment=of, text=text)


def claim(case: Case | None = None, **fields: Any) -> CompensationClaim:
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"kind": "scheme", "asked_on": date(2026, 4, 20), "jurisdiction": place("IN-WB")}
    values |= {"currency": "INR", "amount": 50000}
    return CompensationClaim.objects.create(case=of.case, involvement=of, **(values | fields))


def awarded_claim(case: Case | None = None, **fields: Any) -> CompensationClaim:
    values = {"status": "awarded", "answered_on": date(2026, 5, 20), "awarded": 40000}
    return claim(case, **(values | fields))


def claim_payment(case: Case | None = None, **fields: Any) -> ClaimPayment:
    of = fields.pop("claim", None) or awarded_claim(case)
    values = {"amount": 5000, "paid_on": date(2026, 6, 1)}
    return ClaimPayment.objects.create(case=of.case, claim=of, **(values | fields))


def repatriation(case: Case | None = None, **fields: Any) -> Repatriation:
    """Planned, wished, with nobody to receive."""
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"wish": "wants", "origin": place("IN-WB"), "destination": place("IN-JH")}
    values["planned_for"] = date(2026, 9, 1)
    return Repatriation.objects.create(case=of.case, involvement=of, **(values | fields))


def escort(case: Case | None = None, text: str = "Invented Aunt") -> Escort:
    of = repatriation(case)
    return Escort.objects.create(case=of.case, repatriation=of, text=text)


FACTORIES: dict[Any, Any] = {
    BankReference: bank_reference,
    ClaimPayment: claim_payment,
    CompensationClaim: claim,
    Entitlement: entitlement,
    Escort: escort,
    RehabilitationPayment: rehabilitation_payment,
    ReleaseCertificate: certificate,
    Repatriation: repatriation,
}
