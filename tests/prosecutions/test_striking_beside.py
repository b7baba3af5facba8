"""What is recorded beside the courtroom is struck: of survivors, of networks, of requests."""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from prosecutions.corrections.services.striking import strike
from prosecutions.models import Network
from prosecutions.services.networks import begin_network
from prosecutions.services.requests import record_request, relate_request
from prosecutions.services.survivors import (
    ask_protection,
    record_accusation,
    record_participation,
)
from tests import factories
from tests.factories import justice
from tests.factories.people import place

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 20), date(2026, 5, 20)


@pytest.fixture
def struck(lawyer):
    def struck(row):
        row.refresh_from_db()
        strike(row, version=row.version, reason="person", actor=lawyer)
        assert not type(row).objects.filter(pk=row.pk).exists()

    return struck


def refused(struck, row, words):
    with pytest.raises(Refused, match=words):
        struck(row)
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.fixture
def person(case):
    return factories.involvement(case)


# Survivors


def test_nobody_is_warned_of_what_no_survivor_is_accused_of(page, case, person, struck, lawyer):
    accusation = record_accusation(person, offence="theft", accused_on=APRIL, actor=lawyer)
    assert "Accused" in page.get(f"/cases/{case.pk}/court/").content.decode()
    struck(accusation)
    assert "Accused" not in page.get(f"/cases/{case.pk}/court/").content.decode()
    record_accusation(person, offence="theft", accused_on=APRIL, actor=lawyer)


def test_without_a_step_the_one_before_says_how_it_stands(page, case, person, struck, lawyer):
    facts = {"actor": lawyer}
    record_participation(person, kind="willing", happened_on=APRIL, **facts)
    facts |= {"declined_for": "trauma"}
    declined = record_participation(person, kind="declined", happened_on=MAY, **facts)
    assert "Declined" in page.get(f"/cases/{case.pk}/court/").content.decode()
    struck(declined)
    assert "Declined" not in page.get(f"/cases/{case.pk}/court/").content.decode()


def test_a_prosecution_goes_after_the_part_of_a_survivor(case, struck):
    court = factories.prosecution(case)
    step = justice.participation(case, prosecution=court)
    refused(struck, court, "A survivor took part in it")
    struck(step)
    struck(court)


def test_protection_that_nobody_asked_for_may_be_asked_for(person, struck, lawyer):
    asked = ask_protection(person, kind="video_link", asked_on=APRIL, actor=lawyer)
    struck(asked)
    ask_protection(person, kind="video_link", asked_on=MAY, actor=lawyer)


# Networks


def test_a_member_of_two_goes_and_the_network_stays(case, struck, lawyer):
    network = begin_network(
        factories.suspect(case), role="recruiter", identified_on=APRIL, actor=lawyer
    )
    justice.corridor(case, network=network)
    wrong = justice.network_member(case, network=network)
    struck(wrong)
    assert network.members.count() == 1
    struck(wrong.suspect)
    assert Network.objects.visible_to(lawyer).get() == network


def test_the_last_member_holds_a_network_that_ways_name(case, struck, lawyer):
    network = begin_network(
        factories.suspect(case), role="recruiter", identified_on=APRIL, actor=lawyer
    )
    way = justice.corridor(case, network=network)
    refused(struck, network.members.get(), "Routes people were taken belong to this network")
    struck(way)
    struck(network.members.get())
    assert not Network.objects.visible_to(lawyer).exists(), "nobody sees a network of nobody"


def test_a_way_goes_whole_and_leaves_the_network(page, case, struck, lawyer, said):
    network = begin_network(
        factories.suspect(case), role="recruiter", identified_on=APRIL, actor=lawyer
    )
    leg = justice.corridor_leg(case, corridor=justice.corridor(case, network=network))
    shown = f"/networks/{network.pk}/"
    assert leg.jurisdiction.name in said(page.get(shown))
    struck(leg.corridor)
    assert not type(leg).objects.exists()
    assert "No route recorded" in said(page.get(shown))


def test_the_page_goes_back_to_the_case(page, case):
    """Nobody sees the network of the last member any more."""
    member = justice.network_member(case)
    address = f"/network-members/{member.pk}/strike/"
    answer = page.post(address, {"reason": "person", "version": 1})
    assert answer["Location"] == f"/cases/{case.pk}/network/#borders"


# Requests


def test_a_request_goes_after_the_step_that_was_taken_by_it(case, struck, lawyer):
    step = factories.field.step(case)
    facts = {"direction": "to", "kind": "evidence", "jurisdiction": place("PH")}
    facts |= {"asked_on": APRIL, "actor": lawyer}
    first = record_request(case, step=step, **facts)
    step.refresh_from_db()
    struck(record_request(case, step=step, **facts))
    refused(struck, first, "A step of the investigation belongs to it")
    relate_request(first, version=1, actor=lawyer)
    struck(first)


def test_a_request_of_a_step_of_another_day_holds_nothing(case, struck):
    step = factories.field.done_step(case)
    struck(justice.assistance_request(case, step=step, asked_on=MAY))
