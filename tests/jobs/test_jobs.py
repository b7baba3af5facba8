"""The rules of a job's row: who may take it, who may finish it, what a failure leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from casework.conf import app
from core import jobs, tasks, timetable
from core.models import IdempotencyKey, Job, JobState
from tests import factories

pytestmark = pytest.mark.django_db
KIND = "test-unit"


@pytest.fixture
def does(monkeypatch):
    """`does(function)`: what jobs of the kind under test do."""

    def declare(run: Any = lambda run: None) -> None:
        monkeypatch.setitem(jobs.KINDS, KIND, run)

    declare()
    return declare


@pytest.fixture
def bells(monkeypatch):
    """What was sent to the broker: (arguments, options)."""
    rung: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(app, "send_task", lambda _name, ids, **kw: rung.append((ids, kw)))
    return rung


def made(state: str = JobState.QUEUED, lease: int | None = None, **fields: Any) -> Job:
    until = None if lease is None else timezone.now() + timedelta(seconds=lease)
    return Job.objects.create(kind=KIND, state=state, lease_until=until, **fields)


def take(row: Job) -> jobs.Run:
    run = jobs.claim(row.pk)
    assert run is not None
    return run


def test_asking_makes_a_row_and_rings_after_the_commit(
    does, bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as later:
        row = jobs.request(KIND, actor=factories.user(), since="2026-01-01")
    assert (row.state, row.attempts, row.parameters) == ("queued", 0, {"since": "2026-01-01"})
    assert bells == []
    for ring in later:
        ring()
    # An id and nothing else; and no waiting for a broker that is away.
    assert bells == [([str(row.pk)], {"retry": False, "expires": None})]


def test_an_unknown_kind_is_refused_where_it_is_asked_for():
    with pytest.raises(LookupError, match="No job is called brew-coffee"):
        jobs.request("brew-coffee")


def test_two_clocks_ask_for_one_job_each_time_it_is_due(bells, monkeypatch):
    """Also where the clock of whoever hears it is a little behind that of whoever said it."""

    def at(hour: int, minute: int, second: int = 0) -> None:
        moment = datetime(2026, 11, 28, hour, minute, second, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        tasks.request_job("destroy-workbooks")  # due at a quarter past each hour

    at(3, 14, 30)
    at(3, 15)
    at(3, 40)
    assert [row.due_at for row in Job.objects.all()] == [datetime(2026, 11, 28, 3, 15, tzinfo=UTC)]
    at(4, 15)
    assert Job.objects.count() == 2


def test_what_is_due_is_the_last_time_also_of_the_day_before(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 28, 0, 10, tzinfo=UTC))
    assert timetable.due("nightly-figures") == datetime(2026, 11, 27, 20, 10, tzinfo=UTC)
    assert timetable.due("report") is None


def test_each_time_of_the_timetable_is_one_of_every_day():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if entry["task"] == "core.request_job":
            clock = entry["schedule"]
            days = (clock.day_of_week, clock.day_of_month, clock.month_of_year)
            assert [len(each) for each in days] == [7, 31, 12]


@pytest.mark.parametrize("fault", [BrokerError, OSError, ValueError])
def test_no_fault_of_the_bell_harms_who_asked(
    does, monkeypatch, fault, django_capture_on_commit_callbacks
):
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(app, "send_task", fail)
    with django_capture_on_commit_callbacks(execute=True):
        row = jobs.request(KIND)
    assert Job.objects.get(pk=row.pk).state == "queued"


@pytest.mark.parametrize(
    ("state", "lease", "free"),
    [
        (JobState.QUEUED, None, True),
        (JobState.RUNNING, 30, False),
        (JobState.RUNNING, -1, True),
        (JobState.DONE, None, False),
        (JobState.FAILED, None, False),
        (JobState.CANCELLED, None, False),
    ],
)
def test_who_may_be_taken(does, bells, state, lease, free):
    row = made(state, lease)
    assert jobs.unclaimed() == ([(row.pk, row.kind)] if free else [])
    tasks.sweep_jobs()
    assert [ids for ids, _options in bells] == ([[str(row.pk)]] if free else [])
    run = jobs.claim(row.pk)
    assert (run is not None) == free
    if run:
        assert run.attempt == 1
        assert Job.objects.get(pk=row.pk).state == "running"
        assert jobs.claim(row.pk) is None  # never twice within a lease


def test_the_bells_of_the_sweep_expire_with_the_next_sweep(does, bells, settings):
    made()
    tasks.sweep_jobs()
    assert bells[0][1] == {"retry": False, "expires": settings.JOB_SWEEP.total_seconds()}


def test_a_sweep_without_a_broker_ends_at_once(does, monkeypatch):
    made(), made()
    tries = []

    def away(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise BrokerError

    monkeypatch.setattr(app, "send_task", away)
    tasks.sweep_jobs()
    assert len(tries) == 1


def test_a_kind_this_process_does_not_know_is_left_to_others():
    row = Job.objects.create(kind="of-a-newer-version")
    assert jobs.claim(row.pk) is None
    assert jobs.unclaimed() == []
    assert Job.objects.get(pk=row.pk).state == "queued"


def test_the_result_is_kept(does):
    does(lambda run: {"rows": 3})
    row = made()
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.result, row.attempts, row.lease_until) == ("done", {"rows": 3}, 1, None)
    assert row.finished_at is not None
    jobs.run(row.pk)
    assert Job.objects.get(pk=row.pk).attempts == 1  # a second bell changes nothing


def test_progress_is_written_and_renews_the_lease(does):
    run = take(made())
    Job.objects.update(lease_until=timezone.now())
    run.progress(2, 5)
    row = Job.objects.get()
    assert (row.done, row.total) == (2, 5)
    assert row.lease_until is not None
    assert row.lease_until > timezone.now() + timedelta(seconds=30)


def test_who_was_overtaken_writes_nothing(does):
    def overtaken(run: jobs.Run) -> None:
        factories.agency(name="Half done")
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert take(run.job).attempt == 2

    does(overtaken)
    row = made()
    jobs.run(row.pk)
    row.refresh_from_db()
    # In this test both attempts share a transaction, so the second one's claim goes back too.
    assert row.state == "running"
    assert row.result is None
    assert not type(factories.agency()).objects.filter(name="Half done").exists()


@pytest.mark.parametrize("act", ["progress", "finish"])
def test_the_fence_is_the_number_of_the_attempt(does, act):
    row = made()
    first = take(row)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = take(row)
    with pytest.raises(jobs.Overtaken):
        first.progress(1, 1) if act == "progress" else first.finish(state=JobState.DONE)
    second.finish(state=JobState.DONE)
    assert Job.objects.get().state == "done"


def test_a_cancelled_job_stops_at_its_next_step(does):
    steps = []

    def cancelled(run: jobs.Run) -> None:
        Job.objects.update(state=JobState.CANCELLED, lease_until=None)
        steps.append(1)
        run.progress(1, 2)
        steps.append(2)

    does(cancelled)
    row = made()
    jobs.run(row.pk)
    assert steps == [1]


def test_a_failure_is_said_by_its_type_alone(does):
    def fail(run: jobs.Run) -> None:
        raise ValueError("Invented Name")

    does(fail)
    row = made()
    with pytest.raises(ValueError, match="Invented"):
        jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure, row.lease_until) == ("failed", "ValueError", None)


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_goes_away_costs_an_attempt(does, fault):
    def away(run: jobs.Run) -> None:
        raise fault

    does(away)
    row = made()
    with pytest.raises(fault):
        jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("running", 1)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    does()
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 2)


def test_after_too_many_attempts_it_is_left_alone(does):
    does(lambda run: pytest.fail("tried once more"))
    row = made(JobState.RUNNING, -1, attempts=jobs.MAX_ATTEMPTS)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", "TooManyAttempts")


def test_a_job_acts_as_who_asked_for_it(does):
    seen = []

    def look(run: jobs.Run) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('app.user_id', true)")
            seen.append(cursor.fetchone()[0])

    does(look)
    person = factories.user()
    jobs.run(made(requested_by=person).pk)
    jobs.run(made().pk)
    assert seen == [str(person.pk), ""]


def test_long_work_may_take_longer_than_a_page(does):
    seen = []

    def look(run: jobs.Run) -> None:
        with connection.cursor() as cursor:
            for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
                cursor.execute(f"show {name}")
                seen.append(cursor.fetchone()[0])

    does(look)
    jobs.run(made().pk)
    assert seen == ["30min", "30min"]


def test_old_answers_are_forgotten(settings):
    person = factories.user()
    for key in ("old", "new"):
        IdempotencyKey.objects.create(actor=person, key=key, digest=b"")
    long_ago = timezone.now() - settings.IDEMPOTENCY_LIFETIME - timedelta(minutes=1)
    IdempotencyKey.objects.filter(key="old").update(created_at=long_ago)
    row = jobs.request("forget-idempotency-keys")
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.result == {"forgotten": 1}
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]
