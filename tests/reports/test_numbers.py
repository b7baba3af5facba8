"""The numbers of rows, and what is kept by them: given once, never missed, read cell by cell."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import jobs
from prosecutions.models import Perpetrator
from reports.base import REPORTS
from reports.catalogue.convictions import VARIANTS
from reports.models import KeptIds, RowNumber, Snapshot
from reports.numbers import COUNTED, Ids, number_rows
from reports.params import parse
from reports.readers import Reporter
from reports.record_sets import PackedSets, Read, differing, kept_ids, of_all, pack
from reports.run import compute, digest, snapshot_of, store
from reports.services import request_report
from reports.sets import Unnumbered, numbers, row_by_row
from tests import factories
from tests.factories import kept

pytestmark = pytest.mark.django_db
RATE = "conviction-rate"


def rate():
    return compute(REPORTS[RATE], Reporter(), parse({}))


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def convicted(case):
    suspect = factories.suspect(case)
    factories.decision(charge=factories.charge(case, suspect=suspect))
    return suspect.perpetrator_id


@pytest.mark.parametrize("label", COUNTED)
def test_whatever_is_written_has_its_number_at_once(label):
    model = apps.get_model(label)
    made = factories.FACTORIES[model]()
    assert RowNumber.objects.get(row_id=made.pk).of_table == COUNTED[label]


def test_whatever_stands_behind_a_figure_is_numbered():
    people = set()
    for report in [*REPORTS.values(), *VARIANTS.values()]:
        people |= {report.people, *report.others.values()}
        people |= {one.people for one in getattr(report, "measures", {}).values()}
    assert people - {""} <= set(COUNTED)


def test_a_number_stays_and_those_that_are_missing_are_made_up(convicted):
    number = RowNumber.objects.get(row_id=convicted).number
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table prosecutions_perpetrator disable trigger user")
    past = factories.perpetrator().pk
    assert not RowNumber.objects.filter(row_id=past).exists()
    RowNumber.objects.filter(row_id=convicted).update(of_table=0)  # from before tables were told
    number_rows()
    known = RowNumber.objects.get(row_id=convicted)
    assert (known.number, known.of_table) == (number, COUNTED["prosecutions.Perpetrator"])
    assert RowNumber.objects.get(row_id=past).of_table == known.of_table


def test_a_report_reads_the_numbers_of_its_own_tables_and_no_others():
    with CaptureQueriesContext(connection) as asked:
        for slug in ("operations", "sentences", "bonded-labour-reconciliation"):
            compute(REPORTS[slug], Reporter(), parse({}, REPORTS[slug]))
    joins = [part for query in asked for part in query["sql"].split("join reports_rownumber")[1:]]
    own = re.compile(r" (known|other) on \1\.row_id = each\.\w+ and \1\.of_table = [1-9]")
    assert joins
    assert [join for join in joins if not own.match(join)] == []


def test_nobody_is_left_out_of_a_figure_for_want_of_a_number(convicted):
    with connection.cursor() as cursor:
        cursor.execute("alter table reports_rownumber disable trigger user")
    RowNumber.objects.filter(row_id=convicted).delete()
    with pytest.raises(Unnumbered):
        rate()


def test_what_is_kept_is_read_for_the_cells_asked_for(
    convicted, case_manager, django_assert_num_queries
):
    snapshot = snapshot_of(REPORTS[RATE], Reporter(), parse({}), rate())
    store(snapshot)
    again = Snapshot.objects.get()
    with django_assert_num_queries(1):
        assert set(again.behind.cells(["IN|", "IN-WB|"])) == {"IN|", "IN-WB|"}
    assert kept.told(again.behind) == kept.told(snapshot.behind)
    assert kept.told(again.behind)["IN|"]["k"] == [str(convicted)]
    assert ("IN|", "k") in again.opening
    assert ("IN|", "pending") not in again.opening


def test_the_digest_tells_who_stands_behind_and_not_only_how_many(case):
    first, other = (factories.suspect(case) for _one in range(2))
    made = factories.decision(charge=factories.charge(case, suspect=first))
    before = rate()
    assert digest(rate()) == digest(before)
    type(made.charge).objects.filter(pk=made.charge_id).update(suspect=other)
    after = rate()
    assert after.rows == before.rows
    assert digest(after) != digest(before)


def test_of_two_snapshots_only_what_moved_is_read(case, case_manager):
    for _time in range(2):
        suspect = factories.suspect(case)
        factories.decision(charge=factories.charge(case, suspect=suspect))
        jobs.run(request_report(REPORTS[RATE], params=parse({}), actor=case_manager).pk)
    before, after = Snapshot.objects.order_by("created_at")
    moved = differing(before, after)
    was, now = moved["IN|", "k"]
    assert kept.ids_of(now - was) == [str(suspect.perpetrator_id)]
    assert not was - now
    assert ("IN|", "pending") not in moved


def test_a_set_behind_several_counts_is_kept_once_and_read_for_each():
    many = [factories.victim().pk for _one in range(120)]
    some, less = many[::2], many[::2][:-1]
    before = factories.snapshot(behind={"IN|": {"k": some, "n": some}, "PH|": {"n": some}})
    after = factories.snapshot(behind={"IN|": {"k": less, "n": some}, "PH|": {"n": some}})
    rows = KeptIds.objects.filter(snapshot=before).order_by("cell", "of")
    assert [row.same_id for row in rows] == [None, rows[0].pk, rows[0].pk]
    for behind in (before.behind, Read.of(kept_ids(snapshot=before.pk))[before.pk]):
        cells = behind.cells(["IN|", "PH|"])
        assert {len(ids) for counts in cells.values() for ids in counts.values()} == {60}
        assert kept.ids_of(cells["PH|"]["n"]) == sorted(map(str, some))
    assert [len(ids) for _pk, _cell, _of, ids in of_all([before])] == [60, 60, 60]
    assert set(differing(before, after)) == {("IN|", "k")}


def test_more_than_fits_into_memory_waits_in_a_file_and_is_the_same(monkeypatch):
    monkeypatch.setattr("reports.record_sets.IN_MEMORY", 100)
    found, many = PackedSets(), Ids(range(0, 900, 3))
    for cell in ("b", "a", "c"):
        found[cell] = {"n": many, "k": Ids([7])}
    assert found["a"] == {"n": many, "k": Ids([7])}
    first = [(one.cell, one.of, one.count) for one in found.packed()][:3]
    assert first == [("a", "k", 1), ("a", "n", 300), ("b", "k", 1)]
    assert found.of("k", ("a", "c")) == Ids([7])


def test_the_same_set_is_packed_in_the_same_way():
    some = Ids(range(100, 9000))
    other = Ids(range(9000)) - Ids(range(100))
    assert pack(some) == pack(other)


def test_numbers_are_shown_to_nobody(case_manager):
    factories.victim()
    assert not RowNumber.objects.visible_to(case_manager).exists()
    assert not KeptIds.objects.visible_to(case_manager).exists()


def test_nothing_stands_where_a_condition_cannot_be_met(convicted):
    none = Perpetrator.objects.filter(pk__in=[])
    with pytest.raises(EmptyResultSet):
        str(none.query)
    assert not numbers(none)
    assert list(row_by_row(none, "pk")) == []
