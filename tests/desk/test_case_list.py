"""The list of cases: filters, chips, a file, several assigned at once; nobody left behind."""

from __future__ import annotations

import csv

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as STEPS

from accounts.services.leaving import disable_person, end_role
from casework.models import Assignment, Case
from core.access import SEALED
from core.models import AuditEvent
from core.sheets.spreadsheets import harmless
from tests import factories
from tests.factories import knowing

pytestmark = pytest.mark.django_db
WHY = {"reason": "figures", "format": "csv"}


@pytest.fixture
def cases(office, field_officer):
    """One with a team, one whose officer has left, one without anybody."""
    ours = factories.assignment(factories.case(office, programme="osec"), field_officer).case
    gone = factories.user("field_officer", office, is_active=False)
    left = factories.assignment(factories.case(office, status="rescued"), gone).case
    bare = factories.case(
        office,
        support_level="state_only",
        opened_on="2026-05-01",
        jurisdiction=factories.place("IN-MH-MUM"),
    )
    return ours, left, bare


def listed(client, query=""):
    page = client.get(f"/cases/{query}")
    return {row.reference for row in page.context["cases"]}


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("", {0, 1, 2}),
        ("?status=rescued", {1}),
        ("?programme=osec", {0}),
        ("?support=state_only", {2}),
        ("?team=nobody", {1, 2}),
        ("?team=me", set()),
        ("?place=IN-MH", {2}),
        ("?place=IN-WB", {0, 1}),
        ("?office=kolkata", {0, 1, 2}),
        ("?opened_from=2026-04-01", {2}),
        ("?opened_from=1%2F4%2F2026", {2}),
        ("?opened_to=2026-04-01&programme=osec", {0}),
        ("?status=closed", set()),
    ],
)
@pytest.mark.by_turns(4)
def test_it_is_narrowed_and_each_filter_is_a_chip(
    cases, case_manager, browser_client, query, which
):
    client = browser_client(case_manager)
    assert listed(client, query) == {cases[n].reference for n in which}
    chips = client.get(f"/cases/{query}").context["list"].chips
    assert len(chips) == (query.count("=") if query else 0)
    for chip in chips:
        assert client.get(chip["remove_url"]).status_code == 200


def test_what_nobody_offered_is_said_at_its_field_and_not_obeyed(
    cases, case_manager, browser_client, said
):
    client = browser_client(case_manager)
    for query in ("?status=x", "?place=XX", "?team=all", "?opened_from=soon", "?opened_to=a%00b"):
        page = client.get(f"/cases/{query}")
        assert page.status_code == 200
        assert len(page.context["list"].form.errors) == 1, query
        assert len(page.context["cases"]) == 3


def test_mine_are_those_i_am_assigned_to(cases, field_officer, browser_client):
    assert listed(browser_client(field_officer), "?team=me") == {cases[0].reference}


def test_who_may_not_know_the_teams_is_not_offered_nobody(office, browser_client):
    outside = factories.user("prosecutor", office)
    case = factories.disclosure(user=outside).case
    client = browser_client(outside)
    assert listed(client, "?team=nobody") == {case.reference}
    assert "Nobody on it" not in client.get("/cases/").content.decode()


def test_the_interface_has_the_same_filters(cases, case_manager, api):
    client = api(case_manager)
    for query, number in (("team=nobody", 2), ("support_level=state_only", 1)):
        assert len(client.get(f"cases/?{query}").json()["results"]) == number
    assert client.get("cases/?team=x").status_code == 400


@pytest.mark.nightly
def test_a_list_of_any_length_costs_the_same(
    cases, case_manager, office, browser_client, django_assert_max_num_queries
):
    client = browser_client(case_manager)

    def cost(path):
        client.get(path)
        with django_assert_max_num_queries(110) as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    paths = ("/cases/", "/cases/?team=nobody", "/cases/csv/", "/", f"/cases/{cases[0].pk}/")
    client.get(paths[-1])  # Today names the cases opened lately
    before: list[int] = []
    for number in range(4):
        if number == 1:
            before = [cost(path) for path in paths]
        more = factories.assignment(factories.case(office)).case
        factories.task(cases[0])
        factories.closing(cases[0])
        factories.assignment(cases[0], factories.user("legal_officer", office))
        factories.transfer(more, to_person=case_manager)
    assert [cost(path) for path in paths] == before


# A file


def test_the_file_holds_what_is_seen_and_no_names(cases, case_manager, browser_client):
    page = browser_client(case_manager).post("/cases/csv/?team=nobody", WHY)
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    head, *lines = csv.reader(page.content.decode().splitlines())
    assert head[0] == "reference"
    assert {line[0] for line in lines} == {cases[1].reference, cases[2].reference}
    event = AuditEvent.objects.get(action="case.exported")
    assert set(event.detail["ids"]) == {str(cases[1].pk), str(cases[2].pk)}
    assert event.detail["reason"] == "figures"


def test_a_file_that_is_not_locked_says_nothing_of_anybody(office, case_manager, browser_client):
    """X2: whatever names somebody leaves locked, so here stand references, codes and days only."""
    case = factories.case(office, opened_on="2026-03-04")
    survivor = factories.identity(case, full_name="Invented Canary")
    suspect = factories.suspect(case, name="Invented Offender")
    page = browser_client(case_manager).post("/cases/csv/", WHY)
    head, line = csv.reader(page.content.decode().splitlines())
    assert head == [
        *("reference", "status", "programme", "support", "place", "place_name", "office"),
        *("opened_on", "closed_on", "watermark"),
    ]
    assert line[:2] == [case.reference, "lead"]
    assert line[4:9] == ["IN-WB-KOL", case.jurisdiction.name, "kolkata", "2026-03-04", ""]
    assert line[9].startswith(f"{case_manager.username} 20")
    people = (survivor.victim_id, suspect.pk, suspect.code)
    for said in ("Invented Canary", "Invented Offender", case.pk, *people):
        assert str(said) not in page.content.decode()


def test_what_is_sealed_or_opened_by_an_emergency_is_in_no_such_file(
    cases, office, case_manager, browser_client
):
    """X1: that needs a second person, whom exports ask."""
    sealed = factories.case(office, level=SEALED)
    factories.assignment(sealed, case_manager, named=True)
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    knowing.break_glass(elsewhere, user=case_manager)
    client = browser_client(case_manager)
    ours = {case.reference for case in cases}
    assert listed(client) == ours | {sealed.reference, elsewhere.reference}
    _head, *lines = csv.reader(client.post("/cases/csv/", WHY).content.decode().splitlines())
    assert {line[0] for line in lines} == ours


def test_who_may_take_no_references_away_in_an_export_may_not_here(office, browser_client):
    client = browser_client(factories.user("data_officer", office))
    assert client.post("/cases/csv/", WHY).status_code == 403
    shown = client.get("/cases/").content.decode()
    assert "/cases/csv/" not in shown
    assert "/exchange/htcds/give/" in shown


def test_no_file_without_a_reason_and_a_second_factor(cases, case_manager, browser_client):
    client = browser_client(case_manager)
    assert "What is the file for?" in client.get("/cases/csv/").content.decode()
    for told in ({}, {"reason": "because"}):
        assert client.post("/cases/csv/", told).status_code == 400
    session = client.session
    session[STEPS] = [{"method": "mfa", "at": 0.0}]
    session.save()
    assert client.get("/cases/csv/").status_code == 302
    assert client.post("/cases/csv/", WHY).status_code == 403
    assert not AuditEvent.objects.filter(action="case.exported").exists()


def test_a_file_of_another_question_than_asked_is_not_made(cases, case_manager, browser_client):
    client = browser_client(case_manager)
    assert client.post("/cases/csv/?status=x", WHY).status_code == 409
    assert not AuditEvent.objects.filter(action="case.exported").exists()


def test_only_some_roles_take_a_file_away(cases, field_officer, browser_client):
    client = browser_client(field_officer)
    assert client.post("/cases/csv/", WHY).status_code == 403
    assert "/cases/csv/" not in client.get("/cases/").content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", " =x", "＝x"])
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert [harmless(value) for value in (-1, "a-b", "")] == [-1, "a-b", ""]


def test_a_place_named_like_a_formula_is_text(cases, case_manager, browser_client):
    place = factories.place("IN-MH-MUM")
    place.name = "=HYPERLINK(1)"
    place.save()
    assert b"'=HYPERLINK(1)" in browser_client(case_manager).post("/cases/csv/", WHY).content


# Several at once


def test_all_or_nothing(cases, case_manager, office, api):
    officer = factories.user("legal_officer", office)
    factories.conflict(cases[2], officer)
    body = {"cases": [str(case.pk) for case in cases], "user": officer.username}
    refused = api(case_manager).post("cases/assign-many/", body)
    assert refused.status_code == 409
    assert cases[2].reference in refused.json()["detail"]
    assert not Assignment.objects.filter(user=officer).exists()
    made = api(case_manager).post("cases/assign-many/", body | {"cases": body["cases"][:2]})
    assert (made.status_code, len(made.json()["assignments"])) == (201, 2)


def test_a_hundred_at_most(case_manager, office, api):
    many = [factories.case(office) for _one in range(101)]
    body = {"cases": [str(case.pk) for case in many], "user": case_manager.username}
    assert api(case_manager).post("cases/assign-many/", body).status_code == 400
    assert Case.objects.without_anybody().count() == 101


# Nothing is stranded


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("take", ["account", "role"])
@pytest.mark.by_turns(2)
def test_who_leaves_strands_nothing(case_manager, office, browser_client, api, said, take):
    leaver = factories.user("field_officer", office)
    alone = factories.assignment(factories.case(office), leaver).case
    shared = factories.assignment(factories.case(office), leaver).case
    factories.assignment(shared, case_manager)
    factories.task(shared, assignee=leaver)
    factories.transfer(factories.case(office), to_person=leaver)
    admin = factories.user("system_admin")
    path = f"/people/{leaver.pk}/disable/"
    words = said(browser_client(admin).get(path))
    assert "2 open cases 1 with nobody else 1 open task 1 case offered" in words
    assert alone.reference not in words
    held = api(admin).get(f"users/{leaver.pk}/held/").json()["offices"]
    assert held == [{"office": "kolkata", "cases": 2, "alone": 1, "tasks": 1, "offers": 1}]
    if take == "account":
        disable_person(leaver, reason="Has left", actor=admin)
    else:
        end_role(leaver.memberships.get(), reason="Has left", actor=admin)
    client = browser_client(case_manager)
    today = said(client.get("/"))
    assert "Put somebody on a case that nobody works on" in today
    assert alone.reference in listed(client, "?team=nobody")
    assert shared.reference not in listed(client, "?team=nobody")
    assert "Nobody on it" in said(client.get("/cases/"))
    assert "Ask who is to take a case over, or withdraw the offer" in today
    assert "Give a task of someone who left to somebody else" in today
