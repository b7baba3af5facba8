"""PostgreSQL's own programs, and how they are told where the database is: never by arguments,
which everybody on the machine can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from psycopg2.extensions import parse_dsn

from backups.faults import Fault
from core.local import binaries
from core.local.faults import means_disk_full

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}


def program(name: str, at_least: int) -> Path:
    """The oldest that is of this version or newer: an older one cannot read what a newer one wrote,
    and a newer one asks an older server for what that does not have."""
    on_path = shutil.which(name)
    places = [server.bin / name for server in binaries.servers()]
    places += [Path(on_path)] if on_path else []
    versions = {place: major(place) for place in places if place.exists()}
    fit = sorted((its, place) for place, its in versions.items() if its and its >= at_least)
    if not fit:
        raise Fault(
            f"{name} of PostgreSQL {at_least} or newer is not on this machine."
            f" Debian: apt-get install postgresql-client-{at_least}."
        )
    return fit[0][1]


def major(path: Path) -> int | None:
    """The version of PostgreSQL that a program is of, if it says so."""
    done = subprocess.run(  # noqa: S603 - found by us
        [path, "--version"], capture_output=True, text=True, check=False
    )
    match = re.search(r"PostgreSQL\)? (\d+)", done.stdout)
    return int(match[1]) if match else None


def environment(url: str) -> dict[str, str]:
    """What the program is to know of the database, and in which language it is to speak."""
    values = {
        VARIABLES[key]: str(value) for key, value in parse_dsn(url).items() if key in VARIABLES
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | values | {"LC_ALL": "C", "PGCONNECT_TIMEOUT": "20"}


@contextmanager
def running(
    command: list[Any], url: str, doing: str, stdin: int | None = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A program within the block. If it fails, or the block does, nothing of it is left."""
    process = subprocess.Popen(  # noqa: S603 - found by us, without a shell
        command,
        env=environment(url),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        with suppress(BrokenPipeError):  # it ended early: what it says is told below
            yield process
            _close(process.stdin)
        _close(process.stdout)
        complaint = _last(process.stderr)
        if process.wait() != 0:
            raise failed(doing, process.returncode, complaint)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with suppress(BrokenPipeError):
                _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe and not pipe.closed:
        pipe.close()


def _last(stderr: IO[bytes] | None) -> str:
    """The end of what it complained of; a program that complains much is not waited for."""
    tail = b""
    while stderr and (part := stderr.read(4096)):
        tail = (tail + part)[-4096:]
    return tail.decode(errors="replace")


def failed(doing: str, code: int, complaint: str) -> Fault:
    """Its own sentence, without the values that PostgreSQL adds to it."""
    if means_disk_full(complaint):
        return Fault(f"{doing}: the disk is full. Make room and try again.")
    if code < 0:
        return Fault(f"{doing}: it was ended from outside (signal {-code}). Try again.")
    lines = [line for line in complaint.splitlines() if re.search(r"(error|FATAL): ", line)]
    reason = re.sub(r"^.*?(error|FATAL): +", "", lines[0]) if lines else f"exit code {code}"
    return Fault(f"{doing}: {reason.rstrip('.')}.")
