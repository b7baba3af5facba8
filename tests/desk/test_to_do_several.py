"""Several things to do: chosen in their list, shown beforehand, done together, taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Snooze, Task
from core.days.typed import say_day
from core.models import AuditEvent
from desk.to_do.tasks import key_of
from tests import factories
from tests.desk.causes import CAUSES

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WHY = "Nobody asks for it any more"
RULE = "request-unanswered"


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def cases(office, case_manager):
    made = [factories.case(office) for _one in range(3)]
    for case in made:
        factories.assignment(case, case_manager)
    return made


@pytest.fixture
def tasks(cases, case_manager):
    """Of people, the later the case the earlier due."""
    days = (3, 2, 1)
    return [
        factories.task(case, assignee=case_manager, due_on=TODAY() + timedelta(days=day))
        for case, day in zip(cases, days, strict=True)
    ]


@pytest.fixture
def asked(cases):
    """What a rule asks and may be put off."""
    return CAUSES[RULE](cases[0])


def key(row):
    return f"{RULE}:{row.pk}"


def address(name, keys, **more):
    asked = [*(f"row={one}" for one in keys), *(f"{k}={v}" for k, v in more.items())]
    return f"/to-do/{name}/?{'&'.join(asked)}"


def going(answer):
    return [row["value"] for row in answer.context["going"]]


def confirm(page, url, **facts):
    seen = page.post(url, facts)
    sent = {"going": going(seen), "confirm": "1", "key": str(seen.context["key"])}
    return page.post(url, sent | facts)


def undone(page):
    html = page.get("/to-do/").content.decode()
    found = re.search(r'action="([^"]+/back/)"', html)
    assert found, "nothing is offered"
    return page.post(found[1], {"rows": re.search(r'name="rows" value="([^"]+)"', html)[1]})


def statuses():
    return sorted(Task.objects.values_list("status", flat=True))


def test_what_was_seen_is_done_recorded_and_taken_back(page, tasks, said, recorded):
    url = address("finish", [task.pk for task in tasks])
    before = AuditEvent.objects.exclude(kind="read").count()
    seen = page.post(url, {})
    assert "Do this with all 3" in said(seen)
    assert (statuses(), AuditEvent.objects.exclude(kind="read").count()) == (["open"] * 3, before)
    assert confirm(page, url)["Location"] == "/to-do/"
    assert statuses() == ["done"] * 3
    assert len(recorded("task.finish")) == 3
    assert "Done: 3." in said(page.get("/to-do/"))


def test_done_and_not_needed_are_taken_back(page, tasks):
    for name, facts in (("finish", {}), ("cancel", {"reason": WHY})):
        confirm(page, address(name, [task.pk for task in tasks]), **facts)
        assert statuses() != ["open"] * 3
        assert undone(page)["Location"] == "/to-do/"
        assert statuses() == ["open"] * 3, name


def test_each_is_given_to_somebody_and_keeps_its_day(page, tasks, cases, office, case_manager):
    colleague = factories.user("legal_officer", office)
    for case in cases[:2]:
        factories.assignment(case, colleague)
    url = address("give", [task.pk for task in tasks])
    seen = page.post(url, {"assignee": colleague.pk})
    (out,) = seen.context["left"]
    assert "Only people who read this case can be given" in out["why"]
    confirm(page, url, assignee=colleague.pk)
    given = Task.objects.filter(assignee=colleague)
    assert {task.pk: task.due_on for task in given} == {t.pk: t.due_on for t in tasks[:2]}
    day = TODAY() + timedelta(days=9)
    confirm(page, url, assignee=colleague.pk, due_on=str(day))
    assert set(given.values_list("due_on", flat=True)) == {day}


def test_what_was_given_goes_back_to_whose_it_was(page, tasks, cases, office):
    colleague = factories.user("legal_officer", office)
    for case in cases:
        factories.assignment(case, colleague)
    before = set(Task.objects.values_list("pk", "assignee", "due_on"))
    day = str(TODAY() + timedelta(days=9))
    url = address("give", [task.pk for task in tasks])
    confirm(page, url, assignee=colleague.pk, due_on=day)
    assert undone(page)["Location"] == "/to-do/"
    assert set(Task.objects.values_list("pk", "assignee", "due_on")) == before
    confirm(page, url, due_on=day)
    sent = re.search(r'name="rows" value="([^"]+)"', page.get("/to-do/").content.decode())[1]
    Task.objects.filter(pk=tasks[0].pk).update(version=99)
    for rows in (sent, sent.replace("-", "x"), "x:y", f"{tasks[1].pk}:1"):
        assert page.post("/to-do/give/back/", {"rows": rows}).status_code == 409
    assert set(Task.objects.values_list("assignee", flat=True)) == {None}


def test_what_a_rule_asks_is_put_off_and_asked_again(page, tasks, asked, said):
    url = address("put-off", [key(asked), tasks[0].pk])
    facts = {"until": str(TODAY() + timedelta(days=7)), "reason": WHY}
    seen = page.post(url, facts)
    assert going(seen) == [f"{key(asked)}.1"]
    assert seen.context["said"][0] == ("Until", say_day(TODAY() + timedelta(days=7)))
    (out,) = seen.context["left"]
    assert "Somebody added this task." in out["why"]
    confirm(page, url, **facts)
    assert Snooze.objects.in_force(TODAY()).get().row_id == asked.pk
    undone(page)
    assert not Snooze.objects.in_force(TODAY()).exists()


def test_what_follows_from_the_record_is_not_ticked_off(page, asked):
    seen = page.post(address("finish", [key(asked)]), {})
    assert going(seen) == []
    assert "disappears when the record is complete" in seen.context["left"][0]["why"]


def test_one_that_is_not_open_or_changed_is_not_done(page, tasks, said, browser_client):
    stranger = browser_client(factories.user("case_manager", factories.office("manila", "PH-MNL")))
    url = address("finish", [task.pk for task in tasks])
    for nothing in (url, "/to-do/finish/", "/to-do/finish/?row=x", "/to-do/finish/?row=x:y"):
        assert stranger.get(nothing).status_code == 409
    assert "1 of those you chose is not there" in said(page.get(f"{url}&row={RULE}:{tasks[0].pk}"))
    seen = page.post(url, {})
    tasks[1].keep("due_on")
    again = page.post(url, {"going": going(seen), "confirm": "1"})
    assert again.status_code == 409
    assert "Some of these have changed since you looked." in said(again)
    assert statuses() == ["open"] * 3


def test_all_of_the_list_is_chosen_as_it_is_narrowed(page, tasks, asked):
    answer = page.get("/to-do/finish/?all=1&rule=own&sort=day")
    assert [row.pk for row in answer.context["chosen"].rows] == [t.pk for t in reversed(tasks)]
    assert page.get("/to-do/finish/?all=1&rule=gone").status_code == 409


def test_the_list_offers_it_without_script_to_whom_it_is_given(page, tasks, asked, browser_client):
    html = page.get("/to-do/?sort=day").content.decode()
    assert html.count('name="row"') == html.count('form="several"') >= 4
    assert f'value="{key(asked)}"' in html
    assert 'formaction="/to-do/put-off/"' in html
    assert '<input type="hidden" name="sort" value="day">' in html
    auditor = browser_client(factories.user("auditor"))
    assert b'name="row"' not in auditor.get("/to-do/").content
    assert auditor.get("/to-do/finish/").status_code == 403


# In which order


def shown(answer):
    return [task["key"] for task in answer.context["tasks"]]


@pytest.mark.parametrize("sort", ["pressing", "day", "case", "kind"])
@pytest.mark.by_turns(4)
def test_pages_in_any_order_hold_everything_once(page, tasks, asked, sort, monkeypatch):
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 2)
    for way in (sort, f"-{sort}"):
        keys, url = [], f"/to-do/?sort={way}"
        while url:
            answer = page.get(url)
            keys += shown(answer)
            url = answer.context["list"].next_url
        assert {key(asked), *(str(task.pk) for task in tasks)} <= set(keys)
        assert len(keys) == len(set(keys))
    monkeypatch.undo()
    days = [task["due_on"] for task in page.get("/to-do/?sort=-day").context["tasks"]]
    assert days == sorted(days, reverse=True)
    references = [task["reference"] for task in page.get("/to-do/?sort=case").context["tasks"]]
    assert references == sorted(references)


def test_the_page_and_programs_have_one_order(page, tasks, asked, case_manager):
    for sort in ("pressing", "day", "-case", "kind"):
        listed = page.get(f"/api/v1/tasks/?sort={sort}&limit=200").json()["results"]
        rows = page.get(f"/to-do/?sort={sort}").context["list"].rows
        assert [row["id"] for row in listed] == [key_of(row) for row in rows], sort


def test_how_much_there_is_is_said(page, tasks, said, monkeypatch):
    number = len(shown(page.get("/to-do/")))
    assert f"{number} things to do" in said(page.get("/to-do/"))
    assert "3 things to do" in said(page.get("/to-do/?rule=own&sort=day"))
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 2)
    assert "3 things to do" in said(page.get("/to-do/?rule=own&sort=day"))
    monkeypatch.setattr("core.lists.pages.MOST_COUNTED", 2)
    assert "more than 2 things to do" in said(page.get("/to-do/?rule=own&sort=day"))


def test_a_view_of_it_is_kept_with_its_columns(page, tasks):
    page.post("/views/tasks/new/?rule=own&sort=day", {"name": "Own", "columns": ["due"]})
    (view,) = page.get("/to-do/").context["list"].look.views
    answer = page.get(view.url)
    assert shown(answer) == [str(task.pk) for task in reversed(tasks)]
    html = answer.content.decode()
    assert 'class="todo__due"' in html or "due in" in html
    assert "for <bdi>you</bdi>" not in html
    assert "for <bdi>you</bdi>" in page.get("/to-do/").content.decode()
