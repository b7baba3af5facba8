"""`make run`: web, worker and beat beside a database and a broker; what ends is started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

from core.local import database, postgres, running
from core.local.broker import running_broker
from core.local.faults import DISK_FULL, Problem, disk_is_full
from core.local.paths import ROOT
from core.local.provision import Environment, environment, owner_environment, say, set_up
from core.local.tending import Child, Tended, end

if TYPE_CHECKING:
    from pathlib import Path

APP = "casework.conf"
HIGHEST_PORT = 65535
LOOKING = 0.2  # seconds between two looks at what runs


class Database(Tended):
    """The private PostgreSQL, which is nobody's child."""

    def __init__(self, var: Path) -> None:
        super().__init__("PostgreSQL")
        self._var = var

    def runs(self) -> bool:
        folder = postgres.standing(self._var)
        return folder is not None and postgres.is_running(folder)

    def start(self) -> None:
        database.ensure_running(self._var)


def run(var: Path) -> int:
    """Prepare everything, run until interrupted, and return the exit code."""
    port = wanted_port()
    with running.noted(var) as note:
        refuse_taken(port)
        if disk_is_full(var):
            raise Problem(DISK_FULL)
        private = not os.environ.get("DATABASE_URL")
        urls = set_up(var)
        with running_broker(var) as (broker, servers):
            web, worker = (
                environment(var, urls[role], private) | {"REDIS_URL": broker}
                for role in ("app", "worker")
            )
            about = owner_environment(urls, var)
            children = [
                Child(name, command, env, keep=[note.descriptor])
                for name, env, command in _commands(var, port, web, worker)
            ]
            threading.Thread(target=_greet, args=(port, about), daemon=True).start()
            try:
                _tend(var, [*servers, *children, *([Database(var)] if private else [])], note)
            except (KeyboardInterrupt, SystemExit):
                return 0  # that is how one stops it
            finally:
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, signal.SIG_IGN)
                end(children)


def _tend(var: Path, all_of_it: list[Tended], note: running.Note) -> NoReturn:
    """Start again what ends, until we are interrupted."""
    while True:
        for each in all_of_it:
            each.tend(var)
        note.children(each.process.pid for each in all_of_it if isinstance(each, Child))
        time.sleep(LOOKING)


def wanted_port() -> int:
    """Read PORT."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def refuse_taken(port: int) -> None:
    """Say so if another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Problem(f"Port {port} is not open to you. Try: make run PORT=8000") from None
        except OSError:
            raise Problem(
                f"Port {port} is taken by another program. Try: make run PORT={port + 1}"
            ) from None


def _commands(
    var: Path, port: int, web: Environment, worker: Environment
) -> list[tuple[str, Environment, list[str]]]:
    python = sys.executable
    gunicorn = [python, "-m", "gunicorn", f"--config=python:{APP}.gunicorn"]
    gunicorn += [f"--bind=127.0.0.1:{port}", "--graceful-timeout=8"]
    celery = [python, "-m", "celery", "--quiet", f"--app={APP}"]
    work = ["worker", "--queues=celery,backups", "--concurrency=2", "--loglevel=WARNING"]
    tick = ["beat", f"--schedule={var / 'beat'}", "--pidfile=", "--loglevel=WARNING"]
    return [
        ("The web server", web, gunicorn),
        ("The worker", worker, celery + work),
        ("The clock", worker, celery + tick),
    ]


def _greet(port: int, env: Environment) -> None:
    """Once the pages answer, say where they are and who may sign in."""
    accounts = ""
    if env.get("DEMO") == "1":
        asked = subprocess.run(
            [sys.executable, "manage.py", "demo_accounts"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        accounts = asked.stdout
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            say(f"\nCasework is at http://127.0.0.1:{port}/  (stop it with Ctrl-C)\n\n{accounts}")
            return
