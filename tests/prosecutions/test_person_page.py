"""Pages of an offender and of a network: where somebody is, what is alleged, what comes next."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prosecutions.models import Custody
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 25


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def page(case, browser_client):
    worker = factories.user("legal_officer", case.office)
    return browser_client(factories.assignment(case, worker).user)


@pytest.fixture
def suspect(case):
    """Held, charged, with a hearing to come, and a member of a network."""
    suspect = factories.suspect(case, name="Invented Recruiter")
    factories.arrest(case, suspect=suspect)
    Custody.objects.create(case=case, suspect=suspect, since=date(2026, 3, 12))
    charge = factories.charge(case, suspect=suspect)
    factories.hearing(
        prosecution=charge.prosecution, listed_on=case.jurisdiction.today + timedelta(days=6)
    )
    justice.network_member(suspect=suspect, role="recruiter")
    return suspect


def at(suspect):
    return f"/perpetrators/{suspect.perpetrator_id}/"


def statements(page, path):
    page.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert page.get(path).status_code == 200
    return [one["sql"] for one in seen if not re.search("SAVEPOINT|set_config", one["sql"][:400])]


def test_it_says_where_they_are_what_is_alleged_and_when_the_court_sits(page, suspect, said):
    words = said(page.get(at(suspect)))
    charge = suspect.charges.get()
    network = suspect.memberships.get().network
    for part in (
        "In custody since 12 Mar 2026",
        f"{charge.provision.statute} {charge.provision.number}",
        "Pending",
        "Next hearing:",
        f"Networks 1 {network.code}",
        f"as {suspect.code} of {suspect.case.reference}",
    ):
        assert part in words, part


def test_a_sentence_stands_with_what_was_paid(page, case, said):
    sentence = factories.sentence(case)
    type(sentence).objects.update(compensation=50_000, currency="INR")
    justice.compensation_payment(sentence=sentence, amount=5_000)
    words = said(page.get(at(sentence.suspect)))
    assert "7 years of imprisonment" in words
    assert "INR 50,000.00 ordered, 5,000.00 paid, 45,000.00 open" in words


def test_who_fled_is_wanted(page, suspect, said):
    Custody.objects.update(ended="escaped", ended_on=date(2026, 4, 1))
    assert "At large" in said(page.get(at(suspect)))


def test_the_page_costs_a_bounded_number_of_statements(page, suspect):
    asked = statements(page, at(suspect))
    assert len(asked) <= MOST_STATEMENTS, [sql[:150] + sql[-150:] for sql in asked]


def test_what_other_cases_allege_is_not_there(page, suspect, said):
    before = said(page.get(at(suspect)))
    hidden = factories.suspect(factories.case(), perpetrator=suspect.perpetrator)
    charge = factories.charge(hidden.case, suspect=hidden)
    factories.hearing(prosecution=charge.prosecution, listed_on=date(2031, 1, 2))
    justice.network_member(suspect=hidden)
    assert said(page.get(at(suspect))) == before


def test_without_courts_disclosed_no_charge_is_told(suspect, browser_client, said):
    outside = factories.user("prosecutor")
    factories.disclosure(suspect.case, outside, parts=["suspect"])
    words = said(browser_client(outside).get(at(suspect)))
    assert "In custody since 12 Mar 2026" in words
    assert "Pending" not in words
    assert "Next hearing" not in words


def test_a_network_says_of_each_member_where_they_are_and_by_which_case(page, suspect, said):
    network = suspect.memberships.get().network
    other = factories.suspect(suspect.case)
    justice.network_member(suspect=other, network=network)
    words = said(page.get(f"/networks/{network.pk}/"))
    for part in (
        "Invented Recruiter",
        f"Recruiter , {suspect.case.reference} {suspect.code}",
        "In custody since 12 Mar 2026",
        "next hearing",
    ):
        assert part in words, part
    assert f'href="{at(suspect)}"' in page.get(f"/networks/{network.pk}/").content.decode()
    asked = statements(page, f"/networks/{network.pk}/")
    assert len(asked) <= MOST_STATEMENTS, [sql[:150] for sql in asked]


def test_a_link_between_cases_says_what_it_rests_on(page, case, suspect, said):
    network = suspect.memberships.get().network
    twin = factories.suspect(factories.assignment(user=case.assignment_set.get().user).case)
    justice.network_member(suspect=twin, network=network)
    factories.case_link(case, other=twin.case, kind="twin")
    words = said(page.get(f"/networks/{network.pk}/"))
    assert f"The same matter in another country : {twin.case.reference}" in words
