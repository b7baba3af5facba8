"""What a session of the database keeps the plan of, and that it answers as if it kept none."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections
from django.test.utils import CaptureQueriesContext

from casework.models import Case
from core.context import acting_as
from core.postgresql import plans
from tests import factories

pytestmark = pytest.mark.django_db
KEPT = "select name, statement from pg_prepared_statements order by prepare_time"
LONG = "select %s::text, '100 %%', %s" + " " * plans.LONG


@pytest.fixture
def session(db):
    """A connection of its own, which has kept nothing yet."""
    own = connections["default"].copy()
    own.connect()
    yield own
    own.close()


def ask(session, statement, given=None):
    with session.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()


def kept(session):
    with session.cursor() as cursor:
        cursor.execute(KEPT)
        return [words for _name, words in cursor.fetchall()]


def test_what_comes_a_second_time_is_prepared_and_asked_of_others_by_the_same_plan(session):
    ids = [uuid4() for _ in range(4)]
    assert [ask(session, LONG, ["so", pk]) for pk in ids] == [("so", "100 %", pk) for pk in ids]
    (words,) = kept(session)
    assert words.count("$1") == 1
    assert "'so'" in words


def test_what_is_called_by_name_is_put_in_its_place(session):
    statement = LONG.replace("%s::text", "%(day)s").replace("%s", "%(pk)s = any(%(ids)s::uuid[])")
    for _time in range(3):
        pk = uuid4()
        given = {"ids": f"{{{pk}}}", "pk": pk, "day": date(2026, 12, 1)}
        assert ask(session, statement, given) == (date(2026, 12, 1), "100 %", True)
    assert len(kept(session)) == 1


def test_other_words_are_another_statement(session):
    """`1` and `true` are the same to Python."""
    for value in ("a", "b", 1, True, None) * 2:
        assert ask(session, LONG, ["so", value]) == ("so", "100 %", value)
    assert len(kept(session)) == 5


def test_an_array_without_anything_is_of_any_type(session):
    statement = "select 7 = any(%s::int[]), 'a' = any(%s::text[])" + " " * plans.LONG
    for given in (["{}", "{}"], ["{7}", "{a}"]) * 2:
        assert ask(session, statement, given) == (given[0] != "{}",) * 2


@pytest.mark.parametrize(
    "statement", ["select %s::text, %s", "/* long */ " + LONG, LONG + "LIMIT 1"]
)
def test_what_is_short_or_cut_or_may_write_is_sent_as_it_is(session, statement):
    for _time in range(3):
        ask(session, statement, ["so", 1])
    assert kept(session) == []


def test_of_many_the_least_used_goes(session, monkeypatch):
    monkeypatch.setattr(plans, "MOST", 2)
    for value in (1, 1, 2, 2, 1, 3, 3):
        ask(session, LONG, ["so", value])
    assert {words.strip()[-1] for words in kept(session)} == {"1", "3"}


def test_the_log_of_statements_says_what_was_asked(session):
    for _time in range(3):
        with CaptureQueriesContext(session) as queries, session.cursor() as cursor:
            cursor.execute(LONG, ["so", 1])
    (asked,) = queries
    assert asked["sql"].startswith("select 'so'::text, '100 %', 1")


def test_a_plan_whose_column_changed_fails_once(session):
    with session.cursor() as cursor:
        cursor.execute("create temporary table invented as select 1 as number")
        for _time in range(3):
            cursor.execute("select * from invented" + " " * plans.LONG)
        cursor.execute("alter table invented alter number type text")
        with pytest.raises(Exception, match="cached plan"):
            cursor.execute("select * from invented" + " " * plans.LONG)
        for _time in range(3):
            cursor.execute("select * from invented" + " " * plans.LONG)
            assert cursor.fetchone() == ("1",)


def test_what_is_rolled_back_leaves_the_plan(session):
    """PostgreSQL keeps what a transaction prepared that came to nothing."""
    session.set_autocommit(False)
    for _time in range(3):
        assert ask(session, LONG, ["so", 1]) == ("so", "100 %", 1)
        with pytest.raises(ProgrammingError):
            ask(session, "select nothing from nowhere")
        session.rollback()
    assert len(kept(session)) == 1


def test_the_plan_of_one_shows_another_only_their_own(case_manager, office):
    """Both walls: the ids of the first are parameters, and the second asks who acts."""
    other_office = factories.office("manila", "PH-MNL")
    stranger = factories.user("case_manager", other_office)
    ours, theirs = factories.case(office), factories.case(other_office)
    for _time in range(8):  # by then PostgreSQL plans for anybody
        for person, case in ((case_manager, ours), (stranger, theirs)):
            with acting_as(person.pk):
                assert list(Case.objects.visible_to(person).select_related("jurisdiction")) == [
                    case
                ]
                with connection.cursor() as cursor:
                    cursor.execute("select id from casework_case" + " " * plans.LONG)
                    assert cursor.fetchall() == [(case.pk,)]
    text = " ".join(words for words in kept(connection))
    assert "casework_case" in text
    assert str(office.pk) not in text
