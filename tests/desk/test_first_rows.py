"""Of a large office Today and To do read the first of each class, and no more than is counted."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import DerivedTask, Snooze
from core.context import acting_as
from core.lists import pagination
from desk.rules import BY_CODE, KEPT, Harm
from desk.to_do import first_rows, statements
from desk.to_do.kinds import BY_HARM, IN_ALL
from desk.to_do.orders import ORDERS
from desk.to_do.tasks import to_do
from tests import factories
from tests.desk.kept import keep_now
from tests.plans import looked_at

pytestmark = pytest.mark.django_db
IN_EVERY_ORDER = [way for one in ORDERS.values() for way in (one, one.turned)]
RULE, BY_THE_ROW, FEW = "care-plan-missing", "referral-declined", 20


@pytest.fixture
def case(office):
    case = factories.case(office)
    keep_now()
    return case


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """So many are counted."""
    monkeypatch.setattr(first_rows, "MOST_COUNTED", FEW)


def kept(case, number, days=40, gravity=Harm.REST, rule=RULE):
    """So many kept tasks, overdue for so many days and more, several of them on each day."""
    today = timezone.localdate()
    return DerivedTask.objects.bulk_create(
        DerivedTask(
            case=case,
            office=case.office,
            level=2,
            rule=rule,
            row_id=uuid4(),
            about="medical",
            due_on=today - timedelta(days=days + n % 7),
            gravity=gravity,
        )
        for n in range(number)
    )


def ask(user, rule=RULE, **how):
    return to_do(user, rules=[BY_CODE[rule]], **how)


def read(user, statement, given=None):
    """Kept rows that a statement looks at, where an index gives them in their order. A table of the
    test is too small for PostgreSQL to choose that by itself."""
    with connection.cursor() as cursor:  # or it may think that the table is empty still
        cursor.execute(f"analyze {DerivedTask._meta.db_table}")
    with acting_as(user.pk), connection.cursor() as cursor:
        for how in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"set local enable_{how} = off")
        return looked_at(statement, given, DerivedTask._meta.db_table)


def first(user):
    """By the statement of Today."""
    return read(user, *ask(user)._words(statements.all_of, cut=first_rows.Cut()))


def second_page(user, order):
    """By the statement of a second page of To do, and the one that counts."""
    every = ask(user).near()
    cursor = pagination.paginate(every, order, limit="5").next
    asked = []
    for run in (lambda: pagination.paginate(every, order, cursor, "5"), lambda: every.up_to(9)):
        with CaptureQueriesContext(connection) as said:
            run()
        asked += [one["sql"] for one in said if DerivedTask._meta.db_table in one["sql"]]
    assert len(asked) == 2
    return [read(user, one) for one in asked]


def test_an_office_ten_times_as_large_is_read_no_further(case, case_manager):
    kept(case, 100)
    kept(case, 100, days=3)
    assert first(case_manager) == 2 * (FEW + 1)
    kept(case, 900)
    kept(case, 900, days=3)
    assert first(case_manager) == 2 * (FEW + 1)


def test_what_is_overdue_is_found_without_what_is_to_come(case, case_manager):
    """Of two rules, whose last days PostgreSQL does not know beforehand."""
    kept(case, 100)
    kept(case, 900, days=-10)
    both = to_do(case_manager, rules=[BY_CODE[RULE], BY_CODE[BY_THE_ROW]])
    statement = both._words(statements.all_of, cut=first_rows.Cut())
    assert read(case_manager, *statement) <= 2 * (FEW + 1)


@pytest.mark.parametrize("order", IN_EVERY_ORDER)
@pytest.mark.by_turns(4)
def test_so_is_a_second_page_in_any_order(case, case_manager, order):
    for number in (100, 900):
        kept(case, number)
        kept(case, number, days=3)
        kept(case, number, days=-3)
        assert max(second_page(case_manager, order)) <= 40


@pytest.mark.parametrize("order", IN_EVERY_ORDER)
def test_pages_in_any_order_hold_all_of_them_once(case, case_manager, order):
    for days in (2, -3, -60):
        for gravity in (Harm.DANGER, Harm.REST):
            kept(case, 8, days, gravity, BY_THE_ROW)
    kept(case, 20, 2)
    every = to_do(case_manager, rules=[BY_CODE[RULE], BY_CODE[BY_THE_ROW]])
    whole = every.order_by("place", "id")[:100]
    whole.sort(key=attrgetter(*order.columns), reverse=order.descending)
    assert len(whole) == 68
    pages = [pagination.paginate(every, order, limit="30")]
    while pages[-1].next:
        pages.append(pagination.paginate(every, order, pages[-1].next, "30"))
    assert [task.pk for page in pages for task in page.rows] == [task.pk for task in whole]
    before = pagination.paginate(every, order, pages[1].previous, "30")
    assert [task.pk for task in before.rows] == [task.pk for task in whole[:30]]
    of_class = every.filter(harm=Harm.DANGER).order_by(*order.order(backwards=False))[:100]
    assert [task.pk for task in of_class] == [t.pk for t in whole if t.harm == Harm.DANGER]


def test_more_than_is_counted_is_only_more(case, case_manager):
    kept(case, FEW)
    (fold,) = ask(case_manager).first_of_each(5, IN_ALL)
    assert fold.total == FEW
    kept(case, 50)
    (fold,) = ask(case_manager).first_of_each(5, IN_ALL)
    assert fold.total > FEW


def test_the_first_are_those_of_the_whole_list(case, case_manager):
    """Of one day by their ids, so that a page goes on where the last one ended."""
    for days in (2, -3, -60):
        for gravity in (Harm.DANGER, Harm.REST):
            kept(case, 60, days, gravity, BY_THE_ROW)
    every = ask(case_manager, BY_THE_ROW)
    whole = [task.pk for task in every.order_by("place", "id")[:1000]]
    assert len(whole) == 6 * 60
    assert [task.pk for task in every.first_of_each(FEW, IN_ALL)] == whole[:FEW]


def test_what_is_put_off_hides_nothing(case, case_manager):
    """More of it than is counted stands before the rest."""
    soonest = kept(case, FEW + 5, days=1)
    last = kept(case, 3, days=20)
    for row in soonest:
        factories.snooze(case, rule=RULE, row_id=row.row_id)
    assert Snooze.objects.count() == len(soonest)
    found = ask(case_manager).first_of_each(5, BY_HARM)
    assert {task.pk for task in found} == {row.row_id for row in last}
    beside = ask(case_manager, beside=True).first_of_each(9, BY_HARM)
    assert [bool(task.until) for task in beside] == [True] * 9 + [False] * 3


def test_sealed_cases_and_those_of_a_conflict_hide_nothing(case, case_manager):
    sealed = factories.case(case.office, level=4)
    keep_now()
    kept(sealed, FEW + 5, days=1)
    DerivedTask.objects.filter(case=sealed).update(level=4)
    last = kept(case, 3, days=20)
    found = ask(case_manager).first_of_each(5, BY_HARM)
    assert {task.pk for task in found} == {row.row_id for row in last}


def test_cases_of_a_team_elsewhere_are_there(case, case_manager):
    away = factories.case(factories.office("manila", "PH-MNL"))
    factories.assignment(away, case_manager)
    keep_now()
    (there,) = kept(away, 1, days=1)
    (here,) = kept(case, 1, days=2)
    found = ask(case_manager).first_of_each(5, BY_HARM)
    assert [task.pk for task in found] == [there.row_id, here.row_id]


def test_each_class_that_a_rule_may_have_is_looked_for():
    said = list(first_rows._with_gravities(KEPT.values()))
    for rule in KEPT.values():
        own = [one for one in said if one.startswith(f"('{rule.code}',")]
        assert len(own) == (1 if isinstance(rule.harm, Harm) else len(Harm))
