"""Survivors, suspects, hearings, referrals of all cases: who sees which, in order and columns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import SavedView
from aftercare.models import Referral
from core.days import clock
from core.models import AuditEvent
from prosecutions.models import Hearing, Suspect
from tests import factories
from tests.factories import courts
from victims.models import Involvement

pytestmark = pytest.mark.django_db

LISTS = {
    "survivors": (factories.involvement, Involvement, "added"),
    "suspects": (factories.suspect, Suspect, "added"),
    "hearings": (courts.hearing, Hearing, "day"),
    "referrals": (factories.referral, Referral, "added"),
}
PAGE_AT_MOST = 25  # statements


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def cases(office):
    return [factories.case(office) for _one in range(3)]


def path(name):
    return f"/cases/{name}/"


def ids(answer):
    return [line.id for line in answer.context["lines"].rows]


def cell(answer, row, column):
    (line,) = (line for line in answer.context["lines"].rows if line.id == row.pk)
    return next(cell for one, cell in line.cells if one.name == column)


@pytest.mark.parametrize("name", LISTS)
def test_it_goes_both_ways_and_says_how_many(page, cases, said, name):
    made = [LISTS[name][0](case) for case in cases]
    first = page.get(path(name))
    (order,) = first.context["lines"].page.orders
    assert order.column.name == LISTS[name][2]
    turned = page.get(order.url)
    assert ids(turned) == ids(first)[::-1]
    assert {row.pk for row in made} == {*ids(first)}
    assert f"3 {name}" in said(first)
    assert all(case.reference in said(first) for case in cases)
    assert b"<td data-label=" in first.content
    assert b"&lt;" not in first.content, "what stands in a row was shown with its marks"


@pytest.mark.parametrize("name", LISTS)
def test_only_rows_of_the_page_are_joined_to_what_stands_beside_them(page, cases, name):
    LISTS[name][0](cases[0])
    with CaptureQueriesContext(connection) as asked:
        page.get(path(name))
    table = LISTS[name][1]._meta.db_table
    found = [
        one["sql"] for one in asked if f'FROM "{table}"' in one["sql"] and "JOIN" in one["sql"]
    ]
    assert f'"{table}"."id" = ANY(ARRAY(SELECT' in found[0]


@pytest.mark.parametrize("name", LISTS)
def test_nobody_sees_what_is_not_open_to_them(page, cases, office, browser_client, name):
    make = LISTS[name][0]
    mine, abroad = make(cases[0]), make(factories.case(factories.office("manila", "PH-MNL")))
    assert abroad.pk not in ids(page.get(path(name)))
    elsewhere = browser_client(factories.user("case_manager", abroad.case.office))
    assert ids(elsewhere.get(path(name))) == [abroad.pk]
    stranger = browser_client(factories.user("field_officer", office)).get(path(name))
    assert stranger.status_code == 403 or ids(stranger) == []
    assert ids(page.get(path(name))) == [mine.pk]
    admin = browser_client(factories.user("system_admin"))
    assert admin.get(path(name)).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_looking_is_recorded_with_the_cases(page, cases, name):
    row = LISTS[name][0](cases[0])
    page.get(path(name))
    event = AuditEvent.objects.get(action=f"{name[:-1]}.list")
    assert event.detail["ids"] == [str(row.pk)]
    assert cases[0].pk in event.subjects


def test_who_saw_a_person_is_found_by_these_lists(page, cases):
    person = factories.involvement(cases[0])
    Referral.objects.create(case=cases[0], involvement=person, need="medical")
    suspect = factories.suspect(cases[0])
    for name, key in (
        ("survivors", person.victim_id),
        ("referrals", person.victim_id),
        ("suspects", suspect.perpetrator_id),
    ):
        page.get(path(name))
        assert key in AuditEvent.objects.get(action=f"{name[:-1]}.list").subjects


@pytest.mark.parametrize("name", LISTS)
def test_columns_and_views_are_ones_own(page, cases, name, office):
    LISTS[name][0](cases[0])
    known = [column.name for column in page.get(path(name)).context["lines"].page.columns]
    page.post(f"/views/{name}/columns/", {"columns": known[2:3]})
    shown = page.get(path(name))
    assert [column.name for column in shown.context["lines"].page.columns] == [known[0], known[2]]
    assert len(shown.context["lines"].rows[0].cells) == 2
    kept = {"name": "Invented", "columns": known[1:2], "office": office.code, "key": "k"}
    sent = page.post(f"/views/{name}/new/?team=me", kept)
    assert sent["Location"] == f"{path(name)}?team=me&view={SavedView.objects.get(usual=False).pk}"
    assert page.get(sent["Location"]).context["lines"].page.look.views[0].shared


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.by_turns(2)
def test_ones_own_cases_and_what_is_not_understood(page, cases, case_manager, said, name):
    rows = [LISTS[name][0](case) for case in cases]
    factories.assignment(cases[1], case_manager)
    assert ids(page.get(f"{path(name)}?team=me")) == [rows[1].pk]
    for odd in ("?team=them", "?sort=level", "?cursor=x", "?status=gone", "?listed_from=soon"):
        assert page.get(path(name) + odd).status_code in {200, 302}
    assert "This list has no such order" in said(page.get(f"{path(name)}?sort=level"))


@pytest.mark.parametrize("name", LISTS)
def test_a_page_costs_as_much_for_three_rows_as_for_one(
    page, cases, office, name, django_assert_max_num_queries
):
    make, costs = LISTS[name][0], []
    page.get(path(name))
    for case in cases:
        make(case)
        factories.assignment(case, factories.user("legal_officer", office))
        with django_assert_max_num_queries(PAGE_AT_MOST) as counted:
            page.get(path(name))
        costs.append(len(counted))
    assert costs[0] == costs[2]


def test_a_survivor_is_told_with_the_case(page, cases, office, case_manager):
    case = cases[0]
    person = factories.involvement(case)
    factories.assignment(case, factories.user("legal_officer", office, name="Invented First"))
    factories.assignment(case, case_manager)
    hearing = courts.hearing(case, listed_on=clock.today() + timedelta(days=9))
    answer = page.get(path("survivors"))
    assert cell(answer, person, "survivor").url == f"/survivors/{person.pk}/"
    team = cell(answer, person, "team")
    assert (team.words, team.more) == ("Invented First", 1)
    assert cell(answer, person, "next").day == hearing.listed_on
    assert cell(answer, person, "active").day


def test_a_hearing_says_where_it_stands(page, cases):
    late = courts.hearing(cases[0], listed_on=clock.today() - timedelta(days=3))
    held = courts.hearing(
        cases[1],
        listed_on=clock.today() - timedelta(days=9),
        result="held",
        no_next_date="reserved",
    )
    answer = page.get(path("hearings"))
    assert ids(answer) == [late.pk, held.pk]
    assert cell(answer, late, "result").tone == "danger"
    assert cell(answer, held, "result").words == "Held"
    assert ids(page.get(f"{path('hearings')}?result=held")) == [held.pk]
    before = (clock.today() - timedelta(days=5)).isoformat()
    assert ids(page.get(f"{path('hearings')}?listed_from={before}")) == [late.pk]


def test_a_referral_that_waits_says_until_when(page, cases):
    draft, sent = (factories.referral(case) for case in cases[:2])
    asked = timezone.now() - timedelta(hours=5)
    Referral.objects.filter(pk=sent.pk).update(
        status="sent", provider=factories.provider(), sent_at=asked, urgency="now"
    )
    answer = page.get(path("referrals"))
    assert cell(answer, draft, "answer").day is None
    assert cell(answer, sent, "answer").beside == "overdue"
    assert ids(page.get(f"{path('referrals')}?status=draft")) == [draft.pk]


def test_no_name_stands_in_a_list(page, cases):
    factories.identity(cases[0], "Invented Secretname")
    factories.suspect(cases[0], "Invented Suspectname")
    for name in LISTS:
        html = page.get(path(name)).content.decode()
        assert "Secretname" not in html
        assert "Suspectname" not in html


def test_the_list_of_cases_leads_to_them(page):
    html = page.get("/cases/").content.decode()
    assert all(f'href="{path(name)}"' in html for name in LISTS)


def test_what_no_case_is_any_more_is_not_offered(browser_client, office):
    page = browser_client(factories.user("case_manager", office)).get("/cases/").content.decode()
    assert 'value="investigation"' in page
    assert "rescue_planned" not in page
