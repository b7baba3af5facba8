"""A server like that of the tests, and a streaming replica of it, each in a directory of its own.

The server of the tests itself is followed by none: it holds transactions open with more savepoints
than a new replica takes in.
"""

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
def followed(home: Path) -> Iterator[tuple[Path, Path]]:
    """The directories of their sockets. Skipped in words where the server is not our own."""
    ours = "DATABASE_URL" not in os.environ
    root = os.geteuid() == 0
    needed("yes" if ours and (not root or unprivileged.can_enter_namespace()) else None, REPLICA)
    usual = parse_dsn(database_urls()["owner"])["host"]
    with (
        _copied(usual, home / "first") as first,
        _copied(first, home / "second", "--write-recovery-conf") as second,
    ):
        yield first, second


@contextmanager
def _copied(of: Path | str, home: Path, *said: str) -> Iterator[Path]:
    server = postgres._choose(postgres._made_by(var_dir()), None)
    home.mkdir()
    ground = unprivileged.footing(home, server)
    program = programs.program("pg_basebackup", server.major)
    copy = [program, "--host", of, "--username=postgres", "--pgdata", home / "pg", *said]
    copy += ["--wal-method=stream", "--checkpoint=fast", "--no-sync", "--no-manifest"]
    done = subprocess.run(
        copy, preexec_fn=ground.before, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    try:
        yield postgres.start(home)
    finally:
        postgres.stop(home)
