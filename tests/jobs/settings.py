"""Settings of the worker under test: as in development, but the clocks of jobs run fast."""

from datetime import timedelta

from casework.conf.settings import *  # noqa: F403, TID251

JOB_LEASE = timedelta(seconds=3)
JOB_SWEEP = timedelta(seconds=1)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "core.sweep_jobs",
        "schedule": JOB_SWEEP,
        "options": {"expires": 1},
    },
    "sweep-deliveries": {
        "task": "exchange.sweep_deliveries",
        "schedule": JOB_SWEEP,
        "options": {"expires": 1},
    },
    "morning": CELERY_BEAT_SCHEDULE["morning"],  # noqa: F405
}
WEBHOOKS_TO_LOOPBACK = True
