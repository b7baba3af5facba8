"""The page of a survivor is the hub of a person: each part to whoever reads it, at a known cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import Referral, ServiceRecord
from tests import factories
from tests.factories import care, justice, ledger, persons
from victims.models import Sibling

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 25


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def person(case):
    return factories.involvement(case, rescue=factories.rescue(case), outcome="rescued")


def reader(role, case, browser_client):
    worker = factories.user(role, case.office)
    factories.assignment(case, worker)
    return browser_client(worker)


@pytest.fixture
def page(case, browser_client):
    return reader("case_manager", case, browser_client)


@pytest.fixture
def full(case, person):
    """Somebody who sleeps somewhere, is looked after, testifies, and is owed something."""
    today = case.jurisdiction.today
    care.placement(involvement=person)
    plan = care.care_plan(involvement=person)
    used = care.instrument()
    for days, score in ((90, 1), (10, 3)):
        care.assessment(
            plan=plan,
            instrument=used,
            answers=care.all_at(score, used),
            assessed_on=today - timedelta(days=days),
        )
    referral = Referral.objects.create(case=case, involvement=person, need="medical")
    ServiceRecord.objects.create(
        case=case, involvement=person, referral=referral, kind="medical", provided_on=today
    )
    ledger.entitlement(certificate=ledger.certificate(involvement=person))
    charge = factories.charge(case)
    justice.charge_victim(charge=charge, involvement=person)
    factories.hearing(
        prosecution=charge.prosecution, listed_on=today + timedelta(days=6), purpose="witness"
    )
    justice.participation(involvement=person, kind="willing")
    persons.consent(person, recipient_kind="provider", recipient_id=factories.provider().pk)
    return person


def at(person):
    return f"/survivors/{person.pk}/"


def test_it_says_where_she_sleeps_how_she_is_and_when_she_is_heard(page, full, said):
    words = said(page.get(at(full)))
    for part in (
        "Sleeps",
        "Care plan",
        "How the person is doing",
        "1.0 → 3.0",
        "Needs: Medical",
        "Examination of a witness",
        "a charge names this survivor",
        "Willing to take part",
        "Owed and paid",
        "Consents 1",
        "In cases 1",
    ):
        assert part in words, part


@pytest.mark.parametrize("siblings", [0, 2])
def test_it_costs_a_bounded_number_of_statements(page, full, siblings):
    if siblings:
        group = persons.sibling(full.case).group
        for person in (full, factories.involvement(full.case)):
            Sibling.objects.create(group=group, victim=person.victim)
    page.get(at(full))
    with CaptureQueriesContext(connection) as seen:
        assert page.get(at(full)).status_code == 200
    asked = [one["sql"] for one in seen if not re.search("SAVEPOINT|set_config", one["sql"][:400])]
    assert len(asked) <= MOST_STATEMENTS, [sql[:150] + sql[-150:] for sql in asked]


def test_of_another_survivor_nothing_stands_on_it(page, full, said):
    other = factories.involvement(full.case)
    words = said(page.get(at(other)))
    assert "No plan, no place and no referral yet" in words
    assert "no charge names this survivor" in words  # the hearing is that of the case
    for part in ("Needs: Medical", "Willing to take part", "1.0 → 3.0", "Certificate"):
        assert part not in words, part


@pytest.mark.parametrize(
    ("parts", "there", "not_there"),
    [
        (["people"], [], ["Needs: Medical", "Sleeps", "Examination", "onsent", "Certificate"]),
        (["people", "court"], ["Examination", "Willing to take part"], ["Needs", "Certificate"]),
    ],
)
def test_whom_it_is_disclosed_to_sees_their_part_only(
    parts, there, not_there, full, browser_client, said
):
    outside = factories.user("prosecutor")
    factories.disclosure(full.case, outside, parts=parts)
    words = said(browser_client(outside).get(at(full)))
    assert full.code in words
    assert [part for part in there if part not in words] == []
    assert [part for part in not_there if part in words] == []


def test_of_a_sealed_case_it_is_there_for_who_is_named_alone(case, full, page, browser_client):
    named = factories.user("aftercare_worker", case.office)
    factories.assignment(case, named, named=True)
    assert page.get(at(full)).status_code == 200
    type(case).objects.filter(pk=case.pk).update(level=4)
    assert page.get(at(full)).status_code == 404
    assert browser_client(named).get(at(full)).status_code == 200


def test_what_is_known_stands_on_its_own_page(page, person, said):
    persons.exploitation(involvement=person)
    assert "Forms of exploitation" in said(page.get(f"{at(person)}complete/"))
    assert f'href="{at(person)}complete/"' in page.get(at(person)).content.decode()
