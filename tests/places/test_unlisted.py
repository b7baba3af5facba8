"""A form that lacks a place or an agency says where it is added, or whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    Browser = Callable[[Any], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
ASK = "Not in the list? Ask a case manager to add it."
ASK_ADMIN = "Not in the list? Ask a system administrator to add it."
LINK = 'href="/agencies/new/" target="_blank"'


def test_who_may_adds_it_and_who_may_not_is_told_whom_to_ask(browser_client: Browser) -> None:
    case = factories.case()
    manager = factories.user("case_manager", case.office)
    officer = factories.user("legal_officer", case.office)
    factories.assignment(case=case, user=officer)
    page = f"/cases/{case.pk}/prosecutions/new/"
    offered = browser_client(manager).get(page).content.decode()
    assert LINK in offered
    assert ASK_ADMIN in offered
    told = browser_client(officer).get(page).content.decode()
    assert LINK not in told
    assert ASK in told


def test_so_does_the_rescue_form_without_any_agency(browser_client: Browser) -> None:
    case = factories.case()
    officer = factories.user("field_officer", case.office)
    assert ASK in browser_client(officer).get("/field/rescues/new/").content.decode()
    manager = factories.user("case_manager", case.office)
    assert LINK in browser_client(manager).get("/field/rescues/new/").content.decode()


@pytest.mark.parametrize(
    ("role", "path", "said"),
    [
        ("system_admin", "/offices/new/", 'href="/places/new/" target="_blank"'),
        ("system_admin", "/agencies/new/", 'href="/places/new/" target="_blank"'),
        ("case_manager", "/agencies/new/", ASK_ADMIN),
        ("case_manager", "/providers/new/", ASK_ADMIN),
        ("case_manager", "/cases/new/", ASK_ADMIN),
        ("data_officer", "/retention-policies/new/", ASK_ADMIN),
        ("programme_manager", "/programmes/new/", ASK_ADMIN),
    ],
)
def test_so_does_every_page_that_asks_for_a_place(
    browser_client: Browser, role: str, path: str, said: str
) -> None:
    assert said in browser_client(factories.user(role)).get(path).content.decode()


def test_a_provider_is_added_from_a_placement(browser_client: Browser) -> None:
    part = factories.involvement()
    manager = factories.user("case_manager", part.case.office)
    form = browser_client(manager).get(f"/survivors/{part.pk}/placements/new/").content.decode()
    assert 'href="/providers/new/" target="_blank"' in form
