"""Tasks: written down, given to somebody who reads the case, done, opened again; put off, woken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice
from accounts.services.leaving import disable_person
from casework.models import Snooze, Task
from casework.services.tasks import (
    add_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    snooze_task,
    wake_task,
)
from core.services import Refused, Stale
from desk.to_do.tasks import find, own_tasks
from tests import factories

pytestmark = pytest.mark.django_db

WHAT, DUE = "Ask the laboratory", date(2026, 12, 1)


@pytest.fixture
def task(case, field_officer):
    return add_task(case, what=WHAT, due_on=DUE, actor=field_officer)


@pytest.fixture
def hearing(case):
    return factories.hearing(case)


def again(user):
    """The same person at the next request."""
    return get_user_model().objects.get(pk=user.pk)


def soon(days=7):
    return timezone.localdate() + timedelta(days=days)


def resting_on(user):
    user = again(user)
    return list(own_tasks(user).resting_on(user))


def test_a_task_is_written_down_for_the_team(case, task, field_officer, aftercare_worker, recorded):
    assert (task.case, task.what, task.due_on, task.status) == (case, WHAT, DUE, "open")
    assert recorded("task.added") == [(field_officer.pk, str(task.pk))]
    assert resting_on(aftercare_worker) == resting_on(field_officer) == [task]
    stored = Task.objects.raw("select id, what::text as stored from casework_task")[0].stored
    assert WHAT not in stored
    assert WHAT.encode().hex() not in stored


def test_whoever_is_given_a_task_is_told_without_a_word_of_it(
    case, task, field_officer, aftercare_worker
):
    given = assign_task(task, version=1, due_on=DUE, assignee=aftercare_worker, actor=field_officer)
    (notice,) = Notice.objects.all()
    assert (notice.user, notice.kind) == (aftercare_worker, "task-given")
    assert resting_on(field_officer) == []
    assert resting_on(aftercare_worker) == [task]
    assign_task(given, version=2, due_on=soon(1), assignee=aftercare_worker, actor=field_officer)
    assert Notice.objects.count() == 1
    with pytest.raises(Stale):
        assign_task(task, version=1, due_on=DUE, actor=field_officer)


def test_nobody_is_told_of_what_they_gave_themselves(case, field_officer):
    add_task(case, what=WHAT, due_on=DUE, assignee=field_officer, actor=field_officer)
    assert not Notice.objects.exists()


def test_only_who_reads_the_case_is_given_a_task(
    case, task, field_officer, colleague, outsider, case_manager
):
    office = case.office
    member = factories.assignment(case, factories.user("field_officer", office)).user
    disabled = factories.assignment(case, factories.user("field_officer", office)).user
    disabled.is_active = False
    disabled.save()
    tied = factories.assignment(case, factories.user("legal_officer", office)).user
    factories.conflict(case, tied)
    for person in (colleague, outsider, disabled, factories.user("data_officer", office)):
        with pytest.raises(Refused, match="Only people who read this case"):
            assign_task(task, version=1, due_on=DUE, assignee=person, actor=field_officer)
    with pytest.raises(Refused, match="conflict of interest"):
        assign_task(task, version=1, due_on=DUE, assignee=tied, actor=field_officer)
    for version, person in enumerate((case_manager, member), start=1):
        assign_task(task, version=version, due_on=DUE, assignee=person, actor=field_officer)


def test_of_a_sealed_case_only_who_it_names(case, field_officer, case_manager):
    case.level = 4
    case.save()
    case.assignment_set.update(named=True)
    actor = again(field_officer)
    case.refresh_from_db()
    with pytest.raises(Refused, match="Only people who read this case"):
        add_task(case, what=WHAT, due_on=DUE, assignee=case_manager, actor=actor)
    factories.assignment(case, case_manager, named=True)
    assert add_task(case, what=WHAT, due_on=DUE, assignee=case_manager, actor=actor)


def test_a_task_is_done_and_opened_again(task, field_officer, aftercare_worker, recorded):
    done = finish_task(task, version=1, actor=aftercare_worker)
    assert (done.status, done.ended_by, done.version) == ("done", aftercare_worker, 2)
    assert resting_on(field_officer) == []
    for verb in (finish_task, lambda row, **how: cancel_task(row, reason="Moot now", **how)):
        with pytest.raises(Refused, match="not possible now"):
            verb(done, actor=field_officer)
    with pytest.raises(Refused, match="no longer open"):
        assign_task(done, version=2, due_on=DUE, actor=field_officer)
    opened = reopen_task(done, version=2, actor=field_officer)
    assert (opened.status, opened.ended_at, opened.ended_by) == ("open", None, None)
    assert [action for action in ("task.finish", "task.reopen") if len(recorded(action)) == 1] == [
        "task.finish",
        "task.reopen",
    ]


def test_a_task_is_not_needed_any_more_for_a_reason(task, field_officer):
    with pytest.raises(Refused, match="Say why"):
        cancel_task(task, reason="  no   ", actor=field_officer)
    gone = cancel_task(task, reason="The laboratory wrote by itself", actor=field_officer)
    assert (gone.status, gone.reason) == ("cancelled", "The laboratory wrote by itself")


def test_words_are_needed_and_an_open_case(case, field_officer):
    with pytest.raises(Refused, match="what has to be done"):
        add_task(case, what="  ", due_on=DUE, actor=field_officer)
    case.status, case.closed_on = "closed", timezone.localdate()
    case.save()
    with pytest.raises(Refused, match="closed"):
        add_task(case, what=WHAT, due_on=DUE, actor=field_officer)
    assert not Task.objects.exists()


@pytest.mark.parametrize("role", ["data_officer", "field_officer"])
def test_who_does_not_work_on_the_case_writes_nothing(case, task, hearing, office, role):
    reader = factories.user(role, office)
    row = find(factories.user("case_manager", office), "hearing-result", hearing.pk)
    for verb, about, how in (
        (add_task, case, {"what": WHAT, "due_on": DUE}),
        (assign_task, task, {"version": 1, "due_on": DUE}),
        (finish_task, task, {}),
        (cancel_task, task, {"reason": "Moot now"}),
        (reopen_task, task, {}),
        (snooze_task, row, {"until": soon(), "reason": "Moot now"}),
        (wake_task, factories.snooze(case), {}),
    ):
        with pytest.raises(PermissionDenied):
            verb(about, actor=reader, **how)


# Who left


def leave(person, office):
    disable_person(person, reason="Leaves", actor=factories.user("system_admin", office))


@pytest.mark.parametrize("how", ["disabled", "taken off the team", "tied to someone in it"])
def test_what_somebody_left_rests_on_the_team(
    case, field_officer, aftercare_worker, office, case_manager, how, fresh
):
    factories.user("system_admin", office)
    task = factories.task(case, assignee=aftercare_worker)
    assert resting_on(field_officer) == []
    assert find(case_manager, "task-left-behind", task.pk) is None
    if how == "disabled":
        leave(aftercare_worker, office)
    elif how == "taken off the team":
        case.assignment_set.filter(user=aftercare_worker).update(ended_at=timezone.now())
    else:
        factories.conflict(case, aftercare_worker)
    assert resting_on(field_officer) == [task]
    assert find(case_manager, "task-left-behind", task.pk).pk == task.pk


def test_a_case_manager_keeps_tasks_of_the_office_until_the_role_ends(case, case_manager, office):
    task = factories.task(case, assignee=case_manager)
    other = factories.user("case_manager", office)
    assert resting_on(case_manager) == [task]
    assert find(other, "task-left-behind", task.pk) is None
    case_manager.memberships.update(ended_at=timezone.now())
    assert resting_on(case_manager) == []
    assert find(again(other), "task-left-behind", task.pk).pk == task.pk


# Put off


def test_what_is_put_off_comes_back_by_its_day(case, hearing, field_officer, case_manager):
    task = find(case_manager, "hearing-result", hearing.pk)
    assert task.until is None
    put_off = snooze_task(task, until=soon(), reason="Court holidays", actor=field_officer)
    assert (put_off.case, put_off.row_id, put_off.reason) == (case, hearing.pk, "Court holidays")
    assert find(case_manager, "hearing-result", hearing.pk).until == soon()
    with pytest.raises(Refused, match="put off already"):
        snooze_task(task, until=soon(), reason="Court holidays", actor=field_officer)
    Snooze.objects.update(until=timezone.localdate())
    assert find(case_manager, "hearing-result", hearing.pk).until is None
    with pytest.raises(Refused, match="This is no longer put off"):
        wake_task(put_off, actor=field_officer)
    snooze_task(task, until=soon(), reason="Again holidays", actor=field_officer)
    assert Snooze.objects.count() == 2


def test_it_is_woken_before_its_day(hearing, field_officer, case_manager, recorded):
    task = find(case_manager, "hearing-result", hearing.pk)
    put_off = snooze_task(task, until=soon(), reason="Court holidays", actor=field_officer)
    woken = wake_task(put_off, actor=field_officer)
    assert woken.woken_at is not None
    assert find(case_manager, "hearing-result", hearing.pk).until is None
    assert len(recorded("task.snoozed")) == len(recorded("task.woken")) == 1


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_no_day_but_within_thirty(hearing, field_officer, case_manager, days):
    task = find(case_manager, "hearing-result", hearing.pk)
    with pytest.raises(Refused, match="within the next 30 days"):
        snooze_task(task, until=soon(days), reason="Court holidays", actor=field_officer)
    assert not Snooze.objects.exists()


def test_the_last_day_of_custody_cannot_be_put_off(case, field_officer, case_manager):
    held = factories.custody(case, charge_by=soon(3))
    task = find(case_manager, "custody-limit", held.pk)
    with pytest.raises(Refused, match="cannot be put off"):
        snooze_task(task, until=soon(), reason="Court holidays", actor=field_officer)


def test_a_reason_is_needed(hearing, field_officer, case_manager):
    task = find(case_manager, "hearing-result", hearing.pk)
    with pytest.raises(Refused, match="Say why"):
        snooze_task(task, until=soon(), reason=" x ", actor=field_officer)
