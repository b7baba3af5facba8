"""A Casework of this session's own: gunicorn as `casework_app` on a fresh demonstration."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings

from core.local import database_urls
from core.local.paths import ROOT
from core.local.provision import static_digest
from tests import databases, pooler
from tests.databases import statement

NAME = f"casework_browser_{os.getpid()}"
LIKE = r"^casework_browser_\d+(_new)?$"
A_DAY = 86_400
COUNTS = "manager.global"  # whose dashboards have their figures
SERVER = ["--bind=127.0.0.1:0", "--workers=1", "--worker-class=gthread", "--threads=8"]
SERVER += ["--graceful-timeout=2", "--no-control-socket", "--log-level=info"]


@dataclass
class House:
    """Where the server is, and the rows behind it. One that is `new` has nothing but what a first
    start makes."""

    server: str
    name: str
    var: Path
    new: bool = False
    mail: str = "consolemail://"
    static: Path = Path()
    url: str = ""
    process: Any = None
    planter: Any = None

    @property
    def owner(self) -> str:
        return databases.named(self.server, self.name)

    @property
    def app(self) -> str:
        return databases.named(database_urls()["app"], self.name)

    def make(self) -> None:
        """Database, static files, demonstration, server."""
        self._drop_leftovers()
        databases.make(self.name, demonstration=not self.new)
        self._collect_static()
        if not self.new:
            shutil.copytree(databases.files_shown(), self.var / "files")
            self.plant("figures", reader=COUNTS)
        self._serve()

    def _drop_leftovers(self) -> None:
        """Databases of sessions that were killed. One in use is refused, and stays."""
        found = statement(self.server, "select datname from pg_database where datname ~ %s", LIKE)
        for (name,) in found:
            if not Path("/proc", name.split("_")[2]).exists():
                with suppress(psycopg2.Error):
                    statement(self.server, f"drop database {name}")

    def _collect_static(self) -> None:
        """Kept between sessions under the digest of the sources: packing takes seconds."""
        ready = ROOT / "var" / "browser-static" / static_digest()[:16]
        if not ready.exists():
            self.static = self.var / "static"
            collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
            collect += ["-iredoc", "-irest_framework"]
            subprocess.run(collect, cwd=ROOT, env=self._as_owner(), check=True)
            ready.parent.mkdir(parents=True, exist_ok=True)
            for stale in ready.parent.iterdir():
                if time.time() - stale.stat().st_mtime > A_DAY:
                    shutil.rmtree(stale, ignore_errors=True)
            own = ready.with_suffix(f".{os.getpid()}")
            shutil.copytree(self.static, own)
            try:
                own.rename(ready)
            except OSError as refused:  # another process of the suite was first, with the same
                if refused.errno != errno.ENOTEMPTY:
                    raise
                shutil.rmtree(own)
        self.static = ready

    def _serve(self) -> None:
        log = self.var / "web.log"
        command = [sys.executable, "-m", "gunicorn", "casework.conf.wsgi", *SERVER]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._served(), stdout=output, stderr=output
            )
        deadline = time.monotonic() + 60
        while not (at := re.search(r"Listening at: (http://\S+)", log.read_text())):
            assert self.process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        self.url = at[1]

    def _served(self) -> dict[str, str]:
        return self._environment(self.app) | pooler.told("app", self.name)

    def _environment(self, database: str) -> dict[str, str]:
        """A development process on this database: not the suite's own settings."""
        env = {**os.environ, "DATABASE_URL": database, "CASEWORK_VAR": str(self.var)}
        env |= {"CASEWORK_ENV": "development", "PYTHONUNBUFFERED": "1"}
        env |= {"EMAIL_URL": self.mail} | ({} if self.new else {"DEMO": "1"})
        env["SECRET_KEY"] = settings.SECRET_KEY  # the one the database knows
        env["FIELD_KEYS"] = settings.FIELD_KEYS  # and those the demonstration was loaded with
        env |= {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "BROWSER_TEST_STATIC": str(self.static),
        }
        for name in ("CASEWORK_AS_OWNER", "DATABASE_OWNER_URL", "REDIS_URL"):
            env.pop(name, None)
        return env

    def _as_owner(self) -> dict[str, str]:
        owner = {"CASEWORK_AS_OWNER": "1", "DATABASE_OWNER_URL": self.owner}
        return self._environment(self.app) | owner

    def plant(self, what: str, **values: Any) -> dict[str, Any]:
        """Make rows by `tests.browser.plant`, in a process that has this database."""
        log = self.var / "planter.log"
        if self.planter is None:
            with log.open("wb") as output:
                self.planter = subprocess.Popen(
                    [sys.executable, "-m", "tests.browser.plant"],
                    cwd=ROOT,
                    env=self._as_owner(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=output,
                    text=True,
                )
        self.planter.stdin.write(f"{json.dumps([what, values])}\n")
        self.planter.stdin.flush()
        answer = self.planter.stdout.readline()
        assert answer, log.read_text()
        planted: dict[str, Any] = json.loads(answer)
        return planted

    def close(self) -> None:
        if self.planter:
            self.planter.communicate()  # which ends it
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._drop()

    def _drop(self) -> None:
        """The server may still be ending the sessions of `casework_app`, which is refused."""
        deadline = time.monotonic() + 15
        while True:
            try:
                databases.drop(self.server, self.name)
            except psycopg2.Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return


def build(var: Path, *, new: bool = False) -> House:
    """The house, not yet standing; `close` it whatever happens."""
    (var / ".casework").touch()
    return House(database_urls()["owner"], f"{NAME}_new" if new else NAME, var, new)
