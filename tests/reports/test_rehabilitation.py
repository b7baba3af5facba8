"""State count against central count, worked out by hand; how payment goes; who is counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.base import REPORTS
from reports.disclosure import hidden
from reports.params import parse
from reports.present import without
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import ledger, place
from victims.models import Victim

pytestmark = pytest.mark.django_db
SLUG = "bonded-labour-reconciliation"


def rows(reader: Any = None, **given: Any) -> list[dict[str, Any]]:
    report = REPORTS[SLUG]
    asked = parse({"as_of": "2026-11-24"} | given, report)
    return compute(report, reader or Reporter(), asked).rows


def counts(**given: Any) -> dict[tuple[Any, Any], tuple[int, ...]]:
    """State, central, difference, missed by the centre, of them never, missed by the state."""
    named = ("state_count", "central_count", "difference", "missed_by_centre", "never_by_centre")
    return {
        (row["jurisdiction"], row["year"]): tuple(row[n] for n in (*named, "missed_by_state"))
        for row in rows(**given)
        if row["measure"] == "counts"
    }


def measure(name: str, **given: Any) -> dict[str, Any]:
    return next(row for row in rows(**given) if row["measure"] == name)


@pytest.fixture
def case(office) -> Any:
    return factories.case(office, programme="bonded_labour")


@pytest.fixture
def owed(case):
    """`owed(state)`: somebody with a certificate of January 2024 there, owed 100,000."""

    def make(state: str = "IN-WB", **fields: Any) -> Any:
        day = {"applied_on": None, "answered_on": date(2024, 1, 10)}
        of = place(state)
        return ledger.entitlement(
            certificate=ledger.certificate(case, jurisdiction=of, **(day | fields))
        )

    return make


def paid(title: Any, on: str, back: str = "", payer: str = "state", amount: int = 20_000) -> Any:
    given = {"reimbursed": amount, "reimbursed_on": date.fromisoformat(back)} if back else {}
    day = date.fromisoformat(on)
    return ledger.rehabilitation_payment(
        entitlement=title, payer=payer, paid_on=day, amount=amount, **given
    )


def test_the_mismatch_of_footnote_3(owed):
    """Three paid by the state in 2024: one given back that year, one the next, one never; a
    fourth was paid by the centre alone."""
    paid(owed(), "2024-03-01", "2024-09-01")
    paid(owed(), "2024-03-01", "2025-02-01")
    paid(owed(), "2024-03-01")
    paid(owed(), "2024-03-01", payer="centre")
    assert counts() == {
        (None, None): (3, 3, 0, 1, 1, 1),
        ("IN-WB", 2024): (3, 2, 1, 2, 1, 1),
        ("IN-WB", 2025): (0, 1, -1, 0, 0, 1),
    }


def test_the_place_is_the_certificates_and_states_stand_apart(owed):
    paid(owed("IN-WB-KOL"), "2024-03-01")
    paid(owed("IN-TN-CHE"), "2024-03-01", "2024-04-01")
    assert counts() == {
        (None, None): (2, 1, 1, 1, 1, 0),
        ("IN-TN", 2024): (1, 1, 0, 0, 0, 0),
        ("IN-WB", 2024): (1, 0, 1, 1, 1, 0),
    }
    assert set(counts(jurisdiction="IN-TN")) == {(None, None), ("IN-TN", 2024)}


def test_the_year_may_run_from_april_to_march(owed):
    title = owed()
    paid(title, "2024-03-31")
    paid(title, "2024-04-01")
    paid(title, "2025-01-01")
    assert set(counts(year="april")) == {
        (None, None),
        ("IN-WB", "2023-24"),
        ("IN-WB", "2024-25"),
    }
    assert counts(year="april")["IN-WB", "2024-25"][0] == 1  # a person, not two payments


def test_a_person_counts_once_also_after_a_merge(case, owed):
    """Two records of one person never hold two titles; both payments are of the one there is."""
    first, again = owed(), factories.involvement(case)
    Victim.objects.filter(pk=first.involvement.victim_id).update(merged_into=again.victim_id)
    paid(first, "2024-03-01")
    paid(first, "2024-03-02")
    assert counts()["IN-WB", 2024][:2] == (1, 0)


def test_what_counts_no_more_and_what_lies_ahead_is_left_out(owed):
    paid(owed(), "2024-03-01")
    row = paid(owed(), "2024-03-01", "2024-04-01")
    type(row).objects.filter(pk=row.pk).update(not_counted="twice")
    paid(owed(), "2024-06-01", "2025-06-01")
    assert counts(as_of="2024-05-31") == {
        (None, None): (1, 0, 1, 1, 1, 0),
        ("IN-WB", 2024): (1, 0, 1, 1, 1, 0),
    }
    assert counts(**{"from": "2025-01-01"}) == {
        (None, None): (0, 1, -1, 0, 0, 1),
        ("IN-WB", 2025): (0, 1, -1, 0, 0, 1),
    }


def test_amounts_stand_beside_the_counts(owed):
    paid(owed(), "2024-03-01", "2024-09-01", amount=30_000)
    paid(owed(), "2024-03-01", amount=20_000)
    row = next(row for row in rows() if row["year"] == 2024)
    assert row["state_amount"] == {"INR": "50000.00"}
    assert row["central_amount"] == {"INR": "30000.00"}


def test_certificate_relief_and_payment_in_full(case, owed):
    met = factories.rescue(case, occurred_on=date(2024, 1, 1))
    titles = [owed() for _one in range(3)]
    for title in titles:
        title.involvement.rescue, title.involvement.outcome = met, "rescued"
        title.involvement.save()
    factories.involvement(case, rescue=met, outcome="rescued")  # no certificate
    paid(titles[0], "2024-03-10", amount=100_000)  # 60 days
    paid(titles[1], "2024-01-20", amount=30_000)
    rest = {"payer": "state", "tranche": "cash", "amount": 70_000, "paid_on": date(2024, 1, 30)}
    ledger.rehabilitation_payment(entitlement=titles[1], **rest)  # 20 days
    share = measure("with_certificate")
    assert (share["k"], share["n"], share["value"]) == (3, 4, 0.75)
    assert measure("days_to_certificate")["value"] == 9
    assert (measure("immediate_relief")["k"], measure("immediate_relief")["n"]) == (2, 3)
    assert (measure("fully_paid")["k"], measure("fully_paid")["n"]) == (2, 3)
    assert measure("days_to_full_payment")["value"] == 40
    assert measure("due")["value"] == {"INR": "300000.00"}
    assert measure("unpaid")["value"] == {"INR": "100000.00"}


def test_another_office_reads_its_own_and_sealed_cases_are_in_no_figure(case, owed):
    paid(owed(), "2024-03-01")
    other = factories.user("case_manager", factories.office("manila"))
    assert [row for row in rows(other) if row["year"]] == []
    type(case).objects.filter(pk=case.pk).update(level=4)
    assert [row for row in rows() if row["year"]] == []


def test_where_one_count_is_hidden_nothing_beside_it_gives_it_away(owed):
    for _one in range(12):
        paid(owed(), "2024-03-01", "2024-04-01")
    paid(owed(), "2024-03-01")
    row = next(row for row in rows() if row["year"] == 2024)
    report = REPORTS[SLUG]
    small = {name for name in report.sensitive(row) if hidden(row[name] or 0)}
    shown, together = without(report, row, small), report.together
    assert row["missed_by_centre"] == 1
    assert all(shown[name] is None for name in together)


def test_amounts_are_exact(owed):
    title = owed()
    paid(title, "2024-03-01", amount=Decimal("0.01"))
    paid(title, "2024-03-02", amount=Decimal("0.02"))
    row = next(row for row in rows() if row["year"] == 2024)
    assert row["state_amount"] == {"INR": "0.03"}
