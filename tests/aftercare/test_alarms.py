"""A call that finds somebody in danger asks for help at once, also after the case is closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desk.rules import BY_CODE
from desk.to_do.tasks import to_do
from tests import factories
from tests.factories import care
from victims.models import Victim

pytestmark = pytest.mark.django_db
CALLED = date(2026, 9, 1)


@pytest.fixture
def plan(case, person):
    return care.closed_plan(case, involvement=person, follow_up_by=None)


def asked(user):
    return to_do(user, rules=[BY_CODE["follow-up-alarm"]]).first_of_each(9)


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        ({"safe": "no"}, 1),
        ({"safe": "unknown", "revictimised": "yes"}, 1),
        ({"safe": "yes", "revictimised": "yes"}, 1),
        ({"safe": "yes", "revictimised": "no"}, 0),
        ({"safe": "unknown"}, 0),
    ],
)
def test_it_asks_whom_the_call_found_in_danger(plan, manager, answers, asks):
    care.follow_up(plan=plan, done_on=CALLED, **answers)
    assert len(asked(manager)) == asks


def test_it_leads_to_a_plan_and_asks_once(case, person, plan, manager):
    care.follow_up(plan=plan, done_on=CALLED, safe="no")
    second = care.follow_up(plan=plan, months=6, done_on=date(2026, 10, 1), revictimised="yes")
    case.status, case.closed_on = "closed", timezone.localdate()
    case.save()
    (task,) = asked(manager)
    assert (task.pk, task.about) == (second.pk, person.code)
    rule = BY_CODE["follow-up-alarm"]
    assert rule.address(case.pk, task.target) == f"/survivors/{person.pk}/plans/new/"


@pytest.mark.parametrize(
    ("later", "asks"),
    [
        ({"safe": "yes"}, 0),
        ({"safe": "unknown"}, 1),
        ({"safe": "unknown", "contact_lost": True}, 1),
    ],
)
def test_a_later_call_that_finds_the_person_safe_ends_it(plan, manager, later, asks):
    care.follow_up(plan=plan, done_on=CALLED, safe="no")
    care.follow_up(plan=plan, months=6, done_on=date(2026, 10, 1), **later)
    assert len(asked(manager)) == asks


@pytest.mark.parametrize(("opened", "asks"), [(CALLED, 0), (CALLED - timedelta(days=1), 1)])
@pytest.mark.parametrize("record", ["the same", "merged"])
def test_a_plan_opened_since_ends_it_in_whatever_case(
    case, person, plan, manager, record, opened, asks
):
    care.follow_up(plan=plan, done_on=CALLED, safe="no")
    there = factories.involvement(
        factories.case(case.office), person.victim if record == "the same" else None
    )
    care.closed_plan(involvement=there, opened_on=opened, closed_on=date(2026, 10, 1))
    if record == "merged":
        assert len(asked(manager)) == 1
        Victim.objects.filter(pk=there.victim_id).update(merged_into=person.victim_id)
    assert len(asked(manager)) == asks
