"""Claims for compensation, and journeys: what each asks before it is recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from aftercare.models import Escort, Repatriation
from aftercare.services.claims import (
    answer_claim,
    correct_claim_payment,
    make_claim,
    record_claim_payment,
)
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from core.context import acting_as
from core.services import Refused, Stale
from tests import factories
from tests.factories import ledger, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(office):
    return factories.user("aftercare_worker", office)


@pytest.fixture
def case(office, worker):
    return factories.assignment(factories.case(office), worker).case


@pytest.fixture
def act(worker):
    def run(verb, row, **given):
        with transaction.atomic(), acting_as(worker.pk):
            return verb(type(row).objects.get(pk=row.pk), actor=worker, **given)

    return run


def refused(run, *args, **given):
    with pytest.raises(Refused) as refusal:
        run(*args, **given)
    return str(refusal.value)


# Claims.


def test_a_claim_is_made_answered_and_paid(act, case):
    person = factories.involvement(case)
    asked = {"kind": "scheme", "asked_on": date(2026, 4, 20), "jurisdiction": place("IN-WB")}
    claim = act(make_claim, person, currency="INR", amount=Decimal(50_000), **asked)
    pay = {"amount": Decimal(10_000), "paid_on": date(2026, 6, 1)}
    assert "No award is recorded for this claim" in refused(act, record_claim_payment, claim, **pay)
    award = {"version": 1, "status": "awarded", "answered_on": date(2026, 5, 20)}
    assert "Enter an amount for an award, and only for an award" in refused(
        act, answer_claim, claim, **award
    )
    act(answer_claim, claim, awarded=Decimal(40_000), **award)
    act(record_claim_payment, claim, **pay)
    more = pay | {"amount": Decimal(30_001)}
    assert "Only INR 30,000.00" in refused(act, record_claim_payment, claim, **more)
    early = pay | {"paid_on": date(2026, 5, 19)}
    assert "before the award" in refused(act, record_claim_payment, claim, **early)


def test_an_award_does_not_sink_below_what_was_paid(act, case):
    claim = ledger.claim_payment(case).claim
    less = {"version": 1, "status": "awarded", "answered_on": date(2026, 5, 20)}
    said = refused(act, answer_claim, claim, awarded=Decimal(4_999), **less)
    assert "Correct the payments first" in said
    gone = less | {"status": "refused"}
    assert "Correct the payments first" in refused(act, answer_claim, claim, **gone)
    late = less | {"answered_on": date(2026, 6, 2)}
    assert "before that day" in refused(act, answer_claim, claim, awarded=Decimal(5_000), **late)


def test_a_payment_on_a_claim_is_put_right_within_the_award(act, case):
    row = ledger.claim_payment(case)
    fixed = act(correct_claim_payment, row, version=1, amount=Decimal(40_000), paid_on=row.paid_on)
    assert (fixed.amount, fixed.version) == (40_000, 2)
    over = {"version": 2, "amount": Decimal(40_001), "paid_on": row.paid_on}
    assert "Only INR 40,000.00" in refused(act, correct_claim_payment, row, **over)
    with pytest.raises(Stale):
        act(correct_claim_payment, row, version=1, amount=Decimal(1), paid_on=row.paid_on)


def test_a_refusal_awards_nothing(act, case):
    claim = ledger.claim(case)
    answer = {"version": 1, "status": "refused", "answered_on": date(2026, 5, 20)}
    assert "Enter an amount for an award, and only for an award" in refused(
        act, answer_claim, claim, awarded=Decimal(1), **answer
    )
    early = answer | {"answered_on": date(2026, 4, 19)}
    assert "The answer cannot be earlier than the claim" in refused(
        act, answer_claim, claim, **early
    )


# Journeys.


@pytest.fixture
def plan(act, case):
    def make(**given):
        way = {"wish": "wants", "origin": place("IN-WB"), "destination": place("KH")}
        day = {"planned_for": date(2027, 1, 10)}
        return act(plan_repatriation, factories.involvement(case), **(way | day | given))

    return make


def go(act, journey, step, on, version=1, **more):
    return act(
        move_repatriation,
        journey,
        step=step,
        happened_on=date.fromisoformat(on),
        version=version,
        **more,
    )


def test_a_journey_is_planned_begun_and_ended(act, plan, recorded):
    journey = plan(provider=factories.provider(), escort="Invented Aunt")
    assert [row.text for row in Escort.objects.all()] == ["Invented Aunt"]
    go(act, journey, "travel", "2026-10-01")
    assert "The arrival cannot be before the departure" in refused(
        go, act, journey, "arrive", "2026-09-30", 2
    )
    arrived = go(act, journey, "arrive", "2026-10-03", 2)
    assert (arrived.status, arrived.arrived_on) == ("arrived", date(2026, 10, 3))
    assert len(recorded("repatriation.arrive")) == 1
    assert "over" in refused(act, change_repatriation, journey, version=3, wish="unsure")


@pytest.mark.parametrize("wish", ["unsure", "refuses", "not_asked"])
def test_nobody_travels_who_has_not_said_that_they_want_to(act, plan, wish):
    journey = plan(wish=wish, provider=factories.provider())
    assert "their wish first" in refused(go, act, journey, "travel", "2026-10-01")


def test_nobody_travels_to_where_nobody_receives_them(act, plan):
    journey = plan()
    assert "receives the survivor" in refused(go, act, journey, "travel", "2026-10-01")
    act(change_repatriation, journey, version=1, receiver=factories.agency())
    assert go(act, journey, "travel", "2026-10-01", 2).status == "travelled"


def test_a_journey_is_cancelled_for_a_reason(act, plan):
    journey = plan()
    assert "Give a reason" in refused(go, act, journey, "cancel", "2026-10-01")
    off = go(act, journey, "cancel", "2026-10-01", reason="wish")
    assert (off.status, off.cancelled_for) == ("cancelled", "wish")
    assert "not possible now" in refused(go, act, journey, "travel", "2026-10-02", 2)


def test_the_wish_is_not_taken_back_from_who_is_on_the_way(act, plan):
    journey = plan(provider=factories.provider())
    go(act, journey, "travel", "2026-10-01")
    said = refused(act, change_repatriation, journey, version=2, wish="refuses")
    assert "The survivor does not wish to travel" in said
    with pytest.raises(IntegrityError), transaction.atomic():
        Repatriation.objects.filter(pk=journey.pk).update(wish="refuses")


def test_a_journey_leads_elsewhere_and_to_a_court_abroad(plan):
    assert "two different places" in refused(plan, destination=place("IN-WB"))
    home = {"purpose": "court", "destination": place("IN-JH")}
    assert "same country" in refused(plan, **home)
    assert plan(purpose="court").purpose == "court"


def test_who_goes_along_is_kept_and_the_last_counts(act, plan):
    journey = plan(escort="Invented Aunt")
    act(change_repatriation, journey, version=1, escort="Invented Uncle")
    kept = [row.text for row in Escort.objects.order_by("created_at")]
    assert kept == ["Invented Aunt", "Invented Uncle"]
