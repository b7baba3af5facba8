"""The pages of what is owed and claimed, filled in and sent as a person does."""

from __future__ import annotations

import pytest

from aftercare.models import CompensationClaim, Entitlement
from tests.factories import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(browser_client, worker):
    return browser_client(worker)


def test_what_is_owed_is_said_and_corrected_on_its_pages(page, person, recorded, worker):
    paper = ledger.certificate(involvement=person)
    address = f"/certificates/{paper.pk}/entitlement/new/"
    form = page.get(address)
    assert {code for code, _label in form.context["form"]["category"].field.choices} == {
        "adult_man",
        "woman_or_child",
        "extreme",
    }
    sent = {"key": str(form.context["key"]), "category": "extreme"}
    assert page.post(address, sent).status_code == 409  # no reason
    done = page.post(address, sent | {"extreme_reason": "trafficked", "key": "again"})
    assert (done.status_code, Entitlement.objects.count()) == (302, 1)
    owed = Entitlement.objects.get()
    assert (owed.rate.category, owed.extreme_reason) == ("extreme", "trafficked")
    change = f"/entitlements/{owed.pk}/change/"
    shown = page.get(change)
    assert shown.context["form"]["category"].value() == "extreme"
    sent = {"category": "woman_or_child", "extreme_reason": "", "version": owed.version}
    assert page.post(change, sent | {"deposit": "1"}).status_code == 409  # below the least
    assert page.post(change, sent | {"category": "nothing"}).status_code == 400
    assert page.post(change, sent).status_code == 302
    assert page.post(change, sent).status_code == 409  # of the former version
    owed.refresh_from_db()
    assert (owed.rate.category, owed.deposit) == ("woman_or_child", owed.rate.deposit)
    assert recorded("entitlement.changed") == [(worker.pk, str(owed.pk))]


def test_a_claim_is_made_on_its_page(page, person, said):
    address = f"/survivors/{person.pk}/claims/new/"
    form = page.get(address)
    assert form.context["form"]["jurisdiction"].value() == person.case.jurisdiction.code
    sent = {"key": str(form.context["key"]), "kind": "scheme", "asked_on": "2026-04-20"}
    sent |= {"jurisdiction": person.case.jurisdiction.code, "amount": "50000"}
    assert page.post(address, sent | {"currency": "rupees"}).status_code == 400
    assert page.post(address, sent | {"currency": "INR", "amount": "0"}).status_code == 409
    for _twice in range(2):
        done = page.post(address, sent | {"currency": "INR"})
        assert done.status_code == 302
    claim = CompensationClaim.objects.get()
    assert (claim.involvement, claim.kind, claim.currency) == (person, "scheme", "INR")
    assert "50,000.00" in said(page.get(done["Location"].partition("#")[0]))


@pytest.fixture
def owed(person):
    """125,000 deposited, 75,000 in hand, of which 30,000 at once."""
    rate = ledger.rate(category="woman_or_child")
    return ledger.entitlement(certificate=ledger.certificate(involvement=person), rate=rate)


def parts(page, address):
    """Of the form: the parts with what is open, and the one that is chosen."""
    box = page.get(address).context["form"]["tranche"]
    return [str(words) for _code, words in box.field.choices], box.value()


def test_a_part_is_paid_as_the_scheme_says_without_typing_it(page, owed, said):
    address = f"/entitlements/{owed.pk}/payments/new/"
    form = page.get(address).context["form"]
    assert form["payer"].value() == "state"
    assert form["paid_on"].value() == owed.case.jurisdiction.today
    assert parts(page, address) == (
        [
            "Immediate relief: INR 30,000.00 open",
            "Deposit: INR 125,000.00 open",
            "Cash: INR 45,000.00 open",
        ],
        "immediate",
    )
    typed = {"payer": "state", "tranche": "immediate", "amount": "", "paid_on": "2026-09-01"}
    assert page.post(address, typed).status_code == 302
    assert owed.payments.get().amount == 30_000
    assert parts(page, address)[0][0] == "Immediate relief: all paid"
    assert parts(page, address)[1] == "deposit", "the next one"
    twice = page.post(address, typed | {"key": "again"})
    assert twice.status_code == 409
    assert list(twice.context["form"].errors) == ["tranche"]
    assert page.post(address, typed | {"tranche": "cash", "amount": "1000"}).status_code == 302
    assert "Cash: INR 44,000.00 open" in parts(page, address)[0]


def test_a_program_may_leave_the_amount_out(api, worker, owed):
    body = {"entitlement": str(owed.pk), "payer": "state", "paid_on": "2026-09-01"}
    made = api(worker).post("rehabilitation-payments/", body | {"tranche": "deposit"})
    assert (made.status_code, made.json()["amount"]) == (201, "125000.00")
    again = api(worker).post("rehabilitation-payments/", body | {"tranche": "deposit"})
    assert list(again.json()["errors"]) == ["tranche"]
