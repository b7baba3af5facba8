"""A worker's memory: an export takes as much for fifteen thousand cases as for a thousand, and of
a report no more grows with the data than the ids it keeps.

`benchmarks/memory.py` measures the same at the size of the promise.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core.local import broker, database_urls
from core.local.paths import ROOT
from tests import databases
from tests.jobs.conftest import House, eventually, needs_redis
from tests.jobs.peak import peaks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

NAME = "casework_memory_test" + os.environ.get("PYTEST_XDIST_WORKER", "")
SMALL, LARGE = 1_000, 15_000  # cases
A_CASE = 4  # KiB that a report may hold more for one more case; its rows alone would take 8
MOST = 8  # MiB that a file may take more, whatever its size
OPEN = "select count(*) from core_job where state in ('queued', 'running')"
UNDONE = "select count(*) from core_job where state <> 'done'"


def measured(folder: Path, cases: int) -> dict[str, int]:
    """MiB that a fresh process took at most for each kind of work, with so many cases there."""
    databases.make(NAME)
    urls = {role: databases.named(url, NAME) for role, url in database_urls().items()}
    folder.mkdir()
    (folder / ".casework").touch()
    house = House(urls, folder)
    env = house.environment("app") | {"CASEWORK_AS_OWNER": "1", "DEMO": "1"}
    load = [sys.executable, "manage.py", "generate_load", f"--scale={cases / 250_000}"]
    env |= {"DATABASE_OWNER_URL": urls["owner"], "DJANGO_SETTINGS_MODULE": "casework.conf.settings"}
    subprocess.run(load, cwd=ROOT, env=env, check=True, capture_output=True)
    try:
        with broker.running_redis(folder) as house.redis:
            asked = house.ask("long", {})
            one_each = ("--concurrency=1", "--max-tasks-per-child=1", "--include=tests.jobs.peak")
            house.celery("worker", *one_each, "--loglevel=WARNING", "--hostname=m@localhost")
            house.beat()
            assert eventually(lambda: house.rows(OPEN) == [(0,)], 600), house.said()
        assert house.rows(UNDONE) == [(0,)], house.said()
    finally:
        house.close()
        databases.statement(
            database_urls()["owner"], f"drop database if exists {NAME} with (force)"
        )
    found = peaks(folder)
    return {name: found[job] for job, name in asked.items() if job != "waits"}


@needs_redis
def test_memory_does_not_grow_with_the_data(tmp_path: Path) -> None:
    small = measured(tmp_path / "small", SMALL)
    large = measured(tmp_path / "large", LARGE)
    assert set(small) == set(large)
    more = {name: large[name] - small[name] for name in small}
    report = (LARGE - SMALL) * A_CASE / 1024
    too_much = {
        name: size for name, size in more.items() if size > (MOST if "export" in name else report)
    }
    assert not too_much
