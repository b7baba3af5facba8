"""PgBouncer in transaction mode before a database, as `deploy/pgbouncer.ini` has it, with one
connection to the server for each role and pool.

With `POOLED=1` web servers and workers of the tests find their database behind it: the lane
`make nightly PART=pooled` asks whether all they do goes through.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from django.db import connection, connections
from psycopg2.extensions import parse_dsn

from core.local import database_urls, unprivileged
from core.local.paths import ROOT
from tests.programs import POOLER, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = ROOT / "deploy" / "pgbouncer.ini"
ROLES = ("casework_app", "casework_worker")
PORT = 6432
LANE = os.environ.get("POOLED") == "1"
IN_LANE = 3  # connections of each pool: web servers of the tests have eight threads


@dataclass
class Pooler:
    folder: Path
    database: str

    @property
    def told(self) -> dict[str, str]:
        return {"HOST": str(self.folder), "PORT": str(PORT), "PASSWORD": ""}

    def connect(self, role: str = "casework_app", name: str = "casework"):
        """A connection of libpq, by one of the names that clients know."""
        return psycopg2.connect(host=str(self.folder), port=PORT, user=role, dbname=name)

    @contextmanager
    def acting(self, role: str = "casework_app") -> Iterator[None]:
        """All that asks the database asks through here, as this role."""
        usual = {alias: connections[alias] for alias in ("default", "aside")}
        for alias, name in (("default", "casework"), ("aside", "casework_aside")):
            through = connections.create_connection(alias)
            options = {"application_name": "casework"}
            through.settings_dict = through.settings_dict | self.told | {"OPTIONS": options}
            through.settings_dict |= {"NAME": name, "USER": role}
            connections[alias] = through
        try:
            yield
        finally:
            for alias, before in usual.items():
                connections[alias].close()
                connections[alias] = before


def told(role: str, database: str) -> dict[str, str]:
    """What a process of the tests is told of its database in this lane; nothing in any other."""
    if not LANE:
        return {}
    where = f"?host={_kept(database).folder}&port={PORT}"
    url = f"postgres://casework_{role}@/casework"
    return {"DATABASE_URL": url + where, "DATABASE_ASIDE_URL": f"{url}_aside{where}"}


@cache
def _kept(database: str) -> Pooler:
    """One that runs until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(running(database, IN_LANE))


@contextmanager
def running(database: str = "", size: int = 1) -> Iterator[Pooler]:
    """Before this database, or that of this process. Skipped in words where there is none."""
    program = needed(shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer"), POOLER)
    root = os.geteuid() == 0
    needed("yes" if not root or unprivileged.can_enter_namespace() else None, POOLER)
    with tempfile.TemporaryDirectory(prefix="pool-") as name:  # a short path: it is a socket's
        found = Pooler(Path(name), database or str(connection.settings_dict["NAME"]))
        (found.folder / "users").write_text("".join(f'"{role}" ""\n' for role in ROLES))
        (found.folder / "pgbouncer.ini").write_text(_configured(found, size))
        with (found.folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [program, "--quiet", str(found.folder / "pgbouncer.ini")],
                stderr=log,
                preexec_fn=unprivileged.enter_namespace if root else None,  # noqa: PLW1509
            )
        try:
            _wait(found, process)
            yield found
        finally:
            process.send_signal(signal.SIGQUIT)  # at once, whoever is connected
            process.wait()


def _configured(pooler: Pooler, size: int) -> str:
    """What is shipped, with the addresses of this place and pools of this size."""
    text = SHIPPED.read_text()
    there = parse_dsn(database_urls()["app"])
    server = f"host={there.get('host', '127.0.0.1')} port={there.get('port', '5432')}"
    server += f" dbname={pooler.database}"
    text = text.replace("host=127.0.0.1 port=5432 dbname=casework", server)
    said = {"listen_addr": "", "unix_socket_dir": pooler.folder, "auth_type": "trust"}
    said |= {
        "auth_file": pooler.folder / "users",
        "default_pool_size": size,
        "query_wait_timeout": 5,
    }
    for key, value in said.items():
        text, found = re.subn(rf"(?m)^{key} =.*$", f"{key} = {value}", text)
        assert found == 1, key
    return text.replace("pool_size=5", f"pool_size={size}")


def _wait(pooler: Pooler, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while True:
        with suppress(psycopg2.OperationalError):
            pooler.connect().close()
            return
        assert process.poll() is None, (pooler.folder / "log").read_text()
        assert time.monotonic() < deadline, (pooler.folder / "log").read_text()
        time.sleep(0.02)
