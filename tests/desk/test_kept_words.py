"""The kept words of what is to be done are those that would be made anew: for every kind of
reader, in every zone, on every day."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction

from core.days import clock
from desk.closing.readiness import BEFORE_CLOSING
from desk.court.reader import Reader
from desk.rules import OF_THE_RECORD
from desk.timeline import SOURCES, stream
from desk.to_do import first_rows, questions, statements, tasks
from desk.to_do.kinds import BY_HARM
from desk.to_do.tasks import own_tasks, rules_for, tasks_to_do, to_do
from prosecutions.docket import open_rows
from prosecutions.models import Suspect
from tests.meta.relations import PEOPLE, build, place
from tests.whole import some

pytestmark = pytest.mark.django_db

STANDING = ("own team", "own office", "sealed and named", "conflicted, on the team", "disclosed")
STANDING += ("glass broken",)
ZONES = ("UTC", "Asia/Kolkata", "America/New_York")
DAYS = (datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC))
ASKED = list(product(PEOPLE, ZONES, DAYS))


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = build(STANDING)
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


def lists(user, cases):
    """As Today, To do, programs, the case page and closing ask."""
    rules = rules_for(user)
    yield to_do(user, rules=rules, own=tasks_to_do, beside=True)
    yield to_do(user, rules=OF_THE_RECORD, own=own_tasks)
    for case in cases.values():
        yield to_do(user, rules=rules, own=own_tasks, case=case, beside=True)
    for due in (True, False):
        every = {"asleep": None, "second": False, "due": due}
        yield to_do(user, rules=BEFORE_CLOSING, case=cases["own team"], **every)


def words_of(every):
    return [every._words(statements.all_of, cut=first_rows.Cut()), *counted(every)]


def counted(every):
    return [every._words(statements.counted, "counted")]


def made_anew(_shape, build, reader, today, case=None):
    return build(reader, today, case)


@pytest.mark.parametrize(("name", "zone", "moment"), some(ASKED, "kept words", 1))
def test_they_are_those_that_would_be_made_anew(cases, name, zone, moment, monkeypatch):
    user = place(PEOPLE[name], cases)
    with time_machine.travel(moment), clock.by(ZoneInfo(zone)):
        kept = [words_of(every) for every in lists(user, cases)]
        monkeypatch.setattr(tasks, "_kept", made_anew)
        assert kept == [words_of(every) for every in lists(user, cases)]


@pytest.mark.parametrize("name", some(list(PEOPLE), "kept words of a case", 1))
def test_so_are_those_of_the_page_of_a_case(cases, name):
    """Its first events, and where its suspects stand."""
    user = place(PEOPLE[name], cases)

    def shown():
        for case in cases.values():
            yield stream._newest(SOURCES, case, user, 50), Reader(case, user).statuses()

    kept = [list(shown()) for _first_and_again in range(2)][1]
    assert kept == [
        (
            stream.read(SOURCES, case, user, beyond=None, up=False, most=50),
            dict(case.rows(Suspect, user).with_status().values_list("pk", "status")),
        )
        for case in cases.values()
    ]


@pytest.mark.parametrize("name", some(list(PEOPLE), "kept words of a docket", 1))
def test_so_are_those_of_a_docket(cases, name):
    user = place(PEOPLE[name], cases)
    for _first_and_again in range(2):
        kept = [
            open_rows.kept.rows(*of, user)
            for of in (("open", open_rows._open), ("left", open_rows._left))
        ]
        assert kept == [list(of(user)) for of in (open_rows._open, open_rows._left)]


@pytest.mark.nightly
def test_a_rule_that_counts_in_months_is_found(cases, monkeypatch):
    """Planted: a number of days from today that is not the same every day; none on the first."""
    user = place(PEOPLE["case_manager in the office"], cases)
    whole = questions.open_to

    def by_month(rule, reader, today, case):
        rows = whole(rule, reader, today, case)
        return rows.filter(created_at__date__gte=today.replace(day=1))

    with time_machine.travel(DAYS[0]), monkeypatch.context() as patch:
        patch.setattr(questions, "open_to", by_month)
        tasks._kept.forget()
        every = to_do(user)
        kept = words_of(every)
        patch.setattr(tasks, "_kept", made_anew)
        assert kept != words_of(every)
    tasks._kept.forget()


def test_narrowed_to_nothing_nothing_is_to_be_done(case_manager):
    nothing = to_do(case_manager).filter(pk__in=[])
    assert nothing.counted() == nothing.first_of_each(1) == []


def test_what_is_to_be_done_is_asked_in_kept_words(case_manager):
    tasks._kept.forget()
    for _twice in range(2):
        to_do(case_manager).first_of_each(1, BY_HARM)
        assert len(tasks._kept._words) == 1
