"""Compensation by survivor: said with the judgment or later, never more than is ordered."""

from __future__ import annotations

import pytest

from core.services import Refused
from prosecutions.corrections.services.striking import strike
from prosecutions.models import CompensationShare, Judgment, Sentence
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-77")


@pytest.fixture
def ordered(case):
    """A sentence that orders 100,000 rupees."""
    row = factories.sentence(case)
    row.compensation, row.currency = 100_000, "INR"
    row.save()
    return row


def box(of, person):
    return f"share-{of.suspect_id}-{person.pk}"


def shares():
    return {row.involvement.code: int(row.amount) for row in CompensationShare.objects.all()}


def test_with_the_judgment_it_is_said_for_whom(page, case, person, said):
    charge, other = factories.charge(case), factories.involvement(case, code="S-78")
    for one in (person, other):
        factories.charge_victim(charge=charge, involvement=one)
    unnamed = factories.involvement(case)
    address = f"/prosecutions/{charge.prosecution_id}/judgments/new/"
    shown = page.get(address).content.decode()
    assert box(charge, person) in shown
    assert box(charge, unnamed) not in shown, "the charge does not name her"
    typed = {"decided_on": "2026-09-01", "attribution": "own", "currency": "INR"}
    typed |= {f"charge-{charge.pk}": "convicted_trial", box(charge, person): "60000"}
    typed |= {box(charge, other): "40000"}
    done = page.post(address, typed)
    assert done.status_code == 302
    assert Sentence.objects.get().compensation == 100_000, "the sum of them"
    assert shares() == {"S-77": 60_000, "S-78": 40_000}
    words = said(page.get(done["Location"]))
    assert "S-77 INR 60,000.00" in words
    ledger = said(page.get(f"/survivors/{person.pk}/ledger/"))
    assert "INR 60,000.00 in all: INR 100,000.00 ordered" in ledger


def test_no_more_is_shared_than_is_ordered_and_nothing_is_saved(page, case, person):
    charge = factories.charge(case)
    typed = {"decided_on": "2026-09-01", "attribution": "own", "currency": "INR"}
    typed |= {f"charge-{charge.pk}": "convicted_trial", box(charge, person): "60000"}
    typed |= {f"compensation-{charge.suspect_id}": "50000"}
    answer = page.post(f"/prosecutions/{charge.prosecution_id}/judgments/new/", typed)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [f"compensation-{charge.suspect_id}"]
    assert not Judgment.objects.exists()


def test_it_is_said_later_and_put_right(page, ordered, person, recorded, lawyer):
    address = f"/sentences/{ordered.pk}/shares/"
    assert page.post(address, {"version": 1, f"share-{person.pk}": "60000"}).status_code == 302
    assert shares() == {"S-77": 60_000}
    assert recorded("sentence.shared") == [(lawyer.pk, str(ordered.pk))]
    assert page.get(address).context["form"][f"share-{person.pk}"].value() == 60_000
    assert page.post(address, {"version": 1, f"share-{person.pk}": "1"}).status_code == 409
    assert page.post(address, {"version": 2, f"share-{person.pk}": "100001"}).status_code == 409
    assert page.post(address, {"version": 2, f"share-{person.pk}": ""}).status_code == 302
    assert shares() == {}


def test_the_sum_is_not_corrected_below_what_is_shared(ordered, person, correct):
    justice.compensation_share(sentence=ordered, involvement=person, amount=60_000)
    with pytest.raises(Refused, match="but only"):
        correct(ordered, compensation=50_000)
    assert correct(ordered, compensation=60_000).compensation == 60_000


def test_a_sentence_that_is_struck_takes_its_shares_along(ordered, person, lawyer):
    justice.compensation_share(sentence=ordered, involvement=person)
    strike(ordered, version=ordered.version, reason="typing", actor=lawyer)
    assert not CompensationShare.objects.exists()


def test_programs_say_it_with_the_sentence_or_later(api, lawyer, case, ordered, person):
    caller, end = api(lawyer), factories.decision(case)
    body = {"judgment": str(end.judgment_id), "suspect": str(end.charge.suspect_id)}
    hers = {"survivor": str(person.pk), "amount": "700.50"}
    made = caller.post("sentences/", body | {"currency": "INR", "shares": [hers]})
    assert (made.status_code, made.json()["compensation"]) == (201, "700.50")
    assert made.json()["shares"] == [hers]
    path = f"sentences/{ordered.pk}/share/"
    twice = caller.post(path, {"shares": [hers, hers]}, If_Match='"1"')
    assert list(twice.json()["errors"]) == ["shares"]
    stranger = {"survivor": str(factories.involvement().pk), "amount": "1.00"}
    refused = caller.post(path, {"shares": [stranger]}, If_Match='"1"')
    assert list(refused.json()["errors"]) == ["shares[0].survivor"]
    assert caller.post(path, {"shares": [hers]}, If_Match='"1"')["ETag"] == '"2"'
    (listed,) = caller.get(f"sentences/?judgment={ordered.judgment_id}").json()["results"]
    assert listed["shares"] == [hers]


def test_to_whom_only_the_court_is_open_no_survivor_is_named(
    case, office, ordered, person, browser_client, said
):
    justice.compensation_share(sentence=ordered, involvement=person)
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor, parts=["suspect", "court"])
    words = said(browser_client(prosecutor).get(f"/cases/{case.pk}/court/"))
    assert "INR 100,000.00 ordered" in words
    assert "S-77" not in words
