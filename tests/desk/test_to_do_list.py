"""Lists of what is to be done, narrowed by programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from desk.to_do.kinds import IN_ALL
from desk.to_do.listed import all_to_do
from desk.to_do.orders import PRESSING
from tests import factories
from tests.desk.causes import CAUSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


def test_the_interface_narrows_the_list_to_a_rule_and_to_what_rests(
    case, browser_client, case_manager
):
    hearing, request = CAUSES["hearing-result"](case), CAUSES["request-unanswered"](case)
    own = factories.task(case)
    until = timezone.localdate() + timedelta(days=7)
    factories.snooze(case, rule="request-unanswered", row_id=request.pk, until=until)
    client = browser_client(case_manager)  # whose day is that of the office, unlike a key's

    def found(query):
        answer = client.get(f"/api/v1/tasks/?case={case.pk}&{query}").json()["results"]
        return [(one["rule"], one["row"] or one["id"], one["until"]) for one in answer]

    assert found("rule=hearing-result") == [("hearing-result", str(hearing.pk), None)]
    assert found("rule=own") == [("", str(own.pk), None)]
    assert found("rule=request-unanswered") == []
    asleep = [("request-unanswered", str(request.pk), until.isoformat())]
    assert found("resting=true") == found("resting=true&rule=request-unanswered") == asleep
    assert "request-unanswered" not in {rule for rule, _row, _until in found("resting=false")}
    for query, field in (("rule=nonsense", "rule"), ("resting=x", "resting")):
        refused = client.get(f"/api/v1/tasks/?{query}")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])


def test_who_works_through_the_list_goes_on_where_it_was_left(case, browser_client, case_manager):
    """What is put off, done or taken back leads to the same rows in the same order, and so does
    *Cancel*; the last of a later page to the first one."""
    client, until = browser_client(case_manager), timezone.localdate() + timedelta(days=7)
    CAUSES["request-unanswered"](case)
    factories.task(case, assignee=case_manager, due_on=until)
    here = "/to-do/?rule=request-unanswered&sort=day"
    listed = client.get(here)
    (line,) = listed.context["tasks"]
    asked = client.get(line["snooze_url"])
    assert asked.context["back_url"] == here
    assert f'href="{escape(here)}"' in asked.content.decode()
    sent = {"task": line["key"], "until": until, "reason": "The office is shut"}
    answer = client.post(line["snooze_url"], sent)
    assert (answer.status_code, answer["Location"]) == (302, here)
    undo = client.session["undo"]
    assert client.post(undo["url"], undo["sent"])["Location"] == here

    (line,) = client.get("/to-do/?rule=own").context["tasks"]
    (last,) = all_to_do(case_manager).of_rule("own").first_of_each(2, IN_ALL)
    cursor = PRESSING.cursor(last, backwards=False)
    assert client.get(f"/to-do/?rule=own&cursor={cursor}")["Location"] == "/to-do/?rule=own"
    answer = client.post(line["finish_url"], {"version": line["version"]})
    assert answer["Location"] == "/to-do/?rule=own"
    outside = "/to-do/?next=https%3A%2F%2Fexample.org"  # an address within, whatever it says
    asked = client.get(f"/cases/{case.pk}/tasks/new/?to-do=next%3Dhttps%3A//example.org")
    assert asked.context["back_url"] == outside
