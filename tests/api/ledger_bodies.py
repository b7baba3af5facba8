"""What the tests of the interface send about certificates, payments, claims and journeys."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import ledger


def of_ledgers(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for each address, about survivors of this case."""
    person, other = ({"involvement": str(factories.involvement(case).pk)} for _ in range(2))
    agency = {"agency": str(factories.agency().pk)}
    applied = {"applied_on": "2026-04-01", "jurisdiction": "IN-WB"}
    free, bare = (str(ledger.certificate(case).pk) for _ in range(2))
    owed = {"entitlement": str(ledger.entitlement(case).pk), "paid_on": "2026-05-01"}
    asked = person | {"asked_on": "2026-05-04", "jurisdiction": "IN-WB", "currency": "INR"}
    awarded = {"claim": str(ledger.awarded_claim(case).pk), "paid_on": "2026-06-02"}
    way = person | {"wish": "wants", "origin": "IN-WB", "planned_for": "2026-12-10"}
    receives = {"provider": str(factories.provider().pk), "escort": "Invented Aunt"}
    return {
        "release-certificates/": (
            person | applied,
            other | applied | agency | {"office_title": "District Magistrate"},
        ),
        "entitlements/": (
            {"certificate": free, "category": "woman_or_child"},
            {"certificate": bare, "category": "extreme", "extreme_reason": "trafficked"},
        ),
        "rehabilitation-payments/": (
            owed | {"payer": "state", "tranche": "immediate", "amount": "30000.00"},
            owed
            | {"payer": "centre", "tranche": "cash", "amount": 500, "bank_reference": "Invented"},
        ),
        "compensation-claims/": (
            asked | {"kind": "scheme"},
            asked | {"kind": "civil", "amount": "90000.00"} | agency,
        ),
        "claim-payments/": (awarded | {"amount": "100.50"}, awarded | {"amount": 200}),
        "repatriations/": (
            way | {"destination": "IN-JH"},
            way | {"destination": "KH", "purpose": "court"} | receives,
        ),
    }


def versioned(case: Any) -> dict[str, list[Any]]:
    """What changes a row by the version that was read."""
    pending = ledger.certificate(case, status="pending")
    plan = ledger.repatriation(case, provider=factories.provider())
    planned = ledger.repatriation(case)
    return {
        f"release-certificates/{pending.pk}/answer/": [
            {"status": "issued", "answered_on": "2026-06-01", "number": "RC/Invented"}
        ],
        f"entitlements/{ledger.entitlement(case).pk}/change/": [{"category": "woman_or_child"}],
        f"rehabilitation-payments/{ledger.rehabilitation_payment(case).pk}/": [
            {"amount": "20000.00"}
        ],
        f"rehabilitation-payments/{ledger.rehabilitation_payment(case).pk}/reimburse/": [
            {"reimbursed": "30000.00", "reimbursed_on": "2026-06-01"}
        ],
        f"compensation-claims/{ledger.claim(case).pk}/answer/": [
            {"status": "awarded", "answered_on": "2026-06-01", "awarded": "40000.00"}
        ],
        f"claim-payments/{ledger.claim_payment(case).pk}/": [{"amount": "4000.00"}],
        f"repatriations/{planned.pk}/": [{"planned_for": "2026-12-20"}],
        f"repatriations/{plan.pk}/move/": [{"step": "travel", "happened_on": "2026-09-01"}],
    }
