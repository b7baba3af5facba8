"""What the tests of the interface send, and a row for every list and every create."""

from __future__ import annotations

from typing import Any

from tests import factories

PROBLEM = "application/problem+json"
REPORT: dict[str, Any] = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented account",
    "people": [
        {"sex": "female", "age_months": 150, "client_id": "a"},
        {"sex": "male", "age_band": "unknown"},
    ],
    "arrests": [{"role": "owner", "name": "Invented Offender"}],
    "needs": ["medical"],
}

# Every list of the interface, and how to make one more row of it.
LISTS: dict[str, Any] = {
    "agencies/": factories.agency,
    "arrests/": factories.arrest,
    "assignments/": factories.assignment,
    "cases/": factories.case,
    "involvements/": factories.involvement,
    "jurisdictions/": None,  # the world is loaded by a migration
    "offices/": None,  # there are as many as the organisation has
    "perpetrators/": factories.perpetrator,
    "providers/": factories.provider,
    "referrals/": factories.referral,
    "rescues/": factories.rescue,
    "sites/": factories.site,
    "suspects/": factories.suspect,
    "victims/": factories.victim,
}


def creates(case: Any) -> dict[str, Any]:
    """A body for every create of the interface, in or beside this case."""
    place = {"jurisdiction": "IN-WB-KOL"}
    colleague = factories.user("legal_officer", case.office)
    return {
        "cases/": place | {"programme": "csec"},
        f"cases/{case.pk}/assign/": {"user": colleague.username},
        "rescue-reports/": REPORT,
        "sites/": place | {"case": str(case.pk), "kind": "brothel"},
    }


def other_bodies(case: Any) -> dict[str, Any]:
    """For every create a second body, good as well."""
    place = {"jurisdiction": "IN-WB-KOL"}
    colleague = factories.user("legal_officer", case.office)
    return {
        "cases/": place | {"programme": "osec"},
        f"cases/{case.pk}/assign/": {"user": colleague.username},
        "rescue-reports/": REPORT | {"needs": []},
        "sites/": place | {"case": str(case.pk), "kind": "farm"},
    }
