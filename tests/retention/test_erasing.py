"""A case is erased: every trace is found before, none after; what stays counts right."""

from __future__ import annotations

import pytest
from django.db import connection

from casework.models import Case
from core import jobs
from core.models import Job
from reports.models import AnonymousRow, KeptIds, RowNumber
from retention import ledger
from retention.models import Erasure, Tombstone
from tests import factories
from tests.factories import retention as kept
from tests.nights import nightly
from tests.retention.world import IDS_STAY, dump, files_of, filled, marks, places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(tmp_path, settings):
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.ledger")
    return ledger.path()


def erase(case):
    """By the worker, as at night: what is confirmed is erased, in its steps."""
    erasure = kept.confirmed_erasure(case)
    nightly("retention")
    for kind in ("erase", "finish-erasure"):
        for job in Job.objects.filter(kind=kind, state="queued"):
            jobs.run(job.pk)
            job.refresh_from_db()
            assert job.state == "done", job.failure
    erasure.refresh_from_db()
    return erasure


def test_c4_nothing_of_an_erased_case_is_found_again():
    """Its row ids, ciphertexts, search keys and clear words, in all tables; and its files."""
    case, other = filled(), filled()
    sought, words = marks(case), set(marks(other)) | set(marks(factories.case()))
    before, files = dump(), files_of(case)
    assert files, "no file to look for"
    lost = [what for mark, what in sought.items() if not places(before, mark)]
    assert lost == [], "not even found before"
    assert erase(case).status == "erased"
    after = dump()
    found = {
        f"{what} in {', '.join(sorted(left))}"
        for mark, what in sought.items()
        if mark not in words and (left := places(after, mark) - IDS_STAY)
    }
    assert found == set()
    assert not any(path.exists() for path in files)
    assert all(path.exists() for path in files_of(other))


def test_c4_the_other_case_is_whole():
    case, other = filled(), filled()
    mine = set(marks(other))
    before = {mark: places(dump(), mark) for mark in list(mine)[:40]}
    erase(case)
    after = dump()
    assert all(places(after, mark) >= tables - IDS_STAY for mark, tables in before.items())
    assert Case.objects.filter(pk=other.pk).exists()


def test_c4_a_tombstone_and_a_line_of_the_ledger_are_left(file):
    case = kept.closed_case()
    erasure = erase(case)
    stone = Tombstone.objects.get()
    (line,) = ledger.lines(file)
    assert (line.stone, line.basis) == (str(stone.pk), kept.LAW)
    assert str(case.pk) not in file.read_text()
    assert line.digest == ledger.digest(case.pk)
    assert (erasure.of_case, erasure.files, erasure.digest) == (None, [], "")


def test_a_person_of_another_case_stays_with_it():
    case, other = kept.closed_case(), factories.case()
    person = factories.identity(case).victim
    factories.involvement(other, victim=person)
    erase(case)
    assert other.involvement_set.get().victim.identity.full_name == "Invented Name"


def test_a_record_merged_into_one_of_another_case_stays_with_it():
    case, other = kept.closed_case(), factories.case()
    mine, theirs = factories.victim(case), factories.victim(other)
    type(mine).objects.filter(pk=mine.pk).update(merged_into=theirs)
    erase(case)
    assert type(mine).objects.filter(pk=mine.pk).exists()


def test_snapshots_keep_their_counts_and_no_ids():
    case = kept.closed_case()
    person = factories.victim(case)
    number = RowNumber.objects.get(row_id=person.pk).number
    factories.snapshot(behind={"IN|": {"k": {number}}})
    erase(case)
    assert KeptIds.objects.get().count == 1
    assert RowNumber.objects.get(number=number).row_id != person.pk


def test_anonymous_rows_say_country_year_programme_and_band():
    case = kept.closed_case()
    rescue = factories.rescue(case, occurred_on="2010-05-04")
    factories.involvement(case, rescue=rescue, outcome="rescued")
    erase(case)
    rows = AnonymousRow.objects.values_list("what", "country__code", "year", "programme", "band")
    assert set(rows) == {
        ("rescue", "IN", 2010, "csec", ""),
        ("rescued", "IN", 2010, "csec", "0-12"),
    }


def test_a_sealed_case_leaves_no_anonymous_row():
    case = kept.closed_case(level=4)
    factories.rescue(case)
    erase(case)
    assert not AnonymousRow.objects.exists()


@pytest.mark.parametrize("state", ["proposed", "once", "kept"])
def test_c2_what_two_persons_have_not_confirmed_is_not_erased(state):
    case = kept.closed_case()
    kept.erasure(case, status=state)
    assert refused_by_the_database(Erasure.objects.get()) == "unconfirmed"


def test_c2_nothing_goes_within_thirty_days():
    erasure = kept.confirmed_erasure(not_before="2999-01-01T00:00:00Z")
    assert refused_by_the_database(erasure) == "unconfirmed"


def test_c2_a_case_opened_again_is_not_erased():
    case = factories.case()
    assert erase(case).status == "proposed"
    assert Case.objects.filter(pk=case.pk).exists()


def refused_by_the_database(erasure):
    """What it says to whoever asks past every rule of the program."""
    with connection.cursor() as cursor:
        cursor.execute("select refused from retention_erase(%s)", [erasure.pk])
        (said,) = cursor.fetchone()
    return said


@pytest.mark.parametrize("status", ["asked", "holds", "lifting"])
def test_c3_what_is_held_is_not_erased(status):
    case = kept.closed_case()
    decided = {} if status == "asked" else {"decided_by": factories.user("case_manager")}
    kept.hold(case, status=status, **decided)
    erasure = erase(case)
    assert (erasure.status, erasure.first_by) == ("proposed", None)
    assert Case.objects.filter(pk=case.pk).exists()


def test_c3_a_held_person_holds_every_case():
    case, other = kept.closed_case(), kept.closed_case()
    person = factories.victim(case)
    factories.involvement(other, victim=person)
    kept.hold(case, victim=person)
    assert erase(other).status == "proposed"


def test_killed_between_the_steps_it_is_finished_the_next_night(file):
    """The rows are gone, and the worker with them: no line yet, the files still there."""
    case = kept.closed_case()
    erasure = kept.confirmed_erasure(case)
    nightly("retention")
    jobs.run(Job.objects.get(kind="erase").pk)
    Job.objects.filter(kind="finish-erasure").update(state="failed")
    erasure.refresh_from_db()
    assert (erasure.status, file.exists()) == ("erasing", False)
    nightly("retention")
    for job in Job.objects.filter(state="queued").order_by("created_at"):
        jobs.run(job.pk)
    for job in Job.objects.filter(state="queued"):
        jobs.run(job.pk)
    erasure.refresh_from_db()
    assert erasure.status == "erased"
    assert len(list(ledger.lines(file))) == 1


def test_a_torn_line_is_passed_over_and_the_next_one_stands_alone(file):
    file.write_text('{"stone": "half')
    erase(kept.closed_case())
    assert len(list(ledger.lines(file))) == 1
