"""Certificates, what is owed by them, and money: each refusal says what to do next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from aftercare.models import BankReference, Entitlement, RehabilitationPayment, SchemeRate
from aftercare.schemes import scheme_on, standing
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.entitlements import change_entitlement, set_entitlement
from aftercare.services.payments import correct_payment, record_payment, reimburse
from core.context import acting_as
from core.services import Refused, Stale
from places.models import Jurisdiction
from tests import factories
from tests.factories import ledger
from victims.models import Victim

pytestmark = pytest.mark.django_db
LAKH = Decimal(100_000)


@pytest.fixture
def worker(office):
    return factories.user("aftercare_worker", office)


@pytest.fixture
def case(office, worker):
    case = factories.case(office, programme="bonded_labour")
    factories.assignment(case, worker)
    return case


@pytest.fixture
def man(case):
    adult = Victim.objects.create(sex="male", age_min_months=400, age_max_months=400)
    return factories.involvement(case, adult)


@pytest.fixture
def owed(man):
    return ledger.entitlement(certificate=ledger.certificate(involvement=man))


@pytest.fixture
def act(worker):
    """`act(verb, row, …)`: through the wall, as the aftercare worker."""

    def run(verb, row, **given):
        with transaction.atomic(), acting_as(worker.pk):
            return verb(type(row).objects.get(pk=row.pk), actor=worker, **given)

    return run


def refused(run, *args, **given):
    with pytest.raises(Refused) as refusal:
        run(*args, **given)
    return str(refusal.value)


def paid(act, owed, amount, tranche="immediate", on="2026-04-01", payer="state", **more):
    return act(
        record_payment,
        owed,
        payer=payer,
        tranche=tranche,
        amount=Decimal(amount),
        paid_on=date.fromisoformat(on),
        **more,
    )


# Which version pays.


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1975-10-24", None),
        ("1975-10-25", "IN-CSS-1976"),
        ("2016-05-16", "IN-CSS-1976"),
        ("2016-05-17", "IN-CSS-2016"),
        ("2022-01-26", "IN-CSS-2016"),
        ("2022-01-27", "IN-CSS-2021"),
        ("2026-11-24", "IN-CSS-2021"),
    ],
)
def test_the_day_of_the_certificate_chooses_the_version(day, code):
    place = Jurisdiction.objects.by_code("IN-WB-KOL")
    found = scheme_on(place, date.fromisoformat(day))
    assert (found and found.code) == code


def test_another_country_has_no_scheme():
    assert scheme_on(Jurisdiction.objects.by_code("KH"), date(2026, 1, 1)) is None


def test_the_values_are_those_of_the_sources():
    rates = {
        (rate.scheme.code[-4:], rate.category): (rate.total, rate.deposit, rate.immediate)
        for rate in SchemeRate.objects.select_related("scheme")
    }
    assert rates == {
        ("1976", "everyone"): (20_000, 0, 0),
        ("2016", "adult_man"): (100_000, 0, 20_000),
        ("2016", "woman_or_child"): (200_000, 125_000, 20_000),
        ("2016", "extreme"): (300_000, 200_000, 20_000),
        ("2021", "adult_man"): (100_000, 0, 30_000),
        ("2021", "woman_or_child"): (200_000, 125_000, 30_000),
        ("2021", "extreme"): (300_000, 200_000, 30_000),
    }


def test_every_value_says_whether_it_is_verified_and_where_it_is_from():
    for rate in SchemeRate.objects.all():
        assert set(rate.marks) == {"total", "deposit", "immediate"}
        assert all(isinstance(m["verified"], bool) and m["source"] for m in rate.marks.values())
    assert not ledger.rate(code="IN-CSS-2016").marks["immediate"]["verified"]


# The certificate.


def test_a_certificate_is_applied_for_once_and_then_answered(act, man, recorded):
    place = Jurisdiction.objects.by_code("IN-WB")
    asked = {"applied_on": date(2026, 3, 12), "jurisdiction": place}
    paper = act(apply_for_certificate, man, **asked)
    assert paper.status == "pending"
    assert "already" in refused(act, apply_for_certificate, man, **asked)
    answer = {"version": 1, "status": "issued", "answered_on": date(2026, 3, 20)}
    assert "number" in refused(act, answer_certificate, paper, **answer)
    issued = act(answer_certificate, paper, number=" RC/1 ", **answer)
    assert (issued.status, issued.number, issued.version) == ("issued", "RC/1", 2)
    assert [target for _who, target in recorded("certificate.answered")] == [str(paper.pk)]


def test_the_answer_comes_after_the_application_and_not_tomorrow(act, man):
    paper = ledger.certificate(involvement=man, status="pending")
    early = {"version": 1, "status": "refused", "answered_on": date(2026, 3, 11)}
    assert "The answer cannot be earlier than the application" in refused(
        act, answer_certificate, paper, **early
    )
    late = early | {"answered_on": date(2099, 1, 1)}
    assert "future" in refused(act, answer_certificate, paper, **late)


def test_a_number_stands_once_in_a_place(act, case, man):
    taken = ledger.certificate(case)
    paper = ledger.certificate(involvement=man, status="pending")
    answer = {"version": 1, "status": "issued", "answered_on": date(2026, 3, 20)}
    said = refused(act, answer_certificate, paper, number=taken.number, **answer)
    assert "another certificate" in said


def test_a_certificate_something_is_owed_by_stays_issued_under_its_version(act, owed):
    paper = owed.certificate
    back = {"version": 1, "status": "refused", "answered_on": date(2026, 3, 21)}
    assert "An entitlement depends on this certificate, so it must stay issued" in refused(
        act, answer_certificate, paper, **back
    )
    paper.applied_on = None
    paper.save()
    older = {"version": 1, "status": "issued", "number": "RC/X", "answered_on": date(2020, 1, 1)}
    assert (
        "On that date a different version of the scheme applies than the entitlement uses"
        in refused(act, answer_certificate, paper, **older)
    )


# What is owed.


@pytest.mark.parametrize("status", ["pending", "refused"])
def test_without_an_issued_certificate_nothing_is_owed(act, man, status):
    answered = {"answered_on": date(2026, 3, 20)} if status == "refused" else {}
    paper = ledger.certificate(involvement=man, status=status, **answered)
    assert "An entitlement needs an issued release certificate" in refused(
        act, set_entitlement, paper, category="adult_man"
    )


def test_the_least_deposit_is_taken_where_none_is_named(act, case):
    paper = ledger.certificate(case)
    given = act(set_entitlement, paper, category="woman_or_child")
    assert (given.total, given.deposit, given.cash) == (2 * LAKH, 125_000, 75_000)


@pytest.mark.parametrize(("deposit", "fits"), [(124_999, 0), (125_000, 1), (200_000, 1)])
def test_the_deposit_is_at_least_what_the_scheme_says(act, case, deposit, fits):
    paper = ledger.certificate(case)
    given = {"category": "woman_or_child", "deposit": Decimal(deposit)}
    if fits:
        assert act(set_entitlement, paper, **given).deposit == deposit
    else:
        assert "between 125,000.00 and 200,000.00" in refused(act, set_entitlement, paper, **given)


def test_extreme_deprivation_has_a_reason_and_nothing_else_has(act, case, man):
    paper = ledger.certificate(case)
    assert "Say why" in refused(act, set_entitlement, paper, category="extreme")
    other = {"category": "woman_or_child", "extreme_reason": "disability"}
    assert "only" in refused(act, set_entitlement, paper, **other)
    given = act(set_entitlement, paper, category="extreme", extreme_reason="trafficked")
    assert (given.total, given.deposit) == (3 * LAKH, 2 * LAKH)


def test_the_category_agrees_with_the_record(act, case, man):
    woman, his = ledger.certificate(case), ledger.certificate(involvement=man)
    assert "Correct that first" in refused(act, set_entitlement, woman, category="adult_man")
    assert "a man" in refused(act, set_entitlement, his, category="woman_or_child")


def test_before_2016_everyone_is_owed_the_same(act, man):
    paper = ledger.certificate(involvement=man, applied_on=None, answered_on=date(2010, 1, 1))
    assert "Everyone" in refused(act, set_entitlement, paper, category="adult_man")
    assert act(set_entitlement, paper, category="everyone").total == 20_000


def test_a_country_without_a_scheme_owes_nothing(act, case):
    paper = ledger.certificate(case, jurisdiction=factories.place("KH"))
    assert "No rehabilitation scheme" in refused(
        act, set_entitlement, paper, category="woman_or_child"
    )


def test_what_is_owed_does_not_sink_below_what_was_paid(act, case):
    paper = ledger.certificate(case)
    owed = act(set_entitlement, paper, category="extreme", extreme_reason="trafficked")
    paid(act, owed, 200_000, "deposit")
    less = {"version": 1, "category": "woman_or_child"}
    assert "Only 125,000.00 is owed" in refused(act, change_entitlement, owed, **less)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.filter(pk=owed.pk).update(total=150_000, deposit=150_000)


# Money.


def test_the_magistrate_may_pay_more_relief_within_the_maximum(act, owed):
    paid(act, owed, 70_000)
    assert "Only 100,000.00 is owed" in refused(paid, act, owed, "30000.01")
    paid(act, owed, 30_000)


def test_relief_and_cash_together_stay_within_what_is_not_deposited(act, case):
    """Of 200,000 rupees 125,000 are deposited: 75,000 come into the hand, called what they may."""
    paper = ledger.certificate(case)
    owed = act(set_entitlement, paper, category="woman_or_child")
    paid(act, owed, 30_000)
    for tranche in ("cash", "immediate"):
        with pytest.raises(Refused, match=r"Only 75,000.00 is owed .* 75,001.00") as caught:
            paid(act, owed, 45_001, tranche)
        assert caught.value.field == "amount"
    last = paid(act, owed, 45_000, "cash")
    deposit = paid(act, owed, 25_000, "deposit")
    swapped = {"version": 1, "tranche": "cash"}
    assert "Only 75,000.00" in refused(act, correct_payment, deposit, **swapped)
    raised = {"version": 1, "category": "woman_or_child", "deposit": Decimal(125_001)}
    with pytest.raises(Refused, match=r"Only 74,999\.00") as caught:
        act(change_entitlement, owed, **raised)
    assert caught.value.field == "deposit"
    assert act(correct_payment, last, version=1, amount=Decimal(44_999)).amount == 44_999


def test_the_database_holds_relief_and_cash_together_by_itself(case):
    owed = ledger.entitlement(case, rate=ledger.rate("woman_or_child"))
    ledger.rehabilitation_payment(entitlement=owed, amount=30_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.rehabilitation_payment(entitlement=owed, amount=45_001, tranche="cash")
    ledger.rehabilitation_payment(entitlement=owed, amount=45_000, tranche="cash")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.filter(pk=owed.pk).update(deposit=125_001)


def test_no_part_is_paid_beyond_itself(act, case):
    paper = ledger.certificate(case)
    owed = act(set_entitlement, paper, category="woman_or_child")
    assert "Deposit" in refused(paid, act, owed, 125_001, "deposit")
    assert "cash" in refused(paid, act, owed, 75_001, "cash")
    paid(act, owed, 125_000, "deposit")
    paid(act, owed, 75_000, "cash")
    assert "relief and cash" in refused(paid, act, owed, 1)


@pytest.mark.parametrize(
    ("amount", "on"), [(0, "2026-04-01"), (1, "2026-03-19"), (1, "2099-01-01")]
)
def test_money_is_more_than_nothing_after_the_certificate_and_not_tomorrow(act, owed, amount, on):
    refused(paid, act, owed, amount, on=on)
    assert not RehabilitationPayment.objects.exists()


def test_the_database_refuses_more_than_is_owed_by_itself(owed):
    ledger.rehabilitation_payment(entitlement=owed, amount=60_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.rehabilitation_payment(entitlement=owed, amount=40_001)
    row = ledger.rehabilitation_payment(entitlement=owed, amount=40_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        RehabilitationPayment.objects.filter(pk=row.pk).update(amount=40_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        RehabilitationPayment.objects.filter(pk=row.pk).update(tranche="deposit")


def test_a_correction_keeps_what_stood_before(act, owed):
    row = paid(act, owed, 30_000, bank_reference="Invented 1")
    fixed = act(
        correct_payment, row, version=1, amount=Decimal(20_000), bank_reference="Invented 2"
    )
    assert (fixed.amount, fixed.version) == (20_000, 2)
    former = row.events.order_by("pgh_id").values_list("amount", flat=True)
    assert list(former) == [30_000, 20_000]
    assert [one.text for one in BankReference.objects.order_by("created_at")] == [
        "Invented 1",
        "Invented 2",
    ]
    with pytest.raises(Stale):
        act(correct_payment, row, version=1, amount=Decimal(1))


def test_what_counts_no_more_is_owed_again(act, owed):
    row = paid(act, owed, 100_000)
    act(correct_payment, row, version=1, not_counted="returned")
    paid(act, owed, 100_000)
    assert "Only 100,000.00" in refused(act, correct_payment, row, version=2, not_counted="")


def test_what_the_centre_gives_back_is_no_payment(act, owed):
    row = paid(act, owed, 30_000)
    back = {"version": 1, "reimbursed": Decimal(30_000), "reimbursed_on": date(2026, 6, 1)}
    given = act(reimburse, row, **back)
    assert given.reimbursed == 30_000
    how = standing(owed, [given], date(2026, 7, 1))
    assert (how.paid, how.balance) == (30_000, 70_000)


@pytest.mark.parametrize(
    ("payer", "back", "on", "words"),
    [
        ("centre", 30_000, "2026-06-01", "what the state paid"),
        ("state", 30_001, "2026-06-01", "cannot exceed"),
        ("state", 30_000, "2026-03-31", "This cannot be before the state paid"),
    ],
)
def test_the_centre_gives_back_what_the_state_paid(act, owed, payer, back, on, words):
    row = paid(act, owed, 30_000, payer=payer)
    given = {"reimbursed": Decimal(back), "reimbursed_on": date.fromisoformat(on)}
    assert words in refused(act, reimburse, row, version=1, **given)


# Status, by hand: the certificate is of 20 March 2026.


@pytest.mark.parametrize(
    ("payments", "on", "late"),
    [
        ((), "2026-04-19", 0),  # the thirtieth day
        ((), "2026-04-20", 1),
        ((("immediate", 30_000, "2026-04-25"),), "2026-04-30", 0),  # now the whole: 16 September
        ((("immediate", 30_000, "2026-04-25"),), "2026-09-17", 1),
        ((("immediate", 100_000, "2026-09-26"),), "2026-11-01", 10),
        ((("immediate", 100_000, "2026-09-16"),), "2026-11-01", 0),
    ],
)
def test_days_late_are_counted_to_the_payment_or_to_today(owed, payments, on, late):
    rows = [
        RehabilitationPayment(tranche=tranche, amount=amount, paid_on=date.fromisoformat(day))
        for tranche, amount, day in payments
    ]
    assert standing(owed, rows, date.fromisoformat(on)).late == late
