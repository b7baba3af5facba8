"""What was just done is taken back by one button of the next page, which posts the other verb."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Assignment, CaseLink, SameSite, Snooze, Task
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def manager(browser_client, case_manager):
    return browser_client(case_manager)


def offered(answer):
    """Address and fields of the button, as a browser would send them; nothing where it is not."""
    page = answer.content.decode()
    found = re.search(r"<div class=\"messages\" data-undo>.*?</form>", page, re.DOTALL)
    if not found:
        return None
    names = re.findall(r'name="(\w+)" value="([^"]*)"', found[0])
    sent = {name: value for name, value in names if name != "csrfmiddlewaretoken"}
    return re.search(r'action="([^"]+)"', found[0])[1], sent


def undo(client, page):
    """Press it; whoever asks again is offered nothing."""
    url, sent = offered(client.get(page))
    assert offered(client.get(page)) is None
    return client.post(url, sent)


def test_a_task_that_was_done_is_open_again(case, manager, said):
    task = factories.task(case)
    assert manager.post(f"/tasks/{task.pk}/finish/?today", {"version": 1})["Location"] == "/"
    assert undo(manager, "/")["Location"] == "/"
    task.refresh_from_db()
    assert (task.status, task.ended_by) == ("open", None)


def test_a_task_that_is_not_needed_is_needed_again(case, manager):
    task = factories.task(case)
    sent = {"version": 1, "reason": "Invented reason"}
    assert manager.post(f"/tasks/{task.pk}/cancel/", sent).status_code == 302
    undo(manager, f"/cases/{case.pk}/")
    assert Task.objects.get().status == "open"


def test_a_task_goes_back_to_whom_it_was_with(case, manager, field_officer, case_manager):
    day = timezone.localdate() + timedelta(days=3)
    task = factories.task(case, assignee=field_officer, due_on=day)
    later = {"version": 1, "assignee": case_manager.pk, "due_on": day + timedelta(days=4)}
    assert manager.post(f"/tasks/{task.pk}/assign/", later).status_code == 302
    assert Task.objects.get().assignee == case_manager
    undo(manager, f"/cases/{case.pk}/")
    task = Task.objects.get()
    assert (task.assignee, task.due_on, task.version) == (field_officer, day, 3)


def test_a_day_that_is_over_is_not_gone_back_to(case, manager, case_manager):
    yesterday = case.office.today - timedelta(days=1)
    task = factories.task(case, due_on=yesterday)
    sent = {"version": 1, "assignee": case_manager.pk, "due_on": case.office.today}
    assert manager.post(f"/tasks/{task.pk}/assign/", sent).status_code == 302
    assert offered(manager.get(f"/cases/{case.pk}/")) is None


def test_what_was_put_off_is_asked_again(case, manager):
    hearing = factories.hearing(case)
    until = timezone.localdate() + timedelta(days=9)
    sent = {"task": f"hearing-result:{hearing.pk}", "until": until, "reason": "Court holidays"}
    assert manager.post(f"/cases/{case.pk}/snooze/", sent).status_code == 302
    undo(manager, f"/cases/{case.pk}/")
    assert Snooze.objects.get().woken_at


def test_who_was_assigned_is_off_the_team_again(case, manager, office):
    somebody = factories.user("field_officer", office)
    sent = {"user": somebody.pk}
    assert manager.post(f"/cases/{case.pk}/assign/", sent).status_code == 302
    undo(manager, f"/cases/{case.pk}/")
    assert Assignment.objects.get(user=somebody).ended_at


def test_the_only_one_of_a_team_is_not_taken_off_by_it(office, manager):
    alone, somebody = factories.case(office), factories.user("field_officer", office)
    assert manager.post(f"/cases/{alone.pk}/assign/", {"user": somebody.pk}).status_code == 302
    assert offered(manager.get(f"/cases/{alone.pk}/")) is None


def test_linked_cases_are_unlinked(case, manager, office):
    other = factories.case(office)
    sent = {"other": other.reference, "kind": "related"}
    assert manager.post(f"/cases/{case.pk}/links/new/", sent).status_code == 302
    assert CaseLink.objects.in_force().count() == 2
    undo(manager, f"/cases/{case.pk}/")
    assert not CaseLink.objects.in_force().exists()


def test_sites_taken_for_one_are_two_again(case, manager):
    site, other = factories.site(case), factories.site(case)
    sent = {"reference": case.reference, "code": other.code}
    assert manager.post(f"/sites/{site.pk}/same/", sent).status_code == 302
    undo(manager, f"/sites/{site.pk}/")
    assert not SameSite.objects.in_force().exists()


def test_it_is_offered_to_who_did_it_for_a_minute(case, manager, browser_client, monkeypatch):
    task = factories.task(case)
    manager.post(f"/tasks/{task.pk}/finish/", {"version": 1})
    colleague = browser_client(factories.user("case_manager", case.office))
    assert offered(colleague.get(f"/cases/{case.pk}/")) is None
    now = time.time()
    monkeypatch.setattr("core.verbs.undo.time.time", lambda: now + 61)
    assert offered(manager.get(f"/cases/{case.pk}/")) is None


def test_the_rule_of_the_other_verb_holds(case, manager):
    """Somebody changed the task meanwhile: the button is refused as any other is."""
    task = factories.task(case)
    manager.post(f"/tasks/{task.pk}/finish/", {"version": 1})
    url, sent = offered(manager.get(f"/cases/{case.pk}/"))
    manager.post(f"/tasks/{task.pk}/reopen/", {"version": 2})
    assert manager.post(url, sent).status_code == 409


def test_what_is_kept_holds_no_content(case, manager):
    task = factories.task(case, what="Invented call to nobody")
    manager.post(f"/tasks/{task.pk}/cancel/", {"version": 1, "reason": "Invented reason"})
    kept = str(dict(manager.session))
    assert str(task.pk) in kept
    assert "Invented" not in kept


def test_a_button_says_what_it_did_as_a_form_does(case, manager, browser_client):
    """Also where nothing takes it back, and whatever was said before and not yet seen."""

    def said(client=manager):
        found = re.search(r"data-done>.*?<p>(.*?)</p>", client.get("/").content.decode(), re.S)
        return found and found[1]

    task = factories.task(case)
    manager.post(f"/tasks/{task.pk}/finish/", {"version": 1})
    assert manager.post(f"/tasks/{task.pk}/reopen/?today", {"version": 2}).status_code == 302
    assert said() == "Opened a task again."
    assert said() is None
    assert manager.post(f"/tasks/{task.pk}/reopen/?today", {"version": 3}).status_code == 409
    assert said() is None, "nothing was done"
    watcher = browser_client(factories.user("safeguarding_lead", case.office))
    watcher.post("/search/", {"q": case.reference})
    assert said(watcher) is None, "looking is nothing that was done"
