"""The final outcome: one for each charge, once nothing of it is before a court of appeal."""

from __future__ import annotations

import pytest

from prosecutions.models import ChargeDecision
from tests import factories
from tests.reports.courtroom import appealed, charged, day, decided, kn, on_appeal, rows

pytestmark = pytest.mark.django_db
GUILTY, FREE = "convicted_trial", "acquitted"


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def first(case):
    """Convicted on 1 September."""
    return decided(charged(factories.suspect(case)), GUILTY)


@pytest.fixture
def two(first):
    """Both sides appeal the one judgment."""
    filed = {"accused": "09-10", "prosecution": "09-20"}
    return [appealed(first, on, appellant=who) for who, on in filed.items()]


def final(measure="cr2", **given):
    return kn(measure, instance="final", **given)


def test_one_of_two_appeals_decided_is_not_final(first, two):
    on_appeal(two[0], first, FREE, "10-01")
    assert final() == final("cr5") == final("reversal") == (0, 0)
    assert kn("cr2") == (1, 1)
    two[1].withdrawn_on = day("10-15")
    two[1].save()
    assert final() == (0, 1)
    assert final("reversal") == (1, 1)
    assert final(as_of="2026-10-14") == (0, 0)


@pytest.mark.parametrize(
    ("one", "other", "convicted"), [(GUILTY, FREE, 0), (FREE, GUILTY, 1), (GUILTY, GUILTY, 1)]
)
def test_of_two_appeals_decided_the_last_counts_alone(first, two, one, other, convicted):
    on_appeal(two[0], first, one, "10-01")
    on_appeal(two[1], first, other, "11-01")
    assert final() == final("cr5") == (convicted, 1)
    assert final("reversal") == (1 - convicted, 1)
    assert final(to="2026-10-31") == final("reversal", to="2026-10-31") == (0, 0)
    stages = {row["stage"]: row["k"] for row in rows("attrition-funnel", basis="period")}
    assert stages["final"] == convicted
    assert ChargeDecision.objects.standing_convictions().exists() is bool(convicted)


def test_of_two_on_one_day_the_one_entered_last(first, two):
    on_appeal(two[1], first, GUILTY, "10-01")
    on_appeal(two[0], first, FREE, "10-01")
    assert final() == (0, 1)
    assert not ChargeDecision.objects.standing_convictions().exists()


def test_a_second_appeal_of_another_defendant_keeps_nothing_open(first, two):
    other = charged(factories.suspect(first.case), prosecution=first.judgment.prosecution)
    factories.decision(charge=other, judgment=first.judgment, disposition=GUILTY)
    two[0].suspect = first.charge.suspect
    two[1].suspect = other.suspect
    for appeal in two:
        appeal.save()
    on_appeal(two[0], first, FREE, "10-01")
    assert final() == (0, 1)


def test_an_appeal_against_what_a_new_trial_replaced_keeps_nothing_open(first, two):
    ChargeDecision.objects.update(lifted_on=day("10-01"), lifted_for="retrial")
    decided(first.charge, FREE, "11-01")
    assert final() == (0, 1)
    assert final(as_of="2026-10-31") == (0, 0)


def test_acquitted_at_a_new_trial_and_upheld_is_no_reversal(first):
    ChargeDecision.objects.update(lifted_on=day("10-01"), lifted_for="retrial")
    again = decided(first.charge, FREE, "11-01")
    on_appeal(appealed(again, "11-05"), again, FREE, "11-20")
    assert final("reversal") == (0, 0)
    assert final() == (0, 1)
