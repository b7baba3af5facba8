"""With the configuration that is shipped, what was written a moment before the server was lost is
there again; and so is how things stood before somebody's mistake."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg2
import pytest

from core.local import postgres
from core.local.paths import ROOT
from tests.databases import statement

if TYPE_CHECKING:
    from datetime import datetime

WITHIN = 300  # seconds that may be lost at most


class Machine:
    """A database server and its archive."""

    def __init__(self, home: Path) -> None:
        self.var, self.repository = home / "var", home / "repository"
        for folder in (self.var, self.repository):
            folder.mkdir(parents=True)
        self.env = os.environ | {
            "PGBACKREST_CONFIG": str(ROOT / "deploy/pgbackrest.conf"),
            "PGBACKREST_REPO1_PATH": str(self.repository),
            "PGBACKREST_REPO1_CIPHER_PASS": "invented for a test",
            "PGBACKREST_PG1_PATH": str(self.var / "pg"),
            "PGBACKREST_PG1_SOCKET_PATH": str(home / "unset"),
            "PGBACKREST_LOCK_PATH": str(home / "lock"),
            "PGBACKREST_SPOOL_PATH": str(home / "spool"),
        }

    def start(self, patch) -> None:
        for name in self.env:
            if name.startswith("PGBACKREST"):
                patch.setenv(name, self.env[name])
        folder = postgres.start(self.var)
        self.env["PGBACKREST_PG1_SOCKET_PATH"] = str(folder)
        self.url = f"postgres://postgres@/postgres?host={quote(str(folder), safe='/')}"

    def archive(self, *command: str) -> str:
        done = ["pgbackrest", "--stanza=casework", *command]
        said = subprocess.run(done, env=self.env, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def say(self, text, *values):
        return statement(self.url, text, *values)

    def lose(self) -> None:
        """The machine is gone: nothing of the database is left."""
        pid = int((self.var / "pg/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        shutil.rmtree(self.var / "pg")


@pytest.fixture
def machine(tmp_path_factory, monkeypatch):
    made = Machine(tmp_path_factory.mktemp("machine"))
    made.start(monkeypatch)
    data = made.var / "pg"
    with (data / "postgresql.conf").open("a") as conf:
        conf.write(f"include '{ROOT / 'deploy/archive.conf'}'\n")
    postgres.stop(made.var)
    made.start(monkeypatch)
    yield made
    postgres.stop(made.var)


def archived(machine: Machine) -> None:
    """What was written until now lies in the archive."""
    ((wanted,),) = machine.say("select pg_walfile_name(pg_switch_wal())")
    last = "select coalesce(last_archived_wal, '') >= %s from pg_stat_archiver"
    deadline = time.monotonic() + 60
    while machine.say(last, wanted) != [(True,)]:
        assert time.monotonic() < deadline, machine.say("select * from pg_stat_archiver")
        time.sleep(0.1)


@pytest.mark.nightly
@pytest.mark.skipif(not shutil.which("pgbackrest"), reason="needs pgbackrest")
def test_lost_and_restored(machine, monkeypatch):
    ((timeout, mode),) = machine.say(
        "select extract(epoch from current_setting('archive_timeout')::interval),"
        " current_setting('archive_mode')"
    )
    assert (timeout <= WITHIN, mode) == (True, "on")
    machine.archive("stanza-create")
    machine.say("create table note (text text)")
    machine.archive("--type=full", "backup")
    time.sleep(2)  # a backup knows when it ended to the second
    machine.say("insert into note values ('before')")
    archived(machine)
    ((moment,),) = machine.say("select clock_timestamp()")
    machine.say("delete from note")
    machine.say("insert into note values ('a mistake')")
    archived(machine)
    assert not any(b"a mistake" in p.read_bytes() for p in machine.repository.rglob("*.zst"))

    machine.lose()
    machine.archive("restore")
    machine.start(monkeypatch)
    assert _when_ready(machine) == [("a mistake",)]

    machine.lose()
    until = ["--type=time", f"--target={_said(moment)}", "--target-action=promote"]
    machine.archive(*until, "restore")
    machine.start(monkeypatch)
    assert _when_ready(machine) == [("before",)]


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}+00"


def _when_ready(machine: Machine):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if machine.say("select pg_is_in_recovery()") == [(False,)]:
                return machine.say("select text from note")
        except psycopg2.OperationalError:
            pass
        time.sleep(0.2)
    raise AssertionError("it did not come up")
