"""The three thousand survivors of former years, loaded by bulk as the owner: at most 20 s.

CPU of Python and of its backend; wall time stands beside it and moves with the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.harness import MILLION, ROOT, cpu_of, scratch_database

REACH = 20  # seconds


def main() -> None:
    """As the owner, whom a migrated database of the application does not let in: in a child."""
    with scratch_database() as urls:
        owner = {"CASEWORK_AS_OWNER": "1", "DATABASE_OWNER_URL": urls["owner"]}
        here = [sys.executable, "-m", "benchmarks.many", "load"]
        subprocess.run(here, cwd=ROOT, env=os.environ | owner, check=True)


def load() -> None:
    import django  # noqa: PLC0415 - it reads the environment that the parent set

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415

    from intake.demo import world  # noqa: PLC0415
    from intake.demo.many import load_many  # noqa: PLC0415
    from victims.models import Victim  # noqa: PLC0415

    with transaction.atomic():
        world.load()
        before, backend = Victim.objects.count(), connection.connection.info.backend_pid
        wall, cpu = time.perf_counter(), time.process_time_ns() + cpu_of(backend)
        load_many()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        cpu = time.process_time_ns() + cpu_of(backend) - cpu
        wall = time.perf_counter() - wall
        made = Victim.objects.count() - before
    seconds = cpu / MILLION / 1000
    missed = "" if seconds <= REACH else "  MISSED"
    print(
        f"{made:,} survivors by bulk: {seconds:.1f} s CPU, {wall:.1f} s wall (reach <= {REACH} s)"
        f"{missed}",
        flush=True,
    )


if __name__ == "__main__":
    load() if sys.argv[1:] == ["load"] else main()
