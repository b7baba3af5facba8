"""A database, a broker and workers of their own: real ones, outside every test's transaction."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from core.local import database_urls
from core.local.broker import running_server, server_program
from core.local.paths import ROOT
from tests import databases, pooler
from tests.databases import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

# Each process of the suite has its own: what one drops, another still works with.
NAME = "casework_jobs_test" + os.environ.get("PYTEST_XDIST_WORKER", "")
needs_redis = pytest.mark.skipif(server_program() is None, reason="no Redis or Valkey is there")


@pytest.fixture(scope="session")
def jobs_database() -> Iterator[dict[str, str]]:
    """The addresses of a migrated database that the tests of workers share."""
    urls = database_urls()
    databases.make(NAME)
    there = {role: databases.named(url, NAME) for role, url in urls.items()}
    statement(
        there["owner"],
        "create table test_effect (job_id uuid, attempt int, network text);"
        " grant select, insert on test_effect to casework_worker;"
        " with office as (insert into accounts_office"
        "  (id, version, created_at, updated_at, code, prefix, name, is_global)"
        "  values (gen_random_uuid(), 1, now(), now(), 'kolkata', 'KOL', 'Kolkata', false)"
        "  returning id), person as (insert into accounts_user"
        "  (id, version, created_at, updated_at, username, name, email, is_active, password)"
        "  values (gen_random_uuid(), 1, now(), now(), 'field', 'Invented', '', true, '!')"
        "  returning id) insert into accounts_membership"
        "  (id, version, created_at, updated_at, user_id, office_id, role)"
        "  select gen_random_uuid(), 1, now(), now(), person.id, office.id, 'field_officer'"
        "  from person, office",
    )
    yield there
    databases.drop(urls["owner"], NAME)


def _environment(database: str) -> dict[str, str]:
    """A development process on this database: not the suite's own settings."""
    env = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.jobs.settings"}
    env |= {"CASEWORK_ENV": "development", "PYTHONUNBUFFERED": "1"}
    env["SECRET_KEY"] = settings.SECRET_KEY  # the one the database knows
    for name in ("CASEWORK_AS_OWNER", "DATABASE_OWNER_URL", "REDIS_URL", "DEMO"):
        env.pop(name, None)
    return env


@dataclass
class House:
    """Everything that runs in one test: web processes, workers, beat, and the rows they share."""

    urls: dict[str, str]
    folder: Path
    redis: str | None = None
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self, role: str) -> dict[str, str]:
        env = _environment(self.urls[role]) | {"CASEWORK_VAR": str(self.folder)}
        env["JOBS_OWNER_URL"] = self.urls["owner"]  # for roles, which no application writes
        env |= pooler.told(role, NAME)
        return env | ({"REDIS_URL": self.redis} if self.redis else {})

    def rows(self, text: str, *values: Any) -> list[Any]:
        return statement(self.urls["owner"], text, *values)

    def ask(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.jobs.ask", verb, json.dumps(body)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment("app"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def celery(self, *arguments: str, by: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start a process of Celery in a group of its own, so that all of it can be killed. `by`:
        the command that starts it."""
        log = (self.folder / f"celery-{len(self.started)}.log").open("wb")
        command = [*by, sys.executable, "-m", "celery", "--app=casework.conf", *arguments]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment("worker"),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self.started.append(process)
        return process

    def worker(self, by: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        name = f"--hostname=test{len(self.started)}@localhost"
        known = ("--concurrency=1", "--include=tests.jobs.kinds", "--loglevel=WARNING", name)
        return self.celery("worker", *known, by=by)

    def beat(self, schedule: str = "beat") -> subprocess.Popen[bytes]:
        return self.celery(
            "beat", f"--schedule={self.folder / schedule}", "--pidfile=", "--loglevel=WARNING"
        )

    def state(self, job: str) -> tuple[str, int]:
        """The state of a job and how many attempts it took."""
        ((state, attempts),) = self.rows("select state, attempts from core_job where id=%s", job)
        return state, attempts

    def becomes(self, job: str, state: str, seconds: float = 40) -> bool:
        return eventually(lambda: self.state(job)[0] == state, seconds)

    def effects(self, job: str) -> list[int]:
        """The attempts that left a row. Exactly one is right."""
        rows = self.rows("select attempt from test_effect where job_id = %s", job)
        return [attempt for (attempt,) in rows]

    def said(self) -> str:
        return "\n".join(log.read_text() for log in sorted(self.folder.glob("celery-*.log")))

    def close(self) -> None:
        for process in self.started:
            send(process, signal.SIGKILL)
            process.wait()


def send(process: subprocess.Popen[bytes], number: int) -> None:
    """Signal a process and all its children; never mind if they have ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def eventually(condition: Callable[[], bool], seconds: float = 40) -> bool:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def house(jobs_database: dict[str, str], tmp_path: Path) -> Iterator[House]:
    """The processes of one test; a broker is there once `redis` is set."""
    made = House(jobs_database, tmp_path)
    made.rows("update core_installation set sealed = null")  # each has keys of its own
    (tmp_path / ".casework").touch()
    yield made
    made.close()


@pytest.fixture
def with_broker(house: House) -> Iterator[House]:
    """The same, with a private broker."""
    with running_server(house.folder) as (house.redis, _servers):
        yield house
