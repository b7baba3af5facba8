"""One deed for several things to do: for all of them or none, each recorded, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Snooze, Task
from core.models import AuditEvent
from tests import factories
from tests.desk.causes import rescued, unseen

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PAGE = "/to-do/together/?rule="
WHY = "Nobody asks for it any more"


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def manager(browser_client, case_manager):
    return browser_client(case_manager)


@pytest.fixture
def tasks(case, office, case_manager):
    of = {"due_on": TODAY() - timedelta(days=90), "assignee": case_manager}
    return [factories.task(one, **of) for one in (case, factories.case(office), case)]


@pytest.fixture
def complaints(office):
    return [rescued(factories.case(office), timedelta(days=60 + n)) for n in range(3)]


def keys(rows, rule=""):
    return [f"{rule}:{row.pk}" if rule else str(row.pk) for row in rows]


def until(days=7):
    return str(TODAY() + timedelta(days=days))


def statuses():
    return sorted(Task.objects.values_list("status", flat=True))


# The page


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"deed": "finish"}, "done"), ({"deed": "cancel", "reason": WHY}, "cancelled")],
)
def test_tasks_of_people_are_settled_and_taken_back(manager, tasks, said, sent, status):
    page = manager.get(f"{PAGE}own")
    assert page.content.decode().count(" checked") == 3
    for box, when in (("reason", "deed=cancel"), ("due_on", "deed=assign")):
        assert page.context["form"][box].field.applies == when, "it is there where it is needed"
    answer = manager.post(f"{PAGE}own", sent | {"tasks": keys(tasks)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert statuses() == [status] * 3
    deed = {"done": "task.finish", "cancelled": "task.cancel"}[status]
    assert AuditEvent.objects.filter(action=deed).count() == 3
    page = manager.get("/")
    assert ": 3." in said(page)
    assert 'action="/to-do/take-back/"' in page.content.decode()
    back = {"deed": "reopen", "tasks": " ".join(keys(tasks))}
    assert manager.post("/to-do/take-back/", back).status_code == 302
    assert statuses() == ["open"] * 3


def test_tasks_of_people_are_given(manager, tasks, field_officer, case_manager):
    sent = {"deed": "assign", "assignee": case_manager.pk, "due_on": until()}
    assert manager.post(f"{PAGE}own", sent | {"tasks": keys(tasks)}).status_code == 302
    assert {(t.assignee, str(t.due_on)) for t in Task.objects.all()} == {(case_manager, until())}
    assert AuditEvent.objects.filter(action="task.assigned").count() == 3


def test_one_that_cannot_is_named_and_nothing_changes(
    manager, case_manager, tasks, field_officer, said
):
    sent = {"deed": "assign", "assignee": field_officer.pk, "due_on": until()}
    answer = manager.post(f"{PAGE}own", sent | {"tasks": keys(tasks)})  # not on the second case
    assert answer.status_code == 409
    assert "Only people who read this case can be given a task in it." in said(answer)
    assert not Task.objects.exclude(assignee=case_manager).exists()


def test_what_a_rule_asks_is_put_off_and_woken(manager, complaints, said):
    rule = "rescue-without-complaint"
    sent = {"deed": "snooze", "until": until(), "reason": WHY, "tasks": keys(complaints[:2], rule)}
    assert manager.post(PAGE + rule, sent).status_code == 302
    assert Snooze.objects.in_force(TODAY()).count() == 2
    words = said(manager.get("/"))
    assert "File the complaint after a rescue 1" in words
    assert "Put off: 2." in words
    back = {"deed": "wake", "tasks": " ".join(sent["tasks"])}
    assert manager.post("/to-do/take-back/", back).status_code == 302
    assert not Snooze.objects.in_force(TODAY()).exists()


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("own", {"deed": "cancel"}, "Your choice needs this."),
        ("own", {"deed": "assign"}, "Your choice needs this."),
        ("own", {"deed": "finish", "tasks": []}, "Nothing is ticked."),
        ("own", {"deed": ""}, "required"),
        ("own", {"deed": "snooze"}, "Select a valid choice"),
        ("rescue-without-complaint", {"deed": "snooze", "until": until(60)}, "next 30 days"),
        ("rescue-without-complaint", {"deed": "snooze", "reason": ""}, "required"),
        ("rescue-without-complaint", {"deed": "finish"}, "Select a valid choice"),
    ],
)
@pytest.mark.by_turns(4)
def test_a_wrong_form_says_why(manager, tasks, complaints, said, kind, sent, words):
    chosen = keys(tasks) if kind == "own" else keys(complaints, kind)
    good = {"tasks": chosen, "until": until(), "reason": "" if kind == "own" else WHY}
    answer = manager.post(PAGE + kind, good | sent)
    assert answer.status_code in {400, 409}
    assert words in said(answer)
    assert statuses() == ["open"] * 3
    assert not Snooze.objects.exists()


def test_what_may_not_wait_has_no_form(manager, office, said):
    row = unseen(factories.case(office))
    type(row).objects.filter(pk=row.pk).update(
        since=TODAY() - timedelta(days=50), court_by=timezone.now() - timedelta(days=49)
    )
    page = manager.get(f"{PAGE}custody-court")
    assert "These cannot be put off" in said(page)
    assert "Put the ticked ones off" not in said(page)


@pytest.mark.parametrize("kind", ["", "nothing", "emergency-unreviewed", "%00"])
def test_a_kind_nobody_is_asked_leads_to_the_list(manager, kind):
    assert manager.get(PAGE + kind)["Location"] == "/to-do/"
    assert manager.post(PAGE + kind, {"deed": "finish"}).status_code == 409


def test_an_empty_fold_says_so(manager, said):
    assert "Nothing is overdue for that long" in said(manager.get(f"{PAGE}own"))


# The interface


def ask(api, user, **body):
    return api(user).post("tasks/together/", body)


def test_programs_do_the_same_once_per_key(api, case_manager, tasks, complaints):
    done = ask(api, case_manager, deed="finish", tasks=keys(tasks))
    assert (done.status_code, done.json()["tasks"]) == (200, keys(tasks))
    assert ask(api, case_manager, deed="reopen", tasks=keys(tasks)).status_code == 200
    assert statuses() == ["open"] * 3
    rows = keys(complaints, "rescue-without-complaint")
    body = {"deed": "snooze", "tasks": rows, "until": until(), "reason": WHY}
    client = api(case_manager)
    first = client.post("tasks/together/", body, Idempotency_Key="a")
    again = client.post("tasks/together/", body, Idempotency_Key="a")
    assert (first.status_code, again.json()) == (200, first.json())
    assert ask(api, case_manager, deed="wake", tasks=rows).status_code == 200
    assert not Snooze.objects.in_force(TODAY()).exists()


def test_one_that_is_not_of_the_kind_is_named(api, case_manager, tasks, complaints):
    mixed = keys(tasks) + keys(complaints, "rescue-without-complaint")
    answer = ask(api, case_manager, deed="finish", tasks=mixed)
    assert answer.status_code == 400
    assert complaints[0].case.reference in answer.content.decode()
    assert statuses() == ["open"] * 3


@pytest.mark.parametrize("tasks", [None, [], "x", ["x"], ["no:rule"], [7], ["\0"], ["x"] * 101])
def test_what_is_no_list_of_tasks_is_refused(api, case_manager, tasks):
    answer = ask(api, case_manager, deed="finish", tasks=tasks)
    assert answer.status_code == 400
    assert any(name.startswith("tasks") for name in answer.json()["errors"])


def test_one_of_another_office_is_as_one_that_is_nowhere(api, case_manager, tasks):
    foreign = factories.task(factories.case(factories.office("manila", "PH-MNL")))
    nowhere = "00000000-0000-4000-8000-000000000000"
    said = [
        ask(api, case_manager, deed="finish", tasks=[*keys(tasks), key]).json()["errors"]
        for key in (str(foreign.pk), nowhere)
    ]
    assert said[0] == said[1]
    assert set(statuses()) == {"open"}


def test_who_keeps_no_tasks_does_nothing(api, office, tasks):
    reader = factories.user("data_officer", office)
    assert ask(api, reader, deed="finish", tasks=keys(tasks)).status_code == 403
