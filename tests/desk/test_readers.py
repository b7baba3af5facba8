"""Who saw this: everyone who looked at a case or a person, for those who look after it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import audit
from core.models import AuditEvent
from tests import factories
from tests.case_pages import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def person(case):
    return factories.involvement(case)


@pytest.fixture
def lead(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def officer(case):
    return factories.assignment(case, factories.user(name="Invented Officer")).user


def of_case(case):
    return f"/cases/{case.pk}/readers/"


def of_person(person):
    return f"/survivors/{person.pk}/readers/"


def test_who_opened_the_case_stands_there_with_role_and_deed(
    lead, case, officer, browser_client, said
):
    browser_client(officer).get(case.get_absolute_url())
    words = said(lead.get(of_case(case)))
    assert "Invented Officer" in words
    assert "Field officer, Kolkata" in words
    assert "Read the page of the case" in words


def test_a_list_by_a_program_counts_too(lead, case, officer, api, said):
    factories.involvement(case)
    api(officer).get("involvements/")
    words = said(lead.get(of_case(case)))
    assert "Read it in a list, by a program" in words
    assert "Survivor, by code and age" in words


def test_who_was_refused_stands_there(lead, case, browser_client, said):
    stranger = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    browser_client(stranger).get(case.get_absolute_url())
    words = said(lead.get(of_case(case)))
    assert "was refused Asked for something not open to them" in words
    assert "Field officer, Manila" in words


def test_a_person_is_asked_about_by_every_record_of_theirs(lead, person, officer, said):
    identity = factories.identity(person.case)
    identity.victim = person.victim
    identity.save()
    audit.read("identity.revealed", identity, actor=officer, reason="medical")
    audit.read_rows("involvement.list", "victims.Involvement", [person.pk], actor=officer)
    other = factories.involvement(person.case)
    audit.read("involvement.retrieve", other, actor=factories.user(name="Invented Other"))
    words = said(lead.get(of_person(person)))
    assert "Saw a name or contacts" in words
    assert "Name, birth date, contacts, documents" in words
    assert "Medical care" in words
    assert "Invented Other" not in words


def test_the_case_page_shows_the_person_so_its_readers_saw_the_person(
    lead, person, officer, browser_client, said
):
    browser_client(officer).get(person.case.get_absolute_url())
    assert "Read the page of the case" in said(lead.get(of_person(person)))


def test_asking_is_recorded_and_shown(lead, case, said):
    lead.get(of_case(case))
    assert "Looked at who saw it" in said(lead.get(of_case(case)))


def test_it_is_narrowed_by_what_and_by_person(lead, case, officer, said):
    audit.record("case.corrected", case, actor=officer)
    audit.read("case.read", case, actor=factories.user(name="Invented Other"))
    words = said(lead.get(f"{of_case(case)}?kind=intention"))
    assert ("Corrected the case" in words, "Read the page of the case" in words) == (True, False)
    words = said(lead.get(f"{of_case(case)}?person={officer.pk}"))
    assert ("Corrected the case" in words, "Read the page of the case" in words) == (True, False)
    words = said(lead.get(f"{of_case(case)}?kind=denial"))
    assert "Nothing matches the filter" in words


def test_a_filter_nobody_offered_is_said_in_words(lead, case, said):
    words = said(lead.get(f"{of_case(case)}?kind=gossip&person=x"))
    assert "Select a valid choice" in words
    assert lead.get(f"{of_case(case)}?cursor=x").status_code == 302


def test_it_has_pages(lead, case, officer):
    for _ in range(60):
        audit.read("case.read", case, actor=officer)
    first = lead.get(f"{of_case(case)}?person={officer.pk}")
    assert len(first.context["events"]) == 50
    second = lead.get(first.context["list"].next_url)
    assert len(second.context["events"]) == 10
    assert second.context["list"].previous_url


def test_it_costs_the_same_queries_however_many_events(lead, case):
    counted = []
    for more in (1, 40):
        for _ in range(more):
            audit.read("case.read", case, actor=factories.user())
        with CaptureQueriesContext(connection) as queries:
            lead.get(of_case(case))
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] < 30


# Who may ask


@pytest.mark.parametrize("role", ["field_officer", "legal_officer", "data_officer"])
def test_others_may_not_ask(role, case, browser_client):
    user = factories.assignment(case, factories.user(role)).user
    assert browser_client(user).get(of_case(case)).status_code == 403


def test_another_office_may_not_ask(case, person, browser_client):
    manila = browser_client(factories.user("case_manager", factories.office("manila", "PH-MNL")))
    assert manila.get(of_case(case)).status_code == 404
    assert manila.get(of_person(person)).status_code == 404


def test_a_safeguarding_lead_asks_about_every_case_known_to_exist(case, officer, browser_client):
    audit.read("case.read", case, actor=officer)
    page = browser_client(factories.user("safeguarding_lead")).get(of_case(case))
    assert [event["deed"] for event in page.context["events"]] == ["Read the page of the case"]


def test_a_manager_who_only_knows_that_it_exists_sees_no_reader(officer, browser_client):
    """Case manager in one office, field officer in another: there the case merely exists."""
    manila = factories.office("manila", "PH-MNL")
    there = factories.case(manila)
    audit.read("case.read", there, actor=officer)
    manager = factories.user("case_manager")
    factories.membership(manager, "field_officer", manila)
    page = browser_client(manager).get(of_case(there))
    assert (page.status_code, page.context["events"]) == (200, [])


def test_the_case_page_links_to_it_for_those_who_may(lead, case, person, officer, browser_client):
    assert of_case(case) in lead.get(case.get_absolute_url()).content.decode()
    assert of_person(person) in lead.get(f"/cases/{case.pk}/people/").content.decode()
    assert "readers" not in whole(browser_client(officer), case.pk)


# As a program


def test_a_program_asks_by_case_or_by_any_record(api, case_manager, case, person, officer):
    audit.read("case.read", case, actor=officer)
    audit.read("involvement.retrieve", person, actor=officer)
    client = api(case_manager)
    of_the_case = client.get(f"audit-events/?case={case.pk}").json()["results"]
    assert {row["action"] for row in of_the_case} == {"case.read", "involvement.retrieve"}
    (row,) = client.get(f"audit-events/?about={person.victim_id}").json()["results"]
    assert row["actor_name"] == "Invented Officer"
    assert (row["record"], row["record_id"]) == ("victims.Involvement", str(person.pk))
    assert row["words"] == "Read it by itself, by a program"
    (asked,) = client.get(f"audit-events/?case={case.pk}&action=auditevent.list").json()["results"]
    assert asked["actor_name"] == case_manager.name


def test_a_program_gets_nothing_of_other_cases(api, case_manager, officer):
    foreign = factories.case(factories.office("manila", "PH-MNL"))
    audit.read("case.read", foreign, actor=officer)
    audit.read("case.read", factories.case(level=4), actor=officer)
    assert api(case_manager).get("audit-events/").json()["results"] == []


def test_the_first_wall_holds_by_itself(case_manager, case, officer):
    """Asked as the owner of the tables, whom no row security holds back."""
    audit.read("case.read", factories.case(factories.office("manila", "PH-MNL")), actor=officer)
    audit.read("case.read", case, actor=officer)
    seen = AuditEvent.objects.visible_to(case_manager)
    assert list(seen.values_list("case_id", flat=True)) == [case.pk]
    assert not AuditEvent.objects.visible_to(officer).exists()
