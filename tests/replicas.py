"""A streaming replica of the server of the tests, in a directory of its own."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg2.extensions import parse_dsn

from backups import programs
from core.local import database_urls, postgres, unprivileged
from core.local.paths import var_dir
from tests.programs import REPLICA, needed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def following(home: Path) -> Iterator[Path]:
    """The directory of its socket. Skipped in words where the server is not our own."""
    ours = "DATABASE_URL" not in os.environ
    root = os.geteuid() == 0
    needed("yes" if ours and (not root or unprivileged.can_enter_namespace()) else None, REPLICA)
    server = postgres._choose(postgres._made_by(var_dir()), None)
    ground = unprivileged.footing(home, server)
    program = programs.program("pg_basebackup", server.major)
    copy = [program, "--host", parse_dsn(database_urls()["owner"])["host"]]
    copy += ["--username=postgres", "--pgdata", home / "pg", "--write-recovery-conf"]
    copy += ["--wal-method=stream", "--checkpoint=fast", "--no-sync", "--no-manifest"]
    done = subprocess.run(
        copy, preexec_fn=ground.before, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    try:
        yield postgres.start(home)
    finally:
        postgres.stop(home)
