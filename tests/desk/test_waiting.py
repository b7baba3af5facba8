"""Whom no rule asks is told on Today what waits for them, as far as they see it."""

from __future__ import annotations

import pytest

from accounts.models import AccountChange
from tests import factories
from tests.factories import duplicates, justice

pytestmark = pytest.mark.django_db
SURVIVORS, OFFENDERS = "may be of one survivor", "may be of one offender"
CHANGE, NOTHING = "Decide on a change to an account", "Nothing needs you now"


@pytest.fixture
def today(browser_client, said):
    return lambda user: said(browser_client(user).get("/"))


def test_a_data_officer_is_told_of_pairs_to_look_at(today, office, case):
    officer = factories.user("data_officer", office)
    duplicates.match(case)
    pair = justice.offender_match(case)
    justice.offender_match(factories.case(factories.office("manila", "PH-MNL")))
    words = today(officer)
    assert SURVIVORS in words
    assert f"{OFFENDERS} 1" in words
    assert NOTHING not in words
    type(pair.one).objects.filter(pk=pair.one_id).update(merged_into=pair.other)
    assert OFFENDERS not in today(officer)


@pytest.mark.parametrize("role", ["programme_manager", "data_officer"])
def test_whose_work_is_figures_begins_with_them_where_nothing_waits(role, office, browser_client):
    answer = browser_client(factories.user(role, office)).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/dashboards/")


@pytest.mark.parametrize("role", ["case_manager", "field_officer", "auditor", "system_admin"])
def test_others_begin_with_today(role, office, browser_client):
    assert browser_client(factories.user(role, office)).get("/").status_code == 200


def test_who_keeps_tasks_is_asked_by_rules_alone(today, case_manager, case):
    duplicates.match(case)
    assert SURVIVORS not in today(case_manager)


def test_a_second_person_is_told_of_changes_but_not_of_their_own(today, office):
    one, other = (factories.user("system_admin", office) for _time in range(2))
    asked = {"user": factories.user("auditor", office), "kind": "second_factor"}
    AccountChange.objects.create(asked_by=one, reason="Invented: a lost phone", **asked)
    assert CHANGE in today(other)
    assert CHANGE not in today(one)
