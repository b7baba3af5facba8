"""Lists of what is to be done: undone again on Today, narrowed by programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Task
from tests import factories
from tests.desk.causes import CAUSES, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


def test_what_was_just_done_can_be_undone_for_a_moment(
    case, field_officer, browser_client, case_manager, said
):
    task = factories.task(case, what="Invented call")
    client = browser_client(field_officer)
    answer = client.post(f"/tasks/{task.pk}/finish/?today", {"version": 1})
    assert answer["Location"] == f"/?done={task.pk}"
    shown = client.get(answer["Location"])
    assert "Done: Invented call" in said(shown)
    undo = f"/tasks/{task.pk}/reopen/?today"
    assert undo in shown.content.decode()
    assert undo not in browser_client(case_manager).get(answer["Location"]).content.decode()
    assert client.post(undo, {"version": 2})["Location"] == "/"
    assert Task.objects.get().status == "open"
    long_ago = timezone.now() - timedelta(minutes=2)
    change(task, status="done", ended_by=field_officer, ended_at=long_ago)
    for key in (task.pk, "x", "\0"):
        assert "Done:" not in said(client.get("/", {"done": key}))


def test_programs_narrow_the_list_to_a_rule_and_to_what_rests(case, api, case_manager):
    hearing, request = CAUSES["hearing-result"](case), CAUSES["request-unanswered"](case)
    own = factories.task(case)
    until = timezone.localdate() + timedelta(days=7)
    factories.snooze(case, rule="request-unanswered", row_id=request.pk, until=until)
    client = api(case_manager)

    def found(query):
        answer = client.get(f"tasks/?case={case.pk}&{query}").json()["results"]
        return [(one["rule"], one["row"] or one["id"], one["until"]) for one in answer]

    assert found("rule=hearing-result") == [("hearing-result", str(hearing.pk), None)]
    assert found("rule=own") == [("", str(own.pk), None)]
    assert found("rule=request-unanswered") == []
    asleep = [("request-unanswered", str(request.pk), until.isoformat())]
    assert found("resting=true") == found("resting=true&rule=request-unanswered") == asleep
    assert "request-unanswered" not in {rule for rule, _row, _until in found("resting=false")}
    for query, field in (("rule=nonsense", "rule"), ("resting=x", "resting")):
        refused = client.get(f"tasks/?{query}")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
