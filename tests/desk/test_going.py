"""Where one can go from everywhere: to each person what they may open, and nothing else."""

from __future__ import annotations

import re

import pytest

from accounts.roles import Role
from core.models import AuditEvent
from desk.going import BEGIN, PAGES
from tests import factories
from tests.meta.addresses import of_kind

pytestmark = pytest.mark.django_db

GO = "/go/"


def asked_by_pages():
    """What the page of each way asks for, by the name of its address."""
    found = {one.name: one.cls for one in of_kind("page")}
    return {way.name: found[way.name]().needed() for way in (*BEGIN, *PAGES)}


def test_a_way_is_offered_to_whoever_holds_what_its_page_asks_for():
    assert {way.name: [way.needs] for way in (*BEGIN, *PAGES)} == asked_by_pages()


@pytest.mark.parametrize("role", Role)
@pytest.mark.by_turns(4)
def test_every_way_that_is_offered_opens(role, office, browser_client):
    page = browser_client(factories.user(role, office))
    answer = page.get(GO)
    offered = [*answer.context["begin"], *answer.context["pages"]]
    assert "desk:today" in [way.name for way in offered]
    for way in offered:
        assert page.get(way.url).status_code in (200, 302), way.name
    html = answer.content.decode()
    assert ("/search/" in html) == ("desk:cases" in [way.name for way in offered])


def test_cases_at_hand_are_opened_from_there_and_the_look_is_recorded(
    office, field_officer, browser_client, said
):
    case = factories.assignment(factories.case(office), field_officer).case
    page = browser_client(field_officer)
    page.get(f"/cases/{case.pk}/")
    answer = page.get(GO)
    assert f'href="/cases/{case.pk}/"' in answer.content.decode()
    assert case.reference in said(answer)
    event = AuditEvent.objects.filter(action="ways.read").latest("pk")
    assert case.pk in event.subjects


def test_the_part_for_the_palette_is_no_whole_page(field_officer, browser_client):
    page = browser_client(field_officer)
    part = page.get(GO, HTTP_X_FRAGMENT="1").content.decode()
    assert "<html" not in part
    assert "data-go" in part
    assert "csrfmiddlewaretoken" in part


def test_the_search_answers_the_palette_with_its_rights_and_its_line(
    office, case_manager, browser_client
):
    case = factories.case(office)
    page = browser_client(case_manager)
    part = page.post("/search/", {"q": case.reference}, HTTP_X_FRAGMENT="1")
    html = part.content.decode()
    assert "<html" not in html
    assert re.search(rf'data-found.*href="/cases/{case.pk}/"', html, re.DOTALL)
    assert AuditEvent.objects.filter(action="search.asked").count() == 1
    refused = page.post("/search/", {"q": "x"}, HTTP_X_FRAGMENT="1")
    assert refused.status_code == 400
    assert "at least two" in refused.content.decode()
    assert "<html" not in refused.content.decode()


def test_nothing_is_asked_by_an_address(case_manager, browser_client):
    page = browser_client(case_manager)
    html = page.get(GO).content.decode()
    assert 'method="get"' not in html
    assert 'method="post" action="/search/"' in html
