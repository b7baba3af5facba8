"""Today, the full list and the case page say what is to be done, to whom it is open, in few
queries; and what is asked is a function of the record alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Notice
from casework.models import Snooze, Task
from core import jobs
from core.context import acting_as
from core.models import AuditEvent, Job
from desk.rules import RULES
from desk.to_do import lines as to_do_module
from desk.to_do.lines import MOST_OF_A_CLASS
from desk.to_do.tasks import to_do
from desk.today.morning import at_once
from tests import factories
from tests.desk.answers import ANSWERS
from tests.desk.causes import CAUSES
from tests.factories import justice
from tests.whole import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def manager(browser_client, case_manager):
    return browser_client(case_manager)


def accused(case):
    return justice.accusation(case, accused_on=timezone.localdate())


# Asked of the case itself: once, whatever it holds.
OF_A_CASE = {"transfer-unanswered", "case-without-anybody"}


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def fill(case):
    for code, make in CAUSES.items():
        make(factories.case(case.office) if code in OF_A_CASE else case)
    factories.task(case)
    hearing = CAUSES["hearing-result"](case)
    factories.snooze(case, row_id=hearing.pk)


# Today


def test_it_shows_what_is_asked_with_the_button_that_does_it(case, manager, said):
    hearing = CAUSES["hearing-result"](case)
    page = manager.get("/")
    assert "1 Everything else" in said(page)
    assert f"Record what came of a hearing Evidence {case.reference}" in said(page)
    assert f'href="/hearings/{hearing.pk}/record/"' in page.content.decode()
    read = AuditEvent.objects.get(action="today.read")
    assert case.pk in read.subjects
    hearing.result = "held"
    hearing.save()
    assert "Record what came of a hearing" not in said(manager.get("/"))


def test_a_field_officer_is_asked_of_own_teams_only(
    case, field_officer, browser_client, said, office
):
    row = CAUSES["request-unanswered"](case)
    other = CAUSES["request-unanswered"](factories.case(office))
    page = browser_client(field_officer).get("/")
    assert str(row.pk) in page.content.decode()
    assert str(other.pk) not in page.content.decode()
    assert "1 Everything else" in said(page)
    factories.hearing(case)  # the deed of others
    assert "Record what came" not in said(browser_client(field_officer).get("/"))


def test_another_office_sees_and_counts_nothing(case, browser_client, said):
    fill(case)
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    client = browser_client(stranger)
    for path in ("/", "/to-do/"):
        words = said(client.get(path))
        assert "Nothing needs you now" in words
        assert case.reference not in words
        assert "Put off" not in words
    assert "Everything else" not in said(client.get("/"))


def test_more_than_fit_are_counted_and_one_link_away(case, manager, said):
    for _one in range(MOST_OF_A_CLASS + 3):
        accused(case)
        accused(factories.case(factories.office("manila", "PH-MNL")))
    words = said(manager.get("/"))
    assert f"{MOST_OF_A_CLASS + 3} Everything else" in words
    assert f"Everything else: all, {MOST_OF_A_CLASS + 3}" in words
    every = manager.get("/to-do/?harm=rest")
    assert every.content.decode().count("See survivors") == MOST_OF_A_CLASS + 3
    assert [chip["remove_url"] for chip in every.context["list"].chips] == ["/to-do/"]


def test_beyond_the_bound_the_page_says_so_and_up_to_it_it_counts(case, manager, said, monkeypatch):
    monkeypatch.setattr(to_do_module, "MOST_COUNTED", MOST_OF_A_CLASS + 2)
    for _one in range(MOST_OF_A_CLASS + 2):
        accused(case)
    assert f"{MOST_OF_A_CLASS + 2} Everything else" in said(manager.get("/"))
    accused(case)
    assert f"more than {MOST_OF_A_CLASS + 2} Everything else" in said(manager.get("/"))


@pytest.mark.parametrize("query", ["?rule=nothing", "?rule=%00", "?cursor=forged", "?rule=own"])
@pytest.mark.by_turns(4)
def test_the_list_obeys_no_rule_that_was_not_offered(case, manager, query):
    fill(case)
    assert manager.get(f"/to-do/{query}").status_code in {200, 302}


def test_an_own_task_is_done_from_today_and_leads_back(case, field_officer, browser_client, said):
    task = factories.task(case, due_on=timezone.localdate())
    client = browser_client(field_officer)
    assert "Invented thing to do" in said(client.get("/"))
    answer = client.post(f"/tasks/{task.pk}/finish/?today", {"version": 1})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Invented thing to do" not in said(client.get("/"))
    assert "Done 1" in said(client.get(f"/cases/{case.pk}/to-do/"))
    client.post(f"/tasks/{task.pk}/reopen/", {"version": 2})
    assert Task.objects.get().status == "open"


def test_what_is_put_off_is_folded_with_its_day(case, manager, said):
    hearing = CAUSES["hearing-result"](case)
    page = f"/cases/{case.pk}/snooze/?task=hearing-result:{hearing.pk}&today"
    assert "Record what came of a hearing, Evidence" in said(manager.get(page))
    until = timezone.localdate() + timedelta(days=9)
    sent = {"task": f"hearing-result:{hearing.pk}", "until": until, "reason": "Court holidays"}
    answer = manager.post(page, sent)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    words = said(manager.get("/"))
    assert "Everything else" not in words
    assert f"put off until {until:%-d %b %Y}" in words
    manager.post(f"/snoozes/{Snooze.objects.get().pk}/wake/")
    assert "1 Everything else" in said(manager.get("/"))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"until": "2999-01-01"}, "more than three years ahead"),
        ({"until": ""}, "required"),
        ({"reason": "no"}, "at least 5"),
        ({"task": "hearing-result:nothing"}, "Select a valid choice"),
        ({"task": "custody-limit"}, "Select a valid choice"),
    ],
)
@pytest.mark.by_turns(5)
def test_a_wrong_form_says_why(case, manager, said, sent, words):
    hearing = factories.hearing(case)
    good = {
        "task": f"hearing-result:{hearing.pk}",
        "until": timezone.localdate() + timedelta(days=2),
        "reason": "Court holidays",
    }
    answer = manager.post(f"/cases/{case.pk}/snooze/", good | sent)
    assert answer.status_code == 400
    assert words in said(answer)
    assert not Snooze.objects.exists()


def test_a_task_is_added_and_given_on_its_pages(case, manager, field_officer, said):
    due = case.office.today + timedelta(days=7)
    sent = {"what": "Ask the clerk", "due_on": due, "assignee": field_officer.pk}
    answer = manager.post(f"/cases/{case.pk}/tasks/new/", sent)
    assert answer["Location"] == f"/cases/{case.pk}/to-do/#to-do"
    task = Task.objects.get()
    assert (task.what, task.assignee) == ("Ask the clerk", field_officer)
    page = said(manager.get(f"/cases/{case.pk}/to-do/"))
    assert f"Ask the clerk due in 7 days for {field_officer.name}" in page
    assert "Ask the clerk" in said(manager.get(f"/tasks/{task.pk}/cancel/"))
    manager.post(f"/tasks/{task.pk}/cancel/", {"reason": "The clerk wrote", "version": 1})
    assert "The clerk wrote" in said(manager.get(f"/cases/{case.pk}/to-do/"))


def test_who_reads_and_does_not_work_sees_no_button(case, browser_client, office, said):
    factories.task(case)
    factories.hearing(case)
    page = browser_client(factories.user("data_officer", office)).get(f"/cases/{case.pk}/to-do/")
    assert "Invented thing to do" in said(page)
    assert "Record what came of a hearing" in said(page)
    for address in ("/finish/", "/snooze/", "/tasks/new/", "/record/"):
        assert address not in page.content.decode()


@pytest.mark.nightly
def test_the_number_of_queries_does_not_grow(case, manager, field_officer, browser_client):
    worker = browser_client(field_officer)
    fill(case)
    clients = ((manager, "/"), (worker, "/"), (manager, "/to-do/"))
    clients += ((manager, f"/cases/{case.pk}/to-do/"), (worker, f"/cases/{case.pk}/to-do/"))
    for client, path in clients:  # Today names the cases opened lately
        client.get(path)
    first = [queries(client, path) for client, path in clients]
    for _again in range(3):
        fill(case)
        fill(factories.case(case.office))
    assert [queries(client, path) for client, path in clients] == first
    assert first[0] <= 34  # two of them ask whether workers and mail are at work


# The interface


def test_programs_list_both_kinds(case, case_manager, api):
    hearing, task = factories.hearing(case), factories.task(case)
    client = api(case_manager)
    found = client.get(f"tasks/?case={case.pk}").json()["results"]
    derived = {one["rule"]: one for one in found if one["rule"]}["hearing-result"]
    assert derived["id"] == f"hearing-result:{hearing.pk}"
    assert (derived["row"], derived["urgency"]) == (str(hearing.pk), "at_once")
    assert derived["version"] is None
    own = next(one for one in found if not one["rule"])
    assert (own["id"], own["what"], own["version"]) == (str(task.pk), "Invented thing to do", 1)
    by_day = client.get(f"tasks/?case={case.pk}&sort=day").json()["results"]
    days = [one["due_on"] for one in by_day]
    assert days == sorted(days)
    assert client.get(f"tasks/?case={case.pk}&due_to=2020-01-01").json()["results"] == []


@pytest.mark.nightly
def test_programs_page_through_all_of_them_once(case, case_manager, api):
    fill(case)
    fill(case)
    client, path, seen = api(case_manager), "tasks/?limit=9", []
    while path:
        page = client.get(path).json()
        seen += [one["id"] for one in page["results"]]
        path = page["next"] and page["next"].partition("/api/v1/")[2]
    whole = [one["id"] for one in client.get("tasks/?limit=200").json()["results"]]
    assert seen == whole
    assert len(set(seen)) == len(seen) > 20


def test_programs_put_off_once_per_key_and_wake(case, case_manager, api):
    hearing, client = factories.hearing(case), api(case_manager)
    until = str(timezone.localdate() + timedelta(days=3))
    body = {"task": f"hearing-result:{hearing.pk}", "until": until, "reason": "Court holidays"}
    first = client.post("snoozes/", body, Idempotency_Key="a")
    assert first.status_code == 201
    again = client.post("snoozes/", body, Idempotency_Key="a")
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert client.post("snoozes/", body).status_code == 409
    tasks = client.get("tasks/").json()["results"]
    assert "hearing-result" not in {one["rule"] for one in tasks}
    assert client.post(f"snoozes/{first.json()['id']}/wake/").status_code == 200


@pytest.mark.parametrize(
    "task", ["", 7, None, [], "hearing-result", "hearing-result:x", "no:rule", "\0:\0", "x" * 9999]
)
def test_what_is_no_task_of_the_record_is_not_put_off(case, case_manager, api, task):
    body = {"task": task, "until": str(timezone.localdate()), "reason": "Court holidays"}
    answer = api(case_manager).post("snoozes/", body)
    assert answer.status_code == 400
    assert "task" in answer.json()["errors"]


def test_a_row_of_another_office_and_an_unknown_one_are_put_off_alike(case_manager, api):
    foreign = factories.hearing(factories.case(factories.office("manila", "PH-MNL")))
    body = {"until": str(timezone.localdate()), "reason": "Court holidays"}
    client = api(case_manager)
    answers = [
        client.post("snoozes/", body | {"task": f"hearing-result:{pk}"}).json()["errors"]
        for pk in (foreign.pk, "00000000-0000-4000-8000-000000000000")
    ]
    assert answers[0] == answers[1] == {"task": ["Not found, or not open to you."]}


# The morning


def tell_all():
    for kind in ("morning", "morning-of"):
        for row in Job.objects.filter(kind=kind, state="queued"):
            jobs.run(row.pk)


def morning():
    jobs.request("morning")
    tell_all()


def test_each_morning_who_is_needed_is_told_once(case, case_manager, field_officer, office):
    CAUSES["hearing-result"](case)  # the deed of the case manager
    outsider = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    morning()
    morning()
    assert [notice.user for notice in Notice.objects.filter(kind="morning")] == [case_manager]
    told = Job.objects.filter(kind="morning-of")
    assert {job.requested_by: job.result["things"] for job in told} == {
        case_manager: 1,
        field_officer: 0,
        outsider: 0,
    }


def test_the_next_morning_tells_again_in_place_of_the_last(case, case_manager, browser_client):
    CAUSES["hearing-result"](case)
    morning()
    yesterday = timezone.now() - timedelta(days=1)
    Notice.objects.update(created_at=yesterday)
    Job.objects.all().delete()
    morning()
    assert Notice.objects.count() == 2
    (unseen,) = Notice.objects.unseen()
    assert unseen.created_at > yesterday
    assert unseen.mailed_at is None
    page = browser_client(case_manager).get("/notices/").content.decode()
    assert "Something needs you today." in page
    assert case.reference not in page


def test_the_morning_counts_what_today_shows(case, case_manager, field_officer):
    fill(case)
    for person in (case_manager, field_officer):
        with acting_as(person.pk):
            counted = at_once(person)
        assert counted > 0


# What is asked is a function of the record


STEPS = sorted(set(CAUSES) - {"emergency-unreviewed", "opening-asked"})


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=8))
@pytest.mark.nightly
def test_what_is_asked_follows_from_the_record_alone(case_manager, office, steps):
    """Whatever was recorded in whatever order: each cause is asked once until it is answered."""
    case, open_rows = factories.case(office), {}
    for code, answered in steps:
        row = CAUSES[code](case)
        if answered:
            ANSWERS[code](row)
    for _asked_twice in range(2):
        found = to_do(case_manager, rules=RULES).filter(case=case.pk).first_of_each(100)
        keys = [(task.rule, task.pk) for task in found]
        # By its day and row a list goes on: two rules may ask of one row, on different days.
        assert len({(task.due_on, task.pk) for task in found}) == len(keys)
        open_rows.setdefault("first", keys)
        assert open_rows["first"] == keys
    for rule in RULES:
        alone = to_do(case_manager, rules=[rule]).filter(case=case.pk).first_of_each(100)
        assert [(task.rule, task.pk) for task in alone] == [
            key for key in keys if key[0] == rule.code
        ]
    with acting_as(case_manager.pk):
        walled = to_do(case_manager, rules=RULES).filter(case=case.pk).first_of_each(100)
    assert [(task.rule, task.pk) for task in walled] == keys


def test_of_a_busy_night_the_latest_rescues_are_shown(case, manager, office):
    now = timezone.now()
    day = timezone.localdate()
    rows = [
        factories.rescue(
            factories.case(office), occurred_at=now - timedelta(minutes=n), occurred_on=day
        )
        for n in (4, 0, 6, 2, 5, 1, 3)
    ]
    shown = [row["case"] for row in manager.get("/").context["tonight"]]
    assert shown == [row.case_id for row in sorted(rows, key=lambda row: row.occurred_at)[:1:-1]]
