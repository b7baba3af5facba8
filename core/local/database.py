"""Where the database is: the server named in the environment, or else the private one."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg2

from core import servers
from core.database import roles
from core.local import lock, postgres
from core.local.faults import DISK_FULL, Problem, plainly
from core.local.paths import var_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "casework"


def database_urls() -> dict[str, str]:
    """Return one URL per role: app, owner, worker, report, backup.

    With DATABASE_URL in the environment nothing is started. Without it this process becomes a
    user of the private server until it ends.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        return {
            "app": given,
            "owner": os.environ.get("DATABASE_OWNER_URL") or given,
            "worker": os.environ.get("WORKER_DATABASE_URL") or given,
            "report": os.environ.get("REPORT_DATABASE_URL") or given,
            "backup": os.environ.get("BACKUP_DATABASE_URL") or given,
        }
    folder = ensure_running(var_dir())
    return {
        name: f"postgres://casework_{name}@/{DATABASE}?host={quote(str(folder), safe='/')}"
        for name in ("app", "owner", "worker", "report", "backup")
    }


@contextmanager
def opened(url: str) -> Iterator[psycopg2.extensions.cursor]:
    """Yield a cursor there; a database that is away is said plainly."""
    try:
        connection = psycopg2.connect(servers.for_libpq("DATABASE_URL", url))
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Problem(f"The database does not answer ({reason}).") from None
    with closing(connection), connection.cursor() as cursor:
        yield cursor


def ensure_running(var: Path) -> Path:
    """Be a user of the private server and return its socket directory; start it if need be."""
    with plainly():
        if lock.hold(var):
            atexit.register(leave, var)
        folder = _ready(var)
        if folder is None:
            with lock.starting(var):
                folder = _ready(var) or _bring_up(var)
    return folder


def leave(var: Path) -> None:
    """Stop being a user; the last one stops the server."""
    if not var.is_dir():
        return
    with lock.leaving(var) as last:
        if last:
            try:
                postgres.stop(var)
            except Problem as problem:
                sys.stderr.write(f"{problem.code}\n")


def _bring_up(var: Path) -> Path:
    """Start the server and see to roles and database."""
    folder = postgres.start(var)
    try:
        connection = _superuser(folder)
        try:
            roles.provision_roles(
                connection, DATABASE, may_create_databases=True, also_extend=("template1",)
            )
        finally:
            connection.close()
    except psycopg2.errors.DiskFull:
        raise Problem(DISK_FULL) from None
    (var / "pg.ready").write_text(json.dumps({"socket": str(folder), "roles": _roles_digest()}))
    return folder


def _ready(var: Path) -> Path | None:
    """Return the socket directory if the server runs and has the roles this code wants."""
    try:
        note = json.loads((var / "pg.ready").read_text())
        folder = Path(note["socket"])
        known = note["roles"] == _roles_digest()
    except (FileNotFoundError, ValueError, KeyError):
        return None
    if not known or not postgres.is_running(folder):
        return None
    # It may listen and still be recovering, or be somebody's leftover: sign in to know.
    try:
        psycopg2.connect(host=str(folder), user="casework_owner", dbname=DATABASE).close()
    except psycopg2.OperationalError:
        return None
    return folder


def _superuser(folder: Path) -> psycopg2.extensions.connection:
    """Connect as the superuser, patiently: a server that recovers turns callers away at first."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
        except psycopg2.OperationalError as error:
            if time.monotonic() > deadline:
                reason = str(error).strip().splitlines()[-1]
                raise Problem(f"PostgreSQL does not answer ({reason}).") from None
            time.sleep(0.1)


def _roles_digest() -> str:
    return hashlib.sha256(Path(roles.__file__).read_bytes()).hexdigest()[:16]
