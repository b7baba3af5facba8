"""Put right on a decided charge: the plea, its day, the provision it became and that day."""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from prosecutions.corrections.services.records import correct_record
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUGUST = (date(2026, month, 5) for month in (5, 6, 7, 8))


@pytest.fixture
def decided(case):
    charge = factories.charge(case, plea="not_guilty", pleaded_on=MAY)
    factories.decision(charge=charge, decided_on=JULY)
    return charge


@pytest.fixture
def correct(decided, lawyer):
    def correct(**changes):
        decided.refresh_from_db()
        facts = {"version": decided.version, "reason": "paper", "actor": lawyer}
        return correct_record(decided, **facts, **changes)

    return correct


@pytest.fixture
def refused(correct):
    def refused(field, **changes):
        with pytest.raises(Refused, check=lambda refusal: refusal.field == field):
            correct(**changes)

    return refused


def test_the_answer_and_its_day_are_put_right(correct, refused, recorded):
    row = correct(plea="guilty", pleaded_on=JULY)
    assert (row.plea, row.pleaded_on, row.version) == ("guilty", JULY, 2)
    assert len(recorded("court.corrected")) == 1
    refused("pleaded_on", pleaded_on=AUGUST)
    refused("pleaded_on", pleaded_on=None)
    refused("pleaded_on", plea="")
    row = correct(plea="", pleaded_on=None)
    assert (row.plea, row.pleaded_on) == ("", None)


def test_what_it_became_and_since_when_is_put_right(correct, refused):
    five, six = (factories.provision(number) for number in ("5", "6"))
    refused("amended_on", final_provision=five)
    refused("amended_on", amended_on=JUNE)
    refused("amended_on", final_provision=five, amended_on=AUGUST)
    refused("final_provision", final_provision=factories.provision(), amended_on=JUNE)
    abroad = factories.provision("s.4", "RA9208")
    refused(None, final_provision=abroad, amended_on=JUNE)
    assert correct(final_provision=five, amended_on=JUNE).final_provision == five
    row = correct(final_provision=six, amended_on=JULY)
    assert (row.final_provision, row.amended_on) == (six, JULY)
    row = correct(final_provision=None, amended_on=None)
    assert (row.final_provision, row.amended_on) == (None, None)


def test_nothing_was_framed_after_the_judgment(decided, correct, refused):
    decided.framed_on = JUNE
    decided.save()
    refused("framed_on", framed_on=AUGUST)
    assert correct(framed_on=JULY).framed_on == JULY


def test_what_was_taken_up_again_may_be_answered_later(decided, correct):
    decided.decisions.update(disposition="archived", lifted_on=JULY, lifted_for="revived")
    assert correct(pleaded_on=AUGUST).pleaded_on == AUGUST


def test_the_page_puts_it_right(decided, page, said):
    address = f"/charges/{decided.pk}/correct/"
    assert "Answered on" in said(page.get(address))
    body = {
        "suspect": str(decided.suspect_id),
        "provision": str(decided.provision_id),
        "offence_on": "2026-03-10",
        "filed_on": "2026-04-01",
        "reason": "paper",
        "version": 1,
        "plea": "guilty",
        "pleaded_on": "2026-06-05",
        "final_provision": str(factories.provision("5").pk),
        "amended_on": "2026-06-05",
    }
    late = page.post(address, body | {"pleaded_on": "2026-08-05", "key": "k-1"})
    assert late.status_code == 409
    assert page.post(address, body | {"plea": "perhaps", "key": "k-2"}).status_code == 400
    assert page.post(address, body | {"key": "k-3"}).status_code == 302
    decided.refresh_from_db()
    became = (decided.plea, decided.pleaded_on, decided.final_provision.number, decided.amended_on)
    assert became == ("guilty", JUNE, "5", JUNE)


def test_programs_put_it_right(decided, api, lawyer):
    caller, where = api(lawyer), f"charges/{decided.pk}/"
    sent = {"reason": "paper", "plea": "guilty", "pleaded_on": "2026-06-05"}
    for wrong in ({"plea": "perhaps"}, {"pleaded_on": "2026-08-05"}):
        refused = caller.patch(where, sent | wrong, If_Match='"1"')
        assert (refused.status_code, set(refused.json()["errors"])) == (400, {*wrong})
    answer = caller.patch(where, sent, If_Match='"1"')
    assert answer.status_code == 200
    assert (answer.json()["plea"], answer.json()["pleaded_on"]) == ("guilty", "2026-06-05")
