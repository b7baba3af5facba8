"""Words kept for a kind of reader hold nothing of one of them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework.models import Case, Task
from core.access import CONTENT
from core.days import clock
from core.shortcuts import statements
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


def tasks_of(reader, today, _case):
    rows = Task.objects.visible_to(reader).filter(due_on__lte=today + timedelta(days=7))
    return rows.exclude(ended_by=reader.pk).values_list("pk").query.sql_with_params()


def ask(words):
    with connection.cursor() as cursor:
        cursor.execute(*words)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def statement():
    return statements.KeptStatement()


def test_made_once_for_all_of_a_kind_and_asked_for_each(statement):
    made, tasks = [], []

    def build(*given):
        made.append(given)
        return tasks_of(*given)

    for office in (factories.office("kolkata"), factories.office("manila", "PH-MNL")):
        reader = factories.user("case_manager", office)
        task = factories.task(factories.case(office), due_on=clock.today() + timedelta(days=7))
        tasks.append(task.pk)
        for day, found in ((clock.today(), [task.pk]), (clock.today() - timedelta(days=1), [])):
            words = statement("tasks", build, reader, day)
            assert words == tasks_of(reader, day, None)
            assert ask(words) == found
    assert len(made) == 1
    ((stand, day, _case),) = made
    assert (stand.pk, day) == (statements.ANYBODY, statements.SOMEDAY)


def test_another_kind_of_reader_has_words_of_their_own(statement, office, case_manager):
    factories.task(factories.case(office), due_on=clock.today())
    assert ask(statement("tasks", tasks_of, case_manager, clock.today()))
    other = factories.user("field_officer", office)
    words = statement("tasks", tasks_of, other, clock.today())
    assert words == tasks_of(other, clock.today(), None)
    assert ask(words) == []  # on no team


def test_a_case_beyond_their_office_is_in_the_words_of_who_has_one(statement, case_manager, office):
    near = factories.task(factories.case(office), due_on=clock.today())
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    far = factories.task(elsewhere, due_on=clock.today())
    other = factories.user("case_manager", office)
    factories.assignment(far.case, other)
    for reader, found in ((case_manager, {near.pk}), (other, {near.pk, far.pk})):
        words = statement("tasks", tasks_of, reader, clock.today())
        assert words == tasks_of(reader, clock.today(), None)
        assert set(ask(words)) == found


def test_who_reads_two_offices_has_other_words_than_who_reads_one(statement, case_manager, office):
    manila = factories.office("manila", "PH-MNL")
    tasks = [factories.task(factories.case(of), due_on=clock.today()).pk for of in (office, manila)]
    other = factories.user("case_manager", office)
    factories.membership(other, "case_manager", manila)
    for reader, found in ((case_manager, tasks[:1]), (other, tasks), (case_manager, tasks[:1])):
        words = statement("tasks", tasks_of, reader, clock.today())
        assert words == tasks_of(reader, clock.today(), None)
        assert set(ask(words)) == set(found)


def test_of_a_case_what_is_open_of_it(statement, case_manager, office):
    def build(reader, _today, case):
        return Task.objects.visible_in(case, reader).values_list("pk").query.sql_with_params()

    one, two, far = factories.case(office), factories.case(office), factories.case(level=4)
    tasks = {case: factories.task(case).pk for case in (one, two, far)}
    for case, found in ((one, [tasks[one]]), (two, [tasks[two]]), (far, [])):
        words = statement("of a case", build, case_manager, clock.today(), case)
        assert words == build(case_manager, clock.today(), case)
        assert ask(words) == found


def someone(reader, _today, _case):
    user = factories.user("auditor")
    return Task.objects.filter(assignee=user.pk).query.sql_with_params()


def several(reader, _today, _case):
    ids = [factories.case().pk]
    return Case.objects.filter(pk__any_of=ids).query.sql_with_params()


def a_moment(reader, _today, _case):
    return Task.objects.filter(created_at__lt=timezone.now()).query.sql_with_params()


def a_fixed_day(reader, _today, _case):
    return Task.objects.filter(due_on__lt=date(2026, 11, 29)).query.sql_with_params()


@pytest.mark.parametrize("build", [someone, several, a_moment, a_fixed_day])
def test_what_is_of_one_reader_or_one_moment_is_not_kept(statement, case_manager, build):
    with pytest.raises(TypeError, match="would be kept"):
        statement("x", build, case_manager, clock.today())


def test_a_stand_in_has_nothing_else_of_its_reader(statement, case_manager):
    def build(reader, _today, _case):
        return Task.objects.filter(office=reader.home_office.pk).query.sql_with_params()

    with pytest.raises(AttributeError, match="home_office"):
        statement("x", build, case_manager, clock.today())


def test_a_stand_in_reaches_what_its_reader_reaches(case_manager, office):
    case, far = factories.case(office), factories.case(level=4)
    for one in (case, far):
        stand = statements.Anybody(case_manager, statements.reach_of(case_manager), one)
        assert stand.scope.reaches(stand.case, CONTENT) is (one is case)


def test_the_oldest_go(statement, case_manager, monkeypatch):
    monkeypatch.setattr(statements, "MOST", 2)
    made = []

    def build(*_given):
        made.append(1)
        return "select 1", ()

    for shape in ("a", "b", "a", "c", "a", "b"):
        statement(shape, build, case_manager, clock.today())
    assert len(made) == 4  # a, b, c, and b again


@pytest.mark.nightly
def test_threads_that_crowd_each_other_out_are_all_answered(statement, case_manager, monkeypatch):
    """The server has threads: what one asks for may be dropped by another the next moment."""
    monkeypatch.setattr(statements, "MOST", 1)
    case_manager.scope, case_manager.standing, case_manager.permissions  # noqa: B018 - read here

    def ask_often(shape):
        return {
            statement((shape, n % 3), lambda *_: (f"select {shape}", ()), case_manager, TODAY)[0]
            for n in range(2000)
        }

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # so that they meet
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask_often, range(4))) == [{f"select {n}"} for n in range(4)]
    finally:
        sys.setswitchinterval(usual)
