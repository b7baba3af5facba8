"""Bail: on which terms, and how it was broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.services import Refused
from prosecutions.models import Suspect
from prosecutions.services.custody import begin_custody, end_custody, record_breach
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
TERMS = {
    "bail_conditions": ["passport", "report"],
    "sureties": 2,
    "bail_amount": Decimal(50_000),
    "bail_currency": "INR",
}


@pytest.fixture
def held(case):
    return factories.custody(case)


def bailed(held, lawyer, **terms):
    return end_custody(held, ended_on=DAY, ended="bail", actor=lawyer, **terms)


def test_a_bail_has_its_terms(held, lawyer, page, said):
    freed = bailed(held, lawyer, **TERMS)
    assert freed.bail_conditions == ["report", "passport"]
    text = said(page.get(f"/cases/{held.case_id}/people/"))
    terms = "INR 50,000.00, 2 sureties, Report to the police, Passport handed in, or not leave"
    assert f"Bail: {terms}" in text


@pytest.mark.parametrize("term", ["bail_conditions", "sureties", "bail_amount"])
def test_only_a_bail_has_terms(held, lawyer, term):
    with pytest.raises(
        Refused, match="Leave conditions, sureties and amount empty unless the person is on bail"
    ) as refused:
        end_custody(held, ended_on=DAY, ended="acquitted", actor=lawyer, **{term: TERMS[term]})
    assert refused.value.field == "ended"


def test_money_has_its_currency(held, lawyer):
    with pytest.raises(Refused, match="Enter the currency of the amount"):
        bailed(held, lawyer, bail_amount=Decimal(5))
    with pytest.raises(Refused, match="above zero"):
        bailed(held, lawyer, bail_amount=Decimal(0), bail_currency="INR")
    assert bailed(held, lawyer, bail_currency="INR").bail_currency == "", "no sum, no currency"


def test_a_bail_is_broken_once_and_after_it_was_given(held, lawyer, recorded):
    with pytest.raises(Refused, match="not on bail"):
        record_breach(held, breached_on=DAY, breach="missed", actor=lawyer)
    freed = bailed(held, lawyer)
    with pytest.raises(Refused, match="before it was given"):
        record_breach(freed, breached_on=date(2026, 4, 30), breach="missed", actor=lawyer)
    record_breach(freed, breached_on=DAY, breach="missed", actor=lawyer)
    with pytest.raises(Refused, match="already recorded"):
        record_breach(freed, breached_on=DAY, breach="missed", actor=lawyer)
    assert recorded("bail.breached") == [(lawyer.pk, str(held.pk))]


def standing(suspect):
    return Suspect.objects.with_standing().get(pk=suspect.pk).standing


def test_who_absconds_is_at_large_until_taken_again(held, lawyer):
    freed = bailed(held, lawyer)
    record_breach(freed, breached_on=DAY, breach="absconded", actor=lawyer)
    assert standing(held.suspect) == "large"
    begin_custody(held.suspect, since=date(2026, 6, 1), actor=lawyer)
    assert standing(held.suspect) == "held"


def test_who_breaks_a_condition_is_still_on_bail(held, lawyer):
    record_breach(bailed(held, lawyer), breached_on=DAY, breach="contact", actor=lawyer)
    assert standing(held.suspect) == "bail"


def test_the_pages_take_terms_and_breach(held, page, said):
    terms = {"bail_conditions": ["no_contact"], "bail_amount": "500", "bail_currency": "inr"}
    page.post(f"/custodies/{held.pk}/release/", {"ended_on": DAY, "ended": "bail"} | terms)
    held.refresh_from_db()
    assert (held.bail_amount, held.bail_currency) == (500, "INR")
    page.post(f"/custodies/{held.pk}/breach/", {"breached_on": DAY, "breach": "contact"})
    text = said(page.get(f"/cases/{held.case_id}/people/"))
    assert "Bail broken 1 May 2026: Contacted a survivor or witness" in text


def test_programs_too(held, lawyer, api):
    caller, body = api(lawyer), {"ended_on": "2026-05-01", "ended": "bail"}
    wrong = caller.post(f"custodies/{held.pk}/release/", body | {"bail_amount": "5.00"})
    told, code = wrong.json(), "currency-missing"
    assert (wrong.status_code, list(told["errors"])) == (400, ["bail_currency"])
    assert (told["code"], told["codes"]) == (code, {"bail_currency": [code]})
    for bad in ({"bail_conditions": ["be good"]}, {"sureties": -1}, {"bail_amount": "many"}):
        assert caller.post(f"custodies/{held.pk}/release/", body | bad).status_code == 400
    freed = caller.post(f"custodies/{held.pk}/release/", body | {"sureties": 1}).json()
    assert (freed["sureties"], freed["bail_conditions"]) == (1, [])
    breach = {"breached_on": "2026-05-02", "breach": "absconded"}
    assert caller.post(f"custodies/{held.pk}/breach/", breach).json()["breach"] == "absconded"
