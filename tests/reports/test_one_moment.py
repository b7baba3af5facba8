"""A report reads the data as they were at one moment, while others write."""

from __future__ import annotations

import pytest

from casework.models import Case
from core import jobs
from core.access import SEALED
from core.context import acting_as
from core.models import Job
from core.moment import of_one_moment
from core.services import Refused
from reports.base import REPORTS
from reports.disclosure import K
from reports.models import Snapshot
from reports.params import parse
from reports.publishing.sealed import national_totals
from reports.readers import Reporter
from reports.run import compute, store
from tests import factories
from tests.meanwhile import elsewhere, log_rescue, others_log_rescues

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUALITY = "data-quality"
COUNTING = "open_count_"  # of a reader, or of all


def asked(report):
    return parse({"as_of": "2026-11-24"}, REPORTS[report])


def computed(report):
    row = jobs.request("report", report=report, params=asked(report).as_json())
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == "done", row.failure
    return Snapshot.objects.get(pk=row.result["snapshot"])


@pytest.mark.parametrize("report", [QUALITY, "rescues-and-victims", "survivors-served"])
@pytest.mark.by_turns(3)
def test_a_report_is_of_the_moment_it_began(real_rows, report):
    log_rescue()
    before = compute(REPORTS[report], Reporter(), asked(report)).rows
    with others_log_rescues(COUNTING) as logged:
        during = computed(report).rows
    assert logged
    assert during == before
    assert computed(report).rows != before, "the others' rescues change this report"


def test_what_was_written_while_it_was_computed_is_not_taken_for_counted(real_rows):
    log_rescue()
    with others_log_rescues(COUNTING):
        first = computed("survivors-served")
    second = computed("survivors-served")
    assert second.rows != first.rows
    assert computed("survivors-served") == second


def test_a_worker_that_lost_its_job_between_reading_and_keeping_keeps_nothing(
    real_rows, monkeypatch
):

    def lose(snapshot):
        elsewhere(Job.objects.update, attempts=7)
        store(snapshot)

    log_rescue()
    monkeypatch.setattr("reports.jobs.store", lose)
    row = jobs.request("report", report=QUALITY, params=asked(QUALITY).as_json())
    jobs.run(row.pk)
    assert not Snapshot.objects.exists()
    assert Job.objects.get(pk=row.pk).state == "running"


@pytest.mark.nightly
def test_what_others_write_is_not_taken_for_sealed_cases(real_rows, office):
    """A release adds what is sealed by the difference of two computations."""
    sealed = factories.case(office)
    manager = factories.user("data_officer", factories.office("global"))
    log_rescue()
    snapshot = computed("survivors-served")
    Case.objects.filter(pk=sealed.pk).update(level=SEALED)
    others = others_log_rescues("open_release_context", people=K)
    with acting_as(manager.pk), others as logged:
        assert national_totals(snapshot, manager) == {}
    assert logged


@pytest.mark.nightly
def test_where_others_never_stop_writing_it_is_refused_in_words(real_rows):
    with pytest.raises(Refused, match="Other people are changing records right now"):
        of_one_moment(lambda: elsewhere(log_rescue))
