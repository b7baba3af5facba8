"""The Celery application. Jobs are rows (`core.jobs`); Celery only runs them."""

import os

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.conf.settings")

app = Celery("casework")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_django_does(**_: object) -> None:
    """Celery's own logging prints arguments; ours prints an allow-list."""


@worker_init.connect
@beat_init.connect
def _refuse_unsafe(**_: object) -> None:
    from core.preflight import refuse_unsafe  # noqa: PLC0415 - it needs the apps

    refuse_unsafe()


@worker_ready.connect
def _sweep(**_: object) -> None:
    """A worker that starts picks up what was asked for while nobody listened."""
    app.send_task("core.sweep_jobs", expires=10)
