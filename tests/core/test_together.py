"""What is read together is what each query reads by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Rescue, Task
from core.shortcuts.together import read_together
from tests import factories

pytestmark = pytest.mark.django_db


def columns(row):
    held = {field.attname: row.__dict__[field.attname] for field in row._meta.concrete_fields}
    return {
        name: bytes(value) if isinstance(value, bytes | memoryview) else value
        for name, value in held.items()
    }


def statements(*rows):
    with CaptureQueriesContext(connection) as seen:
        read_together(*rows)
        found = [list(of) for of in rows]
    return len(seen), found


def test_every_table_reads_as_by_itself(case_manager, fresh):
    """Each column, by value and kind."""
    case = factories.case()
    for make in factories.FACTORIES.values():
        try:
            make(case=case)
        except TypeError:  # not a row of a case
            make()
    for model in factories.FACTORIES:
        usual = [columns(row) for row in model._default_manager.order_by("pk")]
        _count, (_cases, found) = statements(
            Case.objects.all(), model._default_manager.order_by("pk")
        )
        told = [columns(row) for row in found]
        assert told == usual != [], model
        kinds = [[type(value) for value in row.values()] for row in usual]
        assert [[type(value) for value in row.values()] for row in told] == kinds, model


def test_one_statement_in_their_order_with_what_is_beside(office):
    case = factories.case()
    days = ["2026-03-01", "2026-01-01", "2026-02-01"]
    for day in days:
        factories.task(case, due_on=day)
    has = Exists(Task.objects.filter(case=OuterRef("pk")))
    tasks = Task.objects.select_related("case__office").order_by("due_on")
    count, (found, cases, codes, none) = statements(
        tasks,
        Case.objects.annotate(has=has)[:1],
        Case.objects.values_list("reference", "office__name"),
        Case.objects.none(),
    )
    assert count == 1
    assert [str(row.due_on) for row in found] == sorted(days)
    with CaptureQueriesContext(connection) as more:
        assert found[0].case.office == office
        assert cases[0].has is True
    assert not more
    assert codes == [(case.reference, office.name)]
    assert none == []


def test_what_hangs_on_rows_is_read_as_ever(case_manager):
    link = factories.rescue_site()
    rescues = Rescue.objects.prefetch_related("rescue_sites")
    _count, (found, _cases) = statements(rescues, Case.objects.all())
    assert [list(row.rescue_sites.all()) for row in found] == [[link]]


def test_a_query_that_was_read_can_be_narrowed_and_asks_anew(office):
    factories.case()
    cases, tasks = Case.objects.all(), Task.objects.all()
    read_together(cases, tasks)
    factories.case()
    assert len(cases) == 1
    assert cases.filter(office=office).count() == 2
    assert cases.order_by("pk").last() in set(Case.objects.all())
