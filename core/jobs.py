"""Long work. A job is a row with a lease; Celery rings the bell, the row decides.

A step that finds its lease taken over does nothing more: it is fenced by the number of the
attempt. The effect and the state `done` are committed together, so a worker killed at any moment
leaves one result.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from psycopg2.errorcodes import QUERY_CANCELED

from core import traces
from core.context import acting_as, at_work
from core.database import replica
from core.database.long_work import of_one_moment, take_time
from core.days import clock
from core.drafting import Draft
from core.files import disk
from core.files.bucket_files import Away
from core.models import Heartbeat, IdempotencyKey, Job, JobState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from core.database.long_work import Written

log = logging.getLogger("core.jobs")
KINDS: dict[str, Callable[[Run], Any]] = {}
QUEUES: dict[str, str] = {}
OF_ONE_MOMENT: set[str] = set()
MAX_ATTEMPTS = 5
# The database went away, or a limit of time or a deadlock stopped the attempt: worth another.
PASSING = (OperationalError, InterfaceError, Away)


def took_too_long(fault: BaseException) -> bool:
    """Whether the database stopped this one statement. What else was asked may well succeed."""
    return getattr(fault.__cause__, "pgcode", None) == QUERY_CANCELED


class Overtaken(Exception):
    """Another worker owns the job now, or someone cancelled it."""


def job(
    kind: str, *, one_moment: bool = False, queue: str = ""
) -> Callable[[Callable[[Run], object]], Callable[[Run], object]]:
    """Declare the function that does jobs of this kind, and returns their result.

    It must be safe to start again; what takes long says by `progress` how far it is, and learns
    there that it was cancelled. Web and workers must both import the module it is declared in.

    `one_moment`: the function reads the data as they are at one moment, perhaps on a replica, while
    others go on writing, and returns a second function. That one writes what came of it, the trail
    of what was read with it, and returns the result, in a transaction of its own.

    `queue`: the bell is heard only by workers that listen to it (`--queues`), since they alone
    were told what the work needs.
    """

    def declare(run: Callable[[Run], object]) -> Callable[[Run], object]:
        KINDS[kind] = run
        if one_moment:
            OF_ONE_MOMENT.add(kind)
        if queue:
            QUEUES[kind] = queue
        return run

    return declare


def request(kind: str, *, actor: Any = None, **parameters: object) -> Job:
    """Ask for work, in the transaction of whoever asks; the bell rings after the commit."""
    return request_each(kind, [parameters], actor=actor)[0]


def request_each(kind: str, asked: Iterable[dict[str, object]], *, actor: Any) -> list[Job]:
    """The same for several, by their parameters."""
    _known(kind)
    rows = [Job(kind=kind, requested_by=actor, parameters=parameters) for parameters in asked]
    for row in Job.objects.bulk_create(rows):
        _ring_later(row)
    return rows


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise LookupError(f"No job is called {kind}.")


def request_due(kind: str, due_at: datetime | None) -> Job:
    """Ask for what is due by the clock. Two clocks, or a bell rung twice: one job."""
    if due_at is None:  # of no timetable: asked for by hand
        return request(kind)
    _known(kind)
    row, is_new = Job.objects.get_or_create(kind=kind, due_at=due_at)
    if is_new:
        _ring_later(row)
    return row


def _ring_later(row: Job) -> None:
    """Robust: the work is asked for and committed; no fault of a bell makes that untrue."""
    transaction.on_commit(lambda: ring(row.pk, row.kind), robust=True)


def ring(job_id: object, kind: str = "", *, expires: float | None = None) -> bool:
    """Tell the workers. False: the broker is away, and a later sweep finds the row."""
    try:
        where = {"queue": QUEUES[kind]} if kind in QUEUES else {}
        current_app.send_task("core.run_job", [str(job_id)], retry=False, expires=expires, **where)
    except BrokerError:
        return False
    return True


@dataclass
class Run:
    """One attempt at a job, as the function that does it sees it."""

    job: Job
    attempt: int

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, for everyone to see. Raises `Overtaken`."""
        if not self._hold(done=done, total=total):
            raise Overtaken

    def finish(self, **changes: object) -> None:
        """End the attempt in the transaction of its effect. Raises `Overtaken`."""
        if not self._own("default", finished_at=Now(), lease_until=None, **changes):
            raise Overtaken

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the lease within the block, however long a step takes. A process that is killed or
        stopped keeps nothing."""
        over = Event()
        keeper = Thread(target=self._keep, args=[over], daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()

    def _keep(self, over: Event) -> None:
        try:
            while not over.wait(settings.JOB_LEASE.total_seconds() / 3):
                with suppress(*PASSING):  # whoever does the work finds out by itself
                    if not self._hold():
                        return
        finally:
            connections[settings.ASIDE_DATABASE].close()  # this thread has one of its own

    def _hold(self, **changes: object) -> int:
        lease = Now() + settings.JOB_LEASE
        held = self._own(settings.ASIDE_DATABASE, lease_until=lease, **changes)
        note_life(settings.ASIDE_DATABASE)  # where all are at long work, nobody sweeps
        return held

    def _own(self, using: str, **changes: object) -> int:
        mine = Job.objects.using(using).filter(
            pk=self.job.pk, state=JobState.RUNNING, attempts=self.attempt
        )
        return mine.update(**changes, updated_at=Now())


def free() -> Q:
    """Jobs nobody works on: queued, or running past their lease, of a kind this process knows."""
    idle = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now())
    return idle & Q(kind__in=KINDS)


@transaction.atomic  # the row stays locked until its number is read: no two runs share one
def claim(job_id: Any) -> Run | None:
    """Take a queued job, or one whose worker died. None: somebody else has it."""
    taken = Job.objects.filter(free(), pk=job_id).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=Now() + settings.JOB_LEASE,
        updated_at=Now(),
    )
    if not taken:
        return None
    row = Job.objects.get(pk=job_id)
    return Run(row, row.attempts)


def run(job_id: object) -> None:
    """One attempt: claim, do, finish. What the job writes commits together with `done`."""
    attempt = claim(job_id)
    if attempt is None:
        return
    with suppress(Overtaken):
        try:
            with attempt.held(), at_work(), traces.of_job(attempt.job.kind):
                _attempt(attempt)
        except (Overtaken, *PASSING) as exc:
            disk.noted(exc)
            raise  # of the latter the lease runs out, and the job is tried again
        except Exception as exc:
            if disk.noted(exc):
                raise  # somebody makes room, and it is tried again
            facts = {"job": str(job_id), "kind": attempt.job.kind, "attempt": attempt.attempt}
            log.exception("job failed", extra=facts)
            attempt.finish(state=JobState.FAILED, failure=type(exc).__name__)
            raise


def _attempt(attempt: Run) -> None:
    if attempt.attempt > MAX_ATTEMPTS:
        attempt.finish(state=JobState.FAILED, failure="TooManyAttempts")
        return
    with clock.by(clock.of(attempt.job.requested_by)):
        _work(attempt)


def _work(attempt: Run) -> None:
    made, actor = partial(KINDS[attempt.job.kind], attempt), attempt.job.requested_by_id
    work: Written = made
    if attempt.job.kind in OF_ONE_MOMENT:
        work = replica.read(partial(of_one_moment, made, actor))
    with acting_as(actor):
        take_time()
        attempt.finish(state=JobState.DONE, result=work())


def unclaimed() -> list[tuple[UUID, str]]:
    """The oldest jobs nobody works on, each with its kind."""
    return list(Job.objects.filter(free()).order_by("created_at").values_list("pk", "kind")[:500])


@job("forget-idempotency-keys")
def forget_idempotency_keys(run: Run) -> dict[str, int]:
    """Answers are kept 30 days for repeated sends, then forgotten."""
    old = IdempotencyKey.objects.filter(created_at__lt=Now() - settings.IDEMPOTENCY_LIFETIME)
    forgotten, _by_table = old.delete()
    return {"forgotten": forgotten}


@job("forget-drafts")
def forget_drafts(run: Run) -> dict[str, int]:
    """What was typed and not saved is kept some days after the last word."""
    old = Draft.objects.filter(kept_at__lt=Now() - settings.DRAFT_LIFETIME)
    forgotten, _by_table = old.delete()
    return {"forgotten": forgotten}


def cancel(row: Job) -> bool:
    """Stop a job; a worker at it finds out at its next step. False: it is over already."""
    under_way = Job.objects.filter(pk=row.pk, state__in=(JobState.QUEUED, JobState.RUNNING))
    stopped = under_way.update(
        state=JobState.CANCELLED, finished_at=Now(), lease_until=None, updated_at=Now()
    )
    return bool(stopped)


SILENCE = timedelta(seconds=40)  # four sweeps missed


def note_life(using: str = "default") -> None:
    """A worker says that it is there."""
    rows = Heartbeat.objects.using(using)
    if not rows.filter(pk=1).update(at=Now()):
        rows.update_or_create(pk=1, defaults={"at": Now()})


def how_far(row: Job | None, *, under_way: bool) -> dict[str, object]:
    """How far it is, in what pages of progress show; also when no worker answers."""
    return {
        "under_way": under_way,
        "done": row.done if row else 0,
        "total": (row.total if row else None) or 0,
        "silent_since": silent_since() if under_way else None,
    }


def silent_since() -> datetime | None:
    """Since when no worker has answered; nothing while they do."""
    last = Heartbeat.objects.filter(pk=1).first()
    if last is None or last.at < timezone.now() - SILENCE:
        return last.at if last else settings.STARTED_AT
    return None
