"""Sentences that are missing, compensation that is paid, and whose work it was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.models import CompensationPayment, Sentence
from prosecutions.services.arrests import correct_arrest
from prosecutions.services.attribution import correct_attribution
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)
from tests import factories

pytestmark = pytest.mark.django_db
PAID = date(2026, 10, 1)


@pytest.fixture
def sentence(case):
    row = factories.sentence(case)
    row.compensation, row.currency = Decimal(100000), "INR"
    row.save()
    return row


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


def test_a_payment_is_recorded_by_whoever_is_beside_the_survivor(sentence, worker, recorded):
    payment = record_compensation_payment(
        sentence, amount=Decimal("2500.50"), paid_on=PAID, currency="INR", actor=worker
    )
    assert (payment.case, payment.amount) == (sentence.case, Decimal("2500.50"))
    assert recorded("compensation.recorded") == [(worker.pk, str(payment.pk))]


REFUSED = {
    "before the judgment": ({"paid_on": date(2026, 8, 31)}, "before the judgment"),
    "in the future": ({"paid_on": date.today() + timedelta(days=9)}, "in the future"),
    "more than is open": ({"amount": Decimal("95000.01")}, "Only INR 95,000.00"),
    "nothing": ({"amount": Decimal(0)}, "above zero"),
    "less than nothing": ({"amount": Decimal(-5)}, "above zero"),
    "another currency": ({"currency": "USD"}, "ordered in INR"),
}


@pytest.mark.parametrize(("facts", "words"), REFUSED.values(), ids=REFUSED)
def test_what_was_not_ordered_so_is_refused(sentence, worker, facts, words):
    factories.justice.compensation_payment(sentence=sentence)
    good = {"amount": Decimal(10), "paid_on": PAID}
    with pytest.raises(Refused, match=words):
        record_compensation_payment(sentence, actor=worker, **(good | facts))
    assert CompensationPayment.objects.count() == 1


def test_without_an_order_there_is_no_payment(case, worker):
    with pytest.raises(Refused, match="orders no compensation"):
        record_compensation_payment(
            factories.sentence(case), amount=Decimal(1), paid_on=PAID, actor=worker
        )


def test_nobody_pays_half_of_what_has_no_smaller_unit(sentence, worker):
    sentence.currency = "UGX"
    sentence.save()
    with pytest.raises(Refused, match="have no decimals"):
        record_compensation_payment(sentence, amount=Decimal("1.50"), paid_on=PAID, actor=worker)
    record_compensation_payment(sentence, amount=Decimal("100000.00"), paid_on=PAID, actor=worker)


def test_a_payment_is_put_right_within_the_order(sentence, worker):
    payment = factories.justice.compensation_payment(sentence=sentence)
    corrected = correct_compensation_payment(
        payment, version=1, amount=Decimal(100000), paid_on=PAID, actor=worker
    )
    history = apps.get_model("prosecutions.CompensationPaymentEvent").objects
    former = history.filter(pgh_obj_id=payment.pk).order_by("pgh_id")
    assert list(former.values_list("amount", flat=True)) == [5000, 100000]
    with pytest.raises(Refused, match="Only INR"):
        correct_compensation_payment(
            corrected, version=2, amount=Decimal(100001), paid_on=PAID, actor=worker
        )
    with pytest.raises(Stale):
        correct_compensation_payment(
            payment, version=1, amount=Decimal(1), paid_on=PAID, actor=worker
        )


def test_who_may_not_is_refused(sentence, office):
    payment = factories.justice.compensation_payment(sentence=sentence)
    field = factories.user("field_officer", office)
    factories.assignment(sentence.case, field)
    for actor in (factories.user("aftercare_worker", office), field):
        with pytest.raises(PermissionDenied):
            record_compensation_payment(sentence, amount=Decimal(1), paid_on=PAID, actor=actor)
        with pytest.raises(PermissionDenied):
            correct_compensation_payment(
                payment, version=1, amount=Decimal(1), paid_on=PAID, actor=actor
            )


def test_ordered_paid_and_open_stand_under_the_sentence(browser_client, sentence, worker, said):
    page = browser_client(worker)
    address = f"/sentences/{sentence.pk}/payments/new/"
    assert "INR 100,000.00 ordered, 0.00 paid, 100,000.00 open" in said(page.get(address))
    body = {"amount": "5000", "paid_on": "2026-10-01"}
    first = page.post(address, body | {"key": "k"})
    assert first.status_code == 302
    assert page.post(address, body | {"key": "k"})["Location"] == first["Location"]
    payment = CompensationPayment.objects.get()
    shown = said(page.get(f"/cases/{sentence.case_id}/court/"))
    assert "INR 100,000.00 ordered, 5,000.00 paid, 95,000.00 open" in shown
    over = page.post(address, body | {"amount": "95000.01", "key": "k-2"})
    assert over.status_code == 409
    assert "Only INR 95,000.00 of the order is still to be paid." in said(over)
    for amount in ("", "x", "-1", "NaN", "9" * 20, "1.005", "\0"):
        assert page.post(address, body | {"amount": amount}).status_code == 400, amount
    right = {"amount": "100000", "paid_on": "2026-10-02", "version": "1"}
    assert page.post(f"/payments/{payment.pk}/correct/", right).status_code == 302
    shown = said(page.get(f"/cases/{sentence.case_id}/court/"))
    assert "INR 100,000.00 ordered and paid in full" in shown
    assert address not in page.get(f"/cases/{sentence.case_id}/court/").content.decode()


def test_the_interface_says_the_same(api, sentence, worker):
    client = api(worker)
    body = {"sentence": str(sentence.pk), "amount": "5000.25", "paid_on": "2026-10-01"}
    made = client.post("compensation-payments/", body)
    assert (made.status_code, made.json()["amount"]) == (201, "5000.25")
    assert client.post("compensation-payments/", body | {"currency": "USD"}).status_code == 409
    row = client.get(f"sentences/{sentence.pk}/").json()
    assert (row["paid"], row["left"]) == ("5000.25", "94999.75")
    address = f"compensation-payments/{made.json()['id']}/"
    assert client.patch(address, {"amount": 1}).status_code == 428
    assert client.patch(address, {"amount": 1}, If_Match='"1"').json()["paid_on"] == "2026-10-01"
    assert client.patch(address, {"amount": 2}, If_Match='"1"').status_code == 412
    listed = client.get(f"compensation-payments/?sentence={sentence.pk}").json()["results"]
    assert [one["amount"] for one in listed] == ["1.00"]


# Completeness


def test_a_conviction_without_a_sentence_is_a_gap_to_be_seen(page, api, case, lawyer, said):
    gap = factories.decision(case)
    free = factories.decision(case, disposition="acquitted")
    whole = factories.sentence(case)
    words = said(page.get(f"/cases/{case.pk}/court/"))
    assert f"Sentence Not recorded {gap.charge.suspect.code}" in words
    assert words.count("Not recorded") == 1

    def found(which):
        rows = api(lawyer).get(f"judgments/?sentence={which}").json()["results"]
        return {row["id"] for row in rows}

    assert found("missing") == {str(gap.judgment_id)}
    assert found("recorded") == {str(whole.judgment_id)}
    assert str(free.judgment_id) not in found("missing")
    assert api(lawyer).get("judgments/?sentence=x").status_code == 400
    Sentence.objects.create(case=case, judgment=gap.judgment, suspect=gap.charge.suspect, months=84)
    assert found("missing") == set()
    assert "Not recorded" not in said(page.get(f"/cases/{case.pk}/court/"))


def test_a_reversed_conviction_is_no_gap(page, api, case, lawyer, said):
    first = factories.decision(case)
    appeal = factories.appeal(judgment=first.judgment)
    reversal = factories.judgment(
        prosecution=first.judgment.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=date(2026, 10, 1),
    )
    missing = api(lawyer).get("judgments/?sentence=missing").json()["results"]
    assert [row["id"] for row in missing] == [str(first.judgment_id)], "before it is reversed"
    factories.decision(charge=first.charge, judgment=reversal, disposition="acquitted")
    assert api(lawyer).get("judgments/?sentence=missing").json()["results"] == []
    assert "Not recorded" not in said(page.get(f"/cases/{case.pk}/court/"))


# Whose work it was


def test_whose_work_led_to_an_arrest_is_put_right(page, api, case, lawyer, recorded):
    arrest = factories.arrest(case)
    twin = factories.arrest(case)
    twin.suspect, twin.arrested_on = arrest.suspect, date(2026, 3, 12)
    twin.save()
    with pytest.raises(Refused, match="already recorded"):
        correct_arrest(
            arrest, version=1, arrested_on=twin.arrested_on, attribution="own", actor=lawyer
        )
    address = f"/arrests/{arrest.pk}/correct/"
    assert 'value="10 Mar 2026"' in page.get(address).content.decode()
    body = {"arrested_on": "2026-03-11", "attribution": "state_only", "version": "1"}
    assert page.post(address, body).status_code == 302
    assert page.post(address, body).status_code == 409
    assert page.post(address, body | {"arrested_on": "2999-01-01"}).status_code == 400
    arrest.refresh_from_db()
    assert (arrest.attribution, arrest.version) == ("state_only", 2)
    assert recorded("arrest.corrected") == [(lawyer.pk, str(arrest.pk))]
    client = api(lawyer)
    changed = client.patch(f"arrests/{arrest.pk}/", {"attribution": "own"}, If_Match='"2"')
    assert changed.json()["arrested_on"] == "2026-03-11"
    found = client.get("arrests/?attribution=own").json()["results"]
    assert [row["id"] for row in found] == [str(arrest.pk)]
    history = apps.get_model("prosecutions.ArrestEvent").objects.filter(pgh_obj_id=arrest.pk)
    former = history.order_by("pgh_id").values_list("attribution", flat=True)
    assert list(former) == ["supported", "state_only", "own"]


def test_whose_work_led_to_a_judgment_is_put_right(page, api, case, lawyer, said, recorded):
    judgment = factories.judgment(case)
    address = f"/judgments/{judgment.pk}/attribution/"
    assert f'href="{address}"' in page.get(f"/cases/{case.pk}/court/").content.decode()
    assert page.get(address).status_code == 200
    assert page.post(address, {"attribution": "x", "version": "1"}).status_code == 400
    assert page.post(address, {"attribution": "own", "version": "1"}).status_code == 302
    assert "Own casework" in said(page.get(f"/cases/{case.pk}/court/"))
    client = api(lawyer)
    path = f"judgments/{judgment.pk}/correct-attribution/"
    assert client.post(path, {"attribution": "external"}).status_code == 428
    assert client.post(path, {"attribution": "external"}, If_Match='"1"').status_code == 412
    done = client.post(path, {"attribution": "external"}, If_Match='"2"')
    assert done.json()["attribution"] == "external"
    assert [row["id"] for row in client.get("judgments/?attribution=external").json()["results"]]
    assert len(recorded("judgment.attributed")) == 2


def test_who_may_not_correct_is_refused(case, worker, office):
    arrest, judgment = factories.arrest(case), factories.judgment(case)
    for actor in (worker, factories.user("legal_officer", office)):
        with pytest.raises(PermissionDenied):
            correct_attribution(judgment, version=1, attribution="own", actor=actor)
        with pytest.raises(PermissionDenied):
            correct_arrest(arrest, version=1, arrested_on=PAID, attribution="own", actor=actor)
