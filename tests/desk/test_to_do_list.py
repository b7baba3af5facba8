"""Lists of what is to be done, narrowed by programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

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
