"""The reports give the check values of NCRB and CEPEJ from records, row by row.

`golden_stats.json`: “Crime in India” 2023 as printed, and the numbers of the CEPEJ handbook. The
world of the CEPEJ has the very numbers; that of the NCRB is India in small, to the digit printed.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from prosecutions.models import (
    Charge,
    ChargeDecision,
    Complaint,
    Judgment,
    PoliceReport,
    Prosecution,
)
from tests import factories
from tests.reports.courtroom import rows

if TYPE_CHECKING:
    from casework.models import Case
    from prosecutions.models import Suspect

pytestmark = pytest.mark.django_db
GOLDEN = json.loads(Path(__file__).parents[1].joinpath("golden_stats.json").read_text())
YEAR = {"from_": "2026-01-01", "to": "2026-12-31", "as_of": "2027-01-31"}
BEFORE, FILED, ENDED, AFTER = (
    date.fromisoformat(day) for day in ("2025-05-04", "2026-02-03", "2026-09-01", "2027-01-15")
)


def in_percent(share: float) -> str:
    """As the NCRB prints it."""
    return f"{share:.1%}"


def row_of(slug: str, place: str) -> dict[str, Any]:
    (row,) = [
        row
        for row in rows(slug, **YEAR)
        if (row["jurisdiction"]["code"], row["programme"]) == (place, None)
    ]
    return row


@pytest.fixture
def suspect(office: Any) -> Suspect:
    return factories.suspect(factories.case(office))


def dockets(suspect: Suspect, number: int, filed: date, end: str = "", on: date = ENDED) -> None:
    """So many proceedings, each with a charge, and how it ended."""
    case: Case = suspect.case
    place, law = factories.place("IN-WB"), factories.provision()
    courts = [Prosecution(case=case, jurisdiction=place, filed_on=filed) for _ in range(number)]
    charges = [
        Charge(
            case=case,
            prosecution=court,
            suspect=suspect,
            provision=law,
            offence_on=filed,
            filed_on=filed,
        )
        for court in courts
    ]
    judgments = [
        Judgment(case=case, prosecution=court, decided_on=on, attribution="supported")
        for court in courts
    ]
    ends = [
        ChargeDecision(case=case, charge=charge, judgment=judgment, disposition=end)
        for charge, judgment in zip(charges, judgments, strict=True)
    ]
    Prosecution.objects.bulk_create(courts)
    Charge.objects.bulk_create(charges)
    if end:
        Judgment.objects.bulk_create(judgments)
        ChargeDecision.objects.bulk_create(ends)


def test_clearance_and_disposition_time_of_the_cepej(suspect):
    """500 came in, 450 were resolved, 300 are left: 90 % and 243 days."""
    dockets(suspect, 200, BEFORE, "acquitted")
    dockets(suspect, 50, BEFORE)
    dockets(suspect, 150, FILED, "convicted_trial")
    dockets(suspect, 100, FILED, "dismissed")
    dockets(suspect, 240, FILED)
    dockets(suspect, 10, FILED, "acquitted", on=AFTER)
    row, golden = row_of("clearance", "IN-WB"), GOLDEN["cepej"]
    for name in ("incoming", "resolved", "pending_end", "clearance_rate"):
        assert row[name] == golden[name], name
    assert (row["pending_start"], row["difference"]) == (250, 0)
    assert row["disposition_time"] == pytest.approx(golden["disposition_time_days"], abs=5e-4)


def test_conviction_rate_and_pendency_of_the_ncrb(suspect):
    """Of 537 before the courts 50 were tried to the end, 13 went without a trial, 474 are left."""
    dockets(suspect, 11, BEFORE, "convicted_trial")
    dockets(suspect, 16, FILED, "convicted_trial")
    dockets(suspect, 21, BEFORE, "acquitted")
    dockets(suspect, 2, FILED, "discharged")
    for end, number in (("convicted_plea", 4), ("abated", 3), ("withdrawn", 4), ("quashed", 2)):
        dockets(suspect, number, FILED, end)
    dockets(suspect, 400, BEFORE)
    dockets(suspect, 73, FILED)
    dockets(suspect, 1, FILED, "convicted_trial", on=AFTER)
    row, golden = row_of("ncrb-conviction-rate", "IN-WB"), GOLDEN["ncrb_ipc_2023"]
    assert (row["k"], row["n"], row["without_trial"]) == (27, 50, 13)
    assert (row["for_trial"], row["pending_end"]) == (537, 474)
    assert in_percent(row["rate"]) == in_percent(golden["conviction_rate"]) == "54.0%"
    assert in_percent(row["pendency"]) == in_percent(golden["pendency"]) == "88.3%"


def complaints(case: Case, number: int, filed: date, *reports: tuple[str, date]) -> None:
    place = factories.place()
    made = [
        Complaint(case=case, number=f"{n}/{filed.year}", filed_on=filed, jurisdiction=place)
        for n in range(number)
    ]
    Complaint.objects.bulk_create(made)
    PoliceReport.objects.bulk_create(
        PoliceReport(case=case, complaint=one, kind=kind, reported_on=on)
        for one in made
        for kind, on in reports
    )


def test_charge_sheeting_and_pendency_of_the_police_of_the_ncrb(suspect):
    """Of 171 to investigate the police disposed of 121, 88 of them by a charge sheet."""
    case: Case = suspect.case
    complaints(case, 20, BEFORE, ("charge_sheet", ENDED))
    complaints(case, 68, FILED, ("charge_sheet", ENDED))
    for kind, number in (("false", 8), ("mistake", 5), ("no_evidence", 17), ("abated", 3)):
        complaints(case, number, FILED, (kind, ENDED))
    complaints(case, 1, BEFORE, ("false", BEFORE), ("reopened", FILED))
    complaints(case, 48, FILED)
    complaints(case, 1, FILED, ("charge_sheet", AFTER))
    complaints(case, 5, AFTER)
    row, golden = row_of("ncrb-conviction-rate", "IN"), GOLDEN["ncrb_ipc_2023"]
    known = ("police_pending_start", "registered", "reopened", "police_disposed")
    assert tuple(row[name] for name in known) == (20, 150, 1, 121)
    assert (row["charge_sheeted"], row["police_pending_end"]) == (88, 50)
    sheeted, pending = golden["chargesheet_rate"], golden["police_pendency"]
    assert in_percent(row["charge_sheeting"]) == in_percent(sheeted) == "72.7%"
    assert in_percent(row["police_pendency"]) == in_percent(pending) == "29.2%"
