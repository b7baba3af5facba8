"""What a worker takes at most for each report, each question of a dashboard, a night of one
reader, and each export.

A real worker of Celery with a broker of its own does them, each in a fresh process whose highest
resident memory is read (`/proc/self/status`, VmHWM). Promise: below 512 MiB with `--scale 4`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.harness import connect, load, scratch_database
from core.local import broker
from tests.jobs.conftest import House, eventually
from tests.jobs.peak import peaks

REACH = 512  # MiB
PATIENCE = 4 * 3600  # seconds for all of them
OPEN = "select count(*) from core_job where state in ('queued', 'running')"
FAILED = "select id::text, failure from core_job where state = 'failed'"


def main(scale: float, only: str) -> None:
    with scratch_database() as urls, tempfile.TemporaryDirectory() as folder:
        load(urls, scale)
        with connect(urls["owner"]).cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
        var = Path(folder)
        (var / ".casework").touch()
        house = House(urls, var)
        with broker.running_server(var) as (house.redis, _servers):
            try:
                asked = house.ask("long", {"only": only})
                del asked["waits"]
                work(house, var, set(asked))
            finally:
                house.close()
        show(asked, peaks(var), dict(house.rows(FAILED)), int(250_000 * scale))


def work(house: House, var: Path, asked: set[str]) -> None:
    """A worker that picks up all that waits, one job for each process, and says its peak."""
    one_each = ("--concurrency=1", "--max-tasks-per-child=1", "--include=tests.jobs.peak")
    house.celery("worker", *one_each, "--loglevel=WARNING", "--hostname=memory@localhost")
    house.beat()  # it rings again for what was not heard in time
    if not eventually(lambda: house.rows(OPEN) == [(0,)], PATIENCE):
        raise SystemExit(f"Some of {len(asked)} jobs are not done. {house.said()[-2000:]}")
    eventually(lambda: asked <= peaks(var).keys())


def show(asked: dict[str, str], taken: dict[str, int], failed: Any, cases: int) -> None:
    found = sorted(((taken.get(job, 0), name, job) for job, name in asked.items()), reverse=True)
    for size, name, job in found:
        missed = "  MISSED" if size >= REACH else ""
        why = f"  FAILED: {failed[job]}" if job in failed else ""
        print(f"{name}, {cases:,} cases: {size} MiB (reach < {REACH}){missed}{why}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    parser.add_argument("--only", default="", help="what the name of a job must hold: report")
    asked = parser.parse_args()
    main(asked.scale, asked.only)
