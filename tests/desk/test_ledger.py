"""The ledger of a survivor: what it says, to whom, and what it costs to look."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from prosecutions.models import ChargeVictim
from tests import factories
from tests.factories import justice, ledger, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(office):
    return factories.user("aftercare_worker", office)


@pytest.fixture
def case(office, worker):
    made = factories.case(office, programme="bonded_labour")
    return factories.assignment(made, worker).case


@pytest.fixture
def person(case):
    return factories.involvement(case)


@pytest.fixture
def look(browser_client, said, person):
    """`look(user)`: the status and the words of the ledger."""

    def open_page(user, whose=person):
        answer = browser_client(user).get(f"/survivors/{whose.pk}/ledger/")
        return answer.status_code, said(answer)

    return open_page


def full(person):
    owed = ledger.entitlement(certificate=ledger.certificate(involvement=person))
    ledger.rehabilitation_payment(entitlement=owed)
    claim = ledger.awarded_claim(involvement=person)
    ledger.claim_payment(claim=claim)
    ledger.repatriation(involvement=person)
    return owed


def test_empty_it_says_what_will_stand_there(look, worker):
    status, words = look(worker)
    assert status == 200
    assert "No certificate yet" in words
    assert "Nothing claimed and nothing ordered" in words
    assert "No journey planned" in words


def test_it_says_what_is_owed_paid_and_open(look, worker, person):
    full(person)
    _status, words = look(worker)
    assert "30,000.00 paid of 100,000.00" in words
    assert "INR 70,000.00" in words
    assert "Victim compensation scheme" in words
    assert "nobody on record" in words


def test_each_value_of_the_scheme_stands_with_its_mark(look, worker, person):
    paper = ledger.certificate(involvement=person, applied_on=None, answered_on=date(2018, 1, 1))
    ledger.entitlement(certificate=paper, rate=ledger.rate(code="IN-CSS-2016"))
    _status, words = look(worker)
    assert "verified" in words
    assert "from memory" in words


def test_a_version_past_its_time_says_so(look, worker, person):
    paper = ledger.certificate(involvement=person, answered_on=date(2026, 6, 1))
    ledger.entitlement(certificate=paper)
    assert "no later version is on record" in look(worker)[1]


def test_of_the_number_of_the_bank_the_end_is_shown_to_the_team(look, worker, person, office):
    row = ledger.bank_reference(person.case, "Invented 98765")
    whose = row.payment.entitlement.involvement
    assert "…8765" in look(worker, whose)[1]
    assert "98765" not in look(worker, whose)[1]
    counting = factories.user("data_officer", office)
    status, words = look(counting, whose)
    assert (status, "8765" in words) == (200, False)


def test_whoever_only_knows_that_the_case_exists_finds_nothing(look, office):
    assert look(factories.user("aftercare_worker", office))[0] == 404
    assert look(factories.user("case_manager", factories.office("manila")))[0] == 404


def test_what_courts_ordered_stands_beside_what_she_claimed(look, case_manager, case, person):
    sentence = factories.sentence(case)
    sentence.compensation, sentence.currency = 90_000, "INR"
    sentence.save()
    assert "it is not on record whom it is for" in look(case_manager)[1]
    charge = factories.charge(
        prosecution=sentence.judgment.prosecution,
        suspect=sentence.suspect,
        offence_on=date(2026, 1, 2),
    )
    ChargeVictim.objects.create(case=case, charge=charge, involvement=person)
    other = factories.involvement(case)
    assert "90,000.00 ordered" in look(case_manager)[1]
    assert "90,000.00" not in look(case_manager, other)[1]


def test_who_testifies_abroad_stays_visible_in_both_cases(look, case_manager, case, person):
    twin = factories.case(case.office, jurisdiction=place("KH"))
    there = factories.involvement(twin, person.victim)
    justice.participation(involvement=there, kind="willing", travelled_from=place("IN"))
    ledger.repatriation(involvement=person, purpose="court", destination=place("KH"))
    assert "Before courts abroad" not in look(case_manager)[1]
    factories.case_link(case, other=twin, kind="twin")
    assert twin.reference in look(case_manager)[1]
    back = look(case_manager, there)[1]
    assert "To take part in a court abroad" in back
    assert case.reference in back


def test_a_look_is_on_record_with_whom_it_told_of(look, worker, person):
    look(worker)
    seen = AuditEvent.objects.get(action="ledger.read")
    assert {person.pk, person.victim_id, person.case_id} <= set(seen.subjects)


def test_it_costs_the_same_however_much_was_paid(browser_client, worker, person):
    owed = full(person)
    client = browser_client(worker)

    def statements():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(f"/survivors/{person.pk}/ledger/").status_code == 200
        return len(found)

    statements()
    few = statements()
    for _one in range(3):
        ledger.rehabilitation_payment(entitlement=owed, amount=100)
        ledger.claim_payment(claim=ledger.awarded_claim(involvement=person))
        ledger.repatriation(involvement=person)
    assert statements() == few


def test_the_case_page_says_in_a_line_how_each_ledger_stands(browser_client, said, worker, person):
    full(person)
    words = said(browser_client(worker).get(f"/cases/{person.case_id}/care/"))
    assert "INR 30,000 of 100,000 paid" in words
    assert "Certificate: Issued" in words


def test_the_schemes_are_shown_to_everyone_who_is_signed_in(browser_client, said, office):
    client = browser_client(factories.user("programme_manager", office))
    words = said(client.get("/schemes/"))
    assert "2021" in words
    assert "from memory" in words
