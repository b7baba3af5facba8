"""Kinds of jobs for the tests, loaded by the worker with `--include tests.jobs.kinds`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.db import connection

from core.jobs import Run, job
from tests.jobs.networks import network

STEPS = 5


@job("test-effect")
def effect(run: Run) -> dict[str, Any]:
    """Write a row, then wait for the gate (a file) to open, telling how far it is; or else for
    `slow` seconds, in one step.

    The table has no unique index: what is done twice is seen twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into test_effect (job_id, attempt, network) values (%s, %s, %s)",
            [run.job.pk, run.attempt, network()],
        )
        cursor.execute("select current_user")
        (role,) = cursor.fetchone()
        cursor.execute("select pg_sleep(%s)", [float(run.job.parameters.get("slow", 0))])
    if "breaks" in run.job.parameters:
        raise ZeroDivisionError(run.job.parameters["breaks"])
    gate = run.job.parameters.get("gate")
    run.progress(1, STEPS)
    while gate and not Path(gate).exists():
        run.progress(2, STEPS)
        time.sleep(0.05)
    run.progress(STEPS, STEPS)
    return {"role": role}
