"""Whatever is paid, corrected, struck out and changed: nobody is ever paid more than owed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.models import Entitlement, RehabilitationPayment
from aftercare.schemes import standing
from aftercare.services.entitlements import change_entitlement
from aftercare.services.payments import correct_payment, record_payment
from core.alike.merging import one_person
from core.services import Refused
from tests import factories
from tests.factories import ledger
from tests.whole import examples
from victims.models import Involvement, Victim, VictimMerge
from victims.services.merges import merge_victims, undo_victim_merge

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 1)  # no payment is later
TRANCHES = st.sampled_from(["immediate", "deposit", "cash"])
AMOUNTS = st.integers(1, 220_000).map(Decimal)
PAY = st.tuples(st.just("pay"), TRANCHES, AMOUNTS)
CORRECT = st.tuples(st.just("correct"), TRANCHES, AMOUNTS)
STRIKE = st.tuples(st.just("strike"), st.sampled_from(["", "twice"]), AMOUNTS)
CHANGE = st.tuples(st.just("change"), st.sampled_from(["woman_or_child", "extreme"]), AMOUNTS)
RAW = st.tuples(st.just("raw"), TRANCHES, AMOUNTS)  # past the service, at the table
# The same person in a second record: merged, parted, freed and owed there as well.
WHOSE = st.tuples(st.sampled_from(["merge", "part", "again"]), TRANCHES, AMOUNTS)


def sums(owed):
    paid = {"immediate": 0, "deposit": 0, "cash": 0}
    for row in RehabilitationPayment.objects.filter(entitlement=owed, not_counted=""):
        paid[row.tranche] += row.amount
    return paid


def step(owed, actor, act, code, amount, number):
    """One act; corrections and strikes are of any payment, not of the last alone."""
    rows = list(RehabilitationPayment.objects.filter(entitlement=owed).order_by("created_at", "pk"))
    last = rows[number % len(rows)] if rows else None
    if act == "pay":
        # in whatever order of days, by whoever pays
        day = date(2026, 4, 1) + timedelta(days=number)
        given = {"payer": ("state", "centre")[number % 2], "amount": amount, "paid_on": day}
        record_payment(owed, tranche=code, actor=actor, **given)
    elif act == "raw":
        ledger.rehabilitation_payment(entitlement=owed, tranche=code, amount=amount)
    elif act == "correct" and last:
        named = {"tranche": code, "amount": amount}
        correct_payment(last, version=last.version, actor=actor, **named)
    elif act == "strike" and last:
        correct_payment(last, version=last.version, not_counted=code, actor=actor)
    elif act == "change":
        reason = "trafficked" if code == "extreme" else ""
        owed.refresh_from_db()
        named = {"category": code, "extreme_reason": reason}
        change_entitlement(owed, version=owed.version, actor=actor, **named)
    else:
        in_another_record(owed, actor, act)


def in_another_record(owed, actor, act):
    mine = owed.involvement.victim
    other = Involvement.objects.exclude(pk=owed.involvement_id).get(case=owed.case)
    merge = VictimMerge.objects.filter(undone_at=None).first()
    if act == "merge":
        merge_victims(mine, other=other.victim, actor=actor)
    elif act == "part" and merge:
        undo_victim_merge(merge, actor=actor)
    elif act == "again":
        ledger.entitlement(certificate=ledger.certificate(involvement=other))


def titles_of_one(owed):
    """Of the person of this entitlement, under whatever record."""
    person = Victim.objects.get(pk=owed.involvement.victim_id)
    records = Victim.objects.filter(one_person(person))
    return Entitlement.objects.filter(involvement__victim__in=records)


ACTS = st.tuples(st.one_of(PAY, CORRECT, STRIKE, CHANGE, RAW, WHOSE), st.integers(0, 40))


@given(st.lists(ACTS, max_size=16))
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_never_more_than_owed(office, acts):
    lead = factories.user("case_manager", office)
    with transaction.atomic():
        paper = ledger.certificate(factories.case(office))
        owed = ledger.entitlement(certificate=paper, rate=ledger.rate("woman_or_child"))
        factories.involvement(owed.case)
        for (act, code, amount), number in acts:
            with suppress(Refused, IntegrityError), transaction.atomic():
                step(owed, lead, act, code, amount, number)
            owed.refresh_from_db()
            paid = sums(owed)
            assert sum(paid.values()) <= owed.total
            assert paid["deposit"] <= owed.deposit
            assert paid["immediate"] + paid["cash"] <= owed.total - owed.deposit
            assert owed.deposit >= owed.rate.deposit
            assert titles_of_one(owed).count() == 1
            stands = standing(owed, owed.payments.all(), LAST)
            assert stands.balance == owed.total - sum(paid.values()) >= 0
        transaction.set_rollback(True)
