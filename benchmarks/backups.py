"""What a backup, its restore and a drill take: CPU seconds, the highest memory, the size.

Each is the command as an operator types it. CPU is that of the command, of the programs it starts
and of PostgreSQL; the server of a drill counts with its command. Promise: the command itself stays
below 512 MiB, however many cases.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyrage

from benchmarks.harness import connect, load, scratch_database
from core.local import database_urls
from core.local.paths import ROOT
from tests import databases
from tests.cost import cpu_seconds

REACH = 512  # MiB
RESTORED = "casework_bench_restored"
MIB = 1 << 20


def main(scale: float) -> None:
    with scratch_database() as urls, tempfile.TemporaryDirectory() as name:
        load(urls, scale)
        folder = Path(name)
        keys = [pyrage.x25519.Identity.generate() for _ in range(2)]
        (folder / "key").write_text(f"{keys[0]}\n")
        env = os.environ | {
            "CASEWORK_ENV": "test",
            "CASEWORK_AS_OWNER": "1",
            "BACKUP_TO": str(folder / "backups"),
            "BACKUP_RECIPIENTS": ",".join(str(key.to_public()) for key in keys),
            "CASEWORK_FILES": str(folder / "files"),
            "DRILL_FOLDER": str(folder / "drills"),
            "DATABASE_ADMIN_URL": urls["owner"].replace("casework_owner@", "postgres@"),
        }
        (folder / "files").mkdir()
        identity = ["--identity", str(folder / "key")]
        cases = f"{int(250_000 * scale):,} cases"
        measure(f"backup, {cases}", ["backup"], env | addresses(urls["owner"]))
        (made,) = (folder / "backups").iterdir()
        with connect(urls["owner"]).cursor() as cursor:
            cursor.execute("select pg_database_size(current_database())")
            (there,) = cursor.fetchone()
        size = made.stat().st_size
        print(f"size, {cases}: {size / MIB:.0f} MiB of a database of {there / MIB:.0f} MiB")
        measure(f"drill, {cases}", ["drill", *identity], env | addresses(urls["owner"]))
        elsewhere = addresses(databases.named(urls["owner"], RESTORED))
        elsewhere["CASEWORK_FILES"] = str(folder / "restored")
        try:
            measure(f"restore, {cases}", ["restore", made.name, *identity], env | elsewhere)
        finally:
            databases.drop(database_urls()["owner"], RESTORED)


def addresses(owner: str) -> dict[str, str]:
    return {
        "DATABASE_URL": owner,
        "DATABASE_OWNER_URL": owner,
        "BACKUP_DATABASE_URL": owner.replace("casework_owner@", "casework_backup@"),
    }


def measure(name: str, command: list[str], env: dict[str, str]) -> None:
    before, began = cpu_seconds(), time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=env)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name} failed.")
    # What `wait4` counts is in `cpu_seconds` as well, by the children of this process.
    spent, took, most = cpu_seconds() - before, time.monotonic() - began, used.ru_maxrss / 1024
    missed = "" if most < REACH else "  MISSED"
    print(
        f"{name}: {spent:.0f} s CPU, {took:.0f} s, {most:.0f} MiB (reach < {REACH}){missed}",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
