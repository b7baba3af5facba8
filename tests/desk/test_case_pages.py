"""A case is an overview and pages of its own: what stands where, what is offered, what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Perm
from aftercare.models import Referral
from casework.case_pages import PAGE_OF, SECTIONS, address
from desk.parts.opening import SECTIONS as PARTS
from tests import factories
from tests.case_pages import pages_of, whole
from tests.factories import justice
from victims.models import Victim

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 25


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def manager(case, office, browser_client):
    person = factories.user("case_manager", office)
    factories.assignment(case, person)
    return browser_client(person)


def full(case):
    """Rows of every section of the pages."""
    rescue = factories.rescue(case)
    for _n in range(3):
        person = factories.involvement(case, rescue=rescue, outcome="rescued")
        Referral.objects.create(case=case, involvement=person, need="medical")
    factories.charge(case)
    factories.hearing(case, listed_on=case.jurisdiction.today + timedelta(days=3))
    factories.site(case)
    factories.task(case)
    return case


def test_each_section_stands_on_the_page_that_links_lead_to(case, manager):
    full(case)
    html = {page: manager.get(page).content.decode() for page in pages_of(case.pk)}
    for section in set(PAGE_OF) - {"online"}:  # abuse online only where there is some
        standing = [page for page, text in html.items() if f'id="{section}"' in text]
        assert standing == [address(case.pk, section).partition("#")[0]], section


def test_the_overview_says_where_it_stands_and_who_is_in_danger(case, manager, said):
    full(case)
    person = factories.involvement(case)
    Victim.objects.filter(pk=person.victim_id).update(safety_flag=True)
    words = said(manager.get(f"/cases/{case.pk}/"))
    assert f"In danger: {person.code}" in words
    for title in ("Next hearing:", "Where it stands in court 2", "What is due", "Survivors 4"):
        assert title in words
    assert f'href="/survivors/{person.pk}/"' in manager.get(f"/cases/{case.pk}/").content.decode()


def test_a_survivor_is_listed_once_on_a_page(case, manager):
    full(case)
    person = case.involvement_set.first()
    for page in ("people", "care", "court"):
        html = manager.get(f"/cases/{case.pk}/{page}/").content.decode()
        shown = re.sub(r"<(span) class=\"vh\">.*?</\1>", "", html, flags=re.DOTALL)
        assert len(re.findall(rf">{person.code}<", shown)) == 1, page


def test_the_length_of_the_overview_does_not_follow_that_of_the_case(case, manager):
    full(case)
    few = len(manager.get(f"/cases/{case.pk}/").content)
    for _n in range(60):
        factories.involvement(case)
    page = manager.get(f"/cases/{case.pk}/").content
    assert b"55 more" in page
    assert len(page) < few + 8_000


def test_the_overview_asks_little(case, manager):
    full(case)
    manager.get(f"/cases/{case.pk}/")
    with CaptureQueriesContext(connection) as seen:
        assert manager.get(f"/cases/{case.pk}/").status_code == 200
    asked = [one["sql"] for one in seen if not re.search("SAVEPOINT|set_config", one["sql"][:400])]
    assert len(asked) <= MOST_STATEMENTS, asked


def test_a_page_of_which_nothing_is_open_is_not_offered_and_says_so(
    case, manager, said, monkeypatch
):
    page = f"/cases/{case.pk}/care/"
    assert f'href="{page}"' in manager.get(f"/cases/{case.pk}/").content.decode()
    monkeypatch.setitem(PARTS, "care", Perm.BACKUP_VIEW)  # which a case manager has not
    assert f'href="{page}"' not in manager.get(f"/cases/{case.pk}/").content.decode()
    answer = manager.get(page)
    assert answer.status_code == 200
    assert "Nothing on this page is open to you" in said(answer)


def test_whoever_only_sees_that_it_exists_is_told_so_on_each_page(case, office, browser_client):
    other = browser_client(factories.user("field_officer", office))
    for page in pages_of(case.pk)[:-1]:
        html = other.get(page).content.decode()
        assert "You can see that this case exists." in html, page
        assert "Pages of this case" not in html


def test_what_puts_a_row_right_stands_behind_its_menu(case, manager):
    full(case)
    charge = factories.charge(case)
    justice.stage_reached(case)
    html = whole(manager, case.pk)
    assert f"/charges/{charge.pk}/strike/" in html
    plain = re.sub(r"<details class=\"menu.*?</details>", "", html, flags=re.DOTALL)
    assert "/strike/" not in plain


def test_every_section_has_one_page():
    assert len(PAGE_OF) == sum(len(sections) for sections in SECTIONS.values())
