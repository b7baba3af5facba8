"""What Celery calls. Ids in, one call, nothing else: no rule lives here."""

from celery import shared_task

from core import jobs


@shared_task(name="core.run_job")
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """Ring again for every job nobody works on."""
    for job_id in jobs.waiting():
        run_job.apply_async([str(job_id)], retry=False)


@shared_task(name="core.request_job")
def request_job(kind: str) -> None:
    jobs.request(kind)
