"""How jobs run, as measured (security.md §0 rows 12 and 13), and which run by the clock."""

from datetime import timedelta

from celery.schedules import crontab

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 1800  # a figure of a million cases takes minutes, on a busy machine more
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "casework.conf.clock.Clock"
JOB_LEASE = timedelta(seconds=60)
REPORT_TIMEOUT = "300s"
JOB_SWEEP = timedelta(seconds=10)
HISTORY_SWEEP = timedelta(seconds=20)  # an event is linked within a minute
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "core.sweep_jobs",
        "schedule": JOB_SWEEP,
        "options": {"expires": JOB_SWEEP.total_seconds()},
    },
    "link-history": {
        "task": "core.link_history",
        "schedule": HISTORY_SWEEP,
        "options": {"expires": HISTORY_SWEEP.total_seconds()},
    },
    "link-whole-history": {
        "task": "core.link_history",
        "kwargs": {"everything": True},
        "schedule": crontab(minute=25),  # every hour
        "options": {"expires": 1800},
    },
    **{
        kind: {
            "task": "core.request_job",
            "args": [kind],
            "schedule": crontab(minute=minute),  # every hour
            "options": {"expires": 1800},
        }
        for kind, minute in (
            ("send-history-head", 35),
            ("watch-history", 45),
            ("watch-reading", "2,17,32,47"),
        )
    },
    "sweep-deliveries": {
        "task": "exchange.sweep_deliveries",
        "schedule": JOB_SWEEP,
        "options": {"expires": JOB_SWEEP.total_seconds()},
    },
    "send-mail": {"task": "accounts.send_mail", "schedule": timedelta(minutes=1)},
    "forget-idempotency-keys": {
        "task": "core.request_job",
        "args": ["forget-idempotency-keys"],
        "schedule": crontab(hour=3, minute=20),  # an interval would begin anew with every start
        "options": {"expires": 3600},
    },
    "ask-noted": {
        "task": "desk.ask_noted",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "check-derived-tasks": {
        "task": "desk.check_derived_tasks",
        "schedule": crontab(hour=1, minute=40),
        "options": {"expires": 3600},
    },
    "forget-drafts": {
        "task": "core.request_job",
        "args": ["forget-drafts"],
        "schedule": crontab(hour=3, minute=25),
        "options": {"expires": 3600},
    },
    "forget-boxes": {
        "task": "core.request_job",
        "args": ["forget-boxes"],
        "schedule": crontab(hour=3, minute=28),
        "options": {"expires": 3600},
    },
    "forget-deliveries": {
        "task": "core.request_job",
        "args": ["forget-deliveries"],
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
    "destroy-exports": {
        "task": "core.request_job",
        "args": ["destroy-exports"],
        "schedule": crontab(minute=5),  # every hour
        "options": {"expires": 1800},
    },
    "destroy-workbooks": {
        "task": "core.request_job",
        "args": ["destroy-workbooks"],
        "schedule": crontab(minute=15),  # every hour
        "options": {"expires": 1800},
    },
    **{
        kind: {
            "task": "core.request_job",
            "args": [kind],
            "schedule": crontab(hour=19, minute=minute),  # 01:10 in Kolkata, 03:40 in Manila
            "options": {"expires": 3600},
        }
        for kind, minute in (("nightly-matching", 40), ("nightly-offender-matching", 50))
    },
    **{
        kind: {
            "task": "core.request_job",
            "args": [kind],
            "schedule": crontab(hour=2, minute=minute),
            "options": {"expires": 3600},
        }
        for kind, minute in (("sweep-files", 10), ("verify-files", 20), ("scan-files", 30))
    },
    "nightly-figures": {
        "task": "core.request_job",
        "args": ["nightly-figures"],
        "schedule": crontab(hour=20, minute=10),  # 01:40 in Kolkata, 04:10 in Manila
        "options": {"expires": 3600},
    },
    "retention": {
        "task": "core.request_job",
        "args": ["retention"],
        "schedule": crontab(hour=3, minute=40),
        "options": {"expires": 3600},
    },
    "monthly-reports": {
        "task": "core.request_job",
        "args": ["monthly-reports"],
        "schedule": crontab(hour=1, minute=10),  # each day: asks whose day it is
        "options": {"expires": 3600},
    },
    "nightly-backup": {
        "task": "core.request_job",
        "args": ["nightly-backup"],
        "schedule": crontab(hour=21, minute=20),  # 02:50 in Kolkata, 05:20 in Manila
        "options": {"expires": 3600},
    },
    "monthly-drill": {
        "task": "core.request_job",
        "args": ["monthly-drill"],
        "schedule": crontab(hour=22, minute=50),  # each day: asks which day of the month it is
        "options": {"expires": 3600},
    },
    "morning": {
        "task": "core.request_job",
        "args": ["morning"],
        "schedule": crontab(hour=0, minute=30),  # 06:00 in Kolkata, 08:30 in Manila
        "options": {"expires": 3600},
    },
}
