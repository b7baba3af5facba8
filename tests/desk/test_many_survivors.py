"""A case of sixty survivors: its pages keep a bounded height, and ask as little as before."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import Referral
from desk.parts.folding import FEW, MOST, Line, folded
from tests import factories
from tests.factories import care, justice
from victims.models import Victim

pytestmark = pytest.mark.django_db
MANY = 60
MOST_STATEMENTS = 25
PAGES = ("people", "care", "court")


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def page(case, browser_client):
    worker = factories.user("case_manager", case.office)
    return browser_client(factories.assignment(case, worker).user)


@pytest.fixture
def people(case):
    rescue = factories.rescue(case)
    found = [
        factories.involvement(case, rescue=rescue, code=f"S-{n}", outcome="rescued")
        for n in range(1, MANY + 1)
    ]
    for one in found:
        care.placement(involvement=one, kind="home")
        justice.participation(involvement=one)
    return found


def endangered(person):
    Victim.objects.filter(pk=person.victim_id).update(safety_flag=True)


def text(page, case, name):
    answer = page.get(f"/cases/{case.pk}/{name}/")
    assert answer.status_code == 200
    return answer.content.decode()


def in_full(html):
    """The page without what is folded away."""
    return re.sub(r'<details class="fold part">.*?</details>', "", html, flags=re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_sixty_are_folded_by_group_and_each_leads_to_their_page(name, page, case, people):
    html = text(page, case, name)
    for person in people:
        assert html.count(f'href="/survivors/{person.pk}/"') == 1, person.code
    shown = in_full(html)
    assert not [one for one in people if f'href="/survivors/{one.pk}/"' in shown]
    assert f'<span class="count num">{MANY}</span>' in html


@pytest.mark.parametrize("name", ["people", "care"])
def test_whoever_is_in_danger_stands_first_and_in_full(name, page, case, people):
    endangered(people[40])
    shown = in_full(text(page, case, name))
    assert f'href="/survivors/{people[40].pk}/"' in shown
    assert f'href="/survivors/{people[41].pk}/"' not in shown


def test_whoever_has_something_due_stands_in_full_as_many_as_there_is_room_for(page, case, people):
    for person in people[20:40]:
        Referral.objects.create(case=case, involvement=person, need="medical")
    html = text(page, case, "care")
    shown = in_full(html)
    standing = [one.code for one in people if f'href="/survivors/{one.pk}/"' in shown]
    assert standing == [one.code for one in people[20 : 20 + MOST]]
    assert "Draft ×1" in html  # of those for whom there was no room


def test_whoever_is_accused_stands_in_full(page, case, people):
    justice.accusation(involvement=people[30])
    for name in ("people", "court"):
        shown = in_full(text(page, case, name))
        assert f'href="/survivors/{people[30].pk}/"' in shown, name
        assert f'href="/survivors/{people[31].pk}/"' not in shown, name


def test_a_few_are_not_folded(page, case):
    for n in range(FEW):
        factories.involvement(case, code=f"S-{n + 1}")
    for name in PAGES:
        assert 'class="fold part"' not in text(page, case, name), name


def test_groups_of_the_same_words_stay_apart():
    """Two codes may have one word in some language."""
    lines = [Line(group, "Freed", f"S-{n}", "", "", ()) for n, group in enumerate("aba")]
    assert [(each.label, len(each.lines)) for each in folded(lines).groups] == [
        ("Freed", 2),
        ("Freed", 1),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_no_more_than_for_one(name, page, case, people):
    text(page, case, name)
    with CaptureQueriesContext(connection) as seen:
        text(page, case, name)
    asked = [one["sql"] for one in seen if not re.search("SAVEPOINT|set_config", one["sql"][:400])]
    assert len(asked) <= MOST_STATEMENTS, [sql[:150] for sql in asked]
