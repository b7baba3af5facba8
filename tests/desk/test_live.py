"""An open page asks what is new: it is told what it may know, and nothing lives longer by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.notices import tell
from aftercare.services.placements import place
from casework.models import Case
from casework.services.notes import write_note
from core.context import acting_as
from core.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 3
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def case(office):
    return factories.case(office)


def on_team(case, role="case_manager", **fields):
    return factories.assignment(case, factories.user(role, case.office), **fields).user


@pytest.fixture
def reader(case):
    return on_team(case)


@pytest.fixture
def page(reader, browser_client):
    return browser_client(reader)


def ask(page, *, ago=30, **about):
    return page.get("/live/", {"ago": ago} | about, headers=SCRIPT)


def said(page, **asked):
    answer = ask(page, **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["said"]


def sleeps(person, by):
    """Somebody else records where a survivor sleeps."""
    with acting_as(by.pk):
        return place(person, kind="home", since=person.case.jurisdiction.today, actor=by)


def test_what_somebody_else_changed_is_told_with_who_and_when(case, page):
    other = on_team(case)
    assert said(page, case=case.pk) == ""
    sleeps(factories.involvement(case), other)
    assert re.fullmatch(rf"{other.name} changed this at \d\d:\d\d\.", said(page, case=case.pk))


def test_what_the_reader_did_or_was_shown_already_is_not(case, reader, page):
    person = factories.involvement(case)
    sleeps(person, reader)
    assert said(page, case=case.pk) == ""
    person = factories.involvement(case)
    audit_of(person, on_team(case), at=timezone.now() - timedelta(seconds=60))
    assert said(page, ago=50, case=case.pk) == ""
    assert said(page, ago=70, case=case.pk)


def test_the_page_of_a_survivor_is_told_of_that_one_alone(case, page):
    one, two = factories.involvement(case), factories.involvement(case)
    sleeps(one, on_team(case))
    assert said(page, case=case.pk, person=one.pk)
    assert said(page, case=case.pk, person=two.pk) == ""


def test_of_another_case_and_of_a_sealed_one_nothing_is_told(case, page):
    other = factories.case(factories.office("manila", "PH-MNL"))
    sleeps(factories.involvement(other), on_team(other))
    assert said(page, case=other.pk) == ""
    sleeps(factories.involvement(case), on_team(case))
    Case.objects.filter(pk=case.pk).update(level=4)
    assert said(page, case=case.pk) == ""


def test_of_a_row_that_is_not_open_nothing_is_told(case, browser_client):
    """To whom the people are disclosed: what is done for them is not, and nobody is named."""
    outside = factories.user("prosecutor")
    factories.disclosure(case, outside, parts=["people"])
    page, other = browser_client(outside), on_team(case)
    sleeps(factories.involvement(case), other)
    with acting_as(other.pk):
        write_note(
            case, kind="visit", happened_on=case.opened_on, text="Invented words", actor=other
        )
    assert said(page, case=case.pk) == ""


def test_who_may_not_know_the_team_is_told_of_somebody(case, browser_client):
    outside = factories.user("prosecutor")
    factories.disclosure(case, outside, parts=["people", "suspect", "court"])
    hearing, other = factories.hearing(case), on_team(case, "legal_officer")
    audit_of(hearing, other)
    found = said(browser_client(outside), case=case.pk)
    assert re.fullmatch(r"Somebody changed this at \d\d:\d\d\.", found)


def audit_of(row, actor, **fields):
    AuditEvent.objects.create(
        kind="intention",
        action="hearing.recorded",
        actor_id=actor.pk,
        target_type=row._meta.label,
        target_id=str(row.pk),
        case_id=row.case_id,
        subjects=[row.pk, row.case_id],
        **fields,
    )


def test_the_bell_counts_what_is_new(reader, page):
    assert ask(page).json()["unseen"] == 0
    tell([reader], "task-given", target=reader)
    assert ask(page).json()["unseen"] == 1
    tell([factories.user("case_manager", None)], "task-given", target=reader)
    assert ask(page).json()["unseen"] == 1


def test_it_writes_nothing_and_prolongs_no_session(case, page):
    page.get(f"/cases/{case.pk}/")
    before = list(Session.objects.values()), AuditEvent.objects.count()
    answer = ask(page, case=case.pk)
    assert answer.status_code == 200
    assert not answer.cookies
    assert (list(Session.objects.values()), AuditEvent.objects.count()) == before


def test_it_asks_three_statements_at_most(case, page):
    ask(page, case=case.pk)
    with CaptureQueriesContext(connection) as seen:
        assert ask(page, case=case.pk).status_code == 200
    asked = [one["sql"] for one in seen if not re.search("SAVEPOINT|set_config", one["sql"][:400])]
    assert len(asked) <= MOST_STATEMENTS, [sql[:200] for sql in asked]


def test_a_screen_that_stood_still_is_told_nothing_and_is_locked_by_the_next_look(
    case, page, settings
):
    settings.SCREEN_LOCKS_AFTER = (timedelta(0), timedelta(0))
    before = list(Session.objects.values())
    assert ask(page, case=case.pk).status_code == 401
    assert list(Session.objects.values()) == before
    assert page.get(f"/cases/{case.pk}/").status_code == 302


def test_signed_out_nothing_is_told(client):
    assert ask(client).status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"ago": "long"}, "ago"),
        ({"ago": "-1"}, "ago"),
        ({"ago": "9" * 400}, "ago"),
        ({"ago": "30", "case": "x"}, "case"),
        ({"ago": "30", "person": "%00"}, "person"),
        ({}, "ago"),
    ],
)
def test_what_is_no_question_is_refused_by_name(page, query, field):
    answer = page.get("/live/", query, headers=SCRIPT)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_the_pages_say_what_they_are_about(case, page):
    person = factories.involvement(case)
    assert f'data-case="{case.pk}"' in page.get(f"/cases/{case.pk}/care/").content.decode()
    html = page.get(f"/survivors/{person.pk}/").content.decode()
    assert f'data-person="{person.pk}"' in html
    assert "data-case" not in page.get("/cases/").content.decode()
