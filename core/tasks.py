"""What Celery calls. Ids in, one call, nothing else: no rule lives here."""

from celery import shared_task
from django.conf import settings

from core import jobs, timetable
from core.chain import linking


@shared_task(name="core.run_job")
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """Ring again for every job nobody works on, until the next sweep does.

    A bell that nobody heard within a sweep expires: bells must not pile up behind a long job.
    Whoever sweeps is alive, which Today and reports ask.
    """
    jobs.note_life()
    for job_id, kind in jobs.unclaimed():
        if not jobs.ring(job_id, kind, expires=settings.JOB_SWEEP.total_seconds()):
            return


@shared_task(name="core.link_history")
def link_history(*, everything: bool = False) -> None:
    linking.link_waiting(everything=everything)


@shared_task(name="core.request_job")
def request_job(kind: str) -> None:
    """What the clock asks for is done once for each time it is due, whoever asks again."""
    jobs.request_due(kind, timetable.due(kind))
