"""`make run`: web, worker and beat together, stopped together."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import honcho.manager
from honcho.manager import Manager

from core.local import running
from core.local.broker import FILES, running_broker
from core.local.faults import Problem
from core.local.paths import ROOT
from core.local.provision import Environment, environment, owner_environment, say, set_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Seconds before a process that does not stop is killed; Celery may need ten.
honcho.manager.KILL_WAIT = 12
APP = "casework.conf"
HIGHEST_PORT = 65535


class Processes(Manager):
    """Honcho's manager, which may also be interrupted while it starts."""

    asked_to_stop = False

    def __init__(self, started: Callable[[list[int]], None]) -> None:
        super().__init__()
        self._tell = started
        self._told = False

    def terminate(self) -> None:
        """Stop all processes, as soon as all have begun."""
        self.asked_to_stop = True
        if super()._all_started():
            super().terminate()

    def _all_started(self) -> bool:
        started: bool = super()._all_started()
        if started and not self._told:
            self._told = True
            self._tell([process["pid"] for process in self._processes.values()])
        if started and self.asked_to_stop:
            super().terminate()
        return started


def run(var: Path) -> int:
    """Prepare everything, run until interrupted, and return the exit code."""
    port = wanted_port()
    with running.noted(var) as note_children:
        refuse_taken(port)
        private = not os.environ.get("DATABASE_URL")
        urls = set_up(var)
        with running_broker(var) as (broker, about_broker):
            say(about_broker)
            web = _with_broker(environment(var, urls["app"], private), broker)
            worker = _with_broker(environment(var, urls["worker"], private), broker)
            greeting = threading.Thread(
                target=_greet, args=(port, owner_environment(urls, var)), daemon=True
            )

            # Not before: a child forked meanwhile would keep the greeting's pipe open.
            def started(children: list[int]) -> None:
                note_children(children)
                greeting.start()

            processes = Processes(started)
            for name, env, command in _commands(var, port, web, worker):
                processes.add_process(name, "exec " + shlex.join(command), env=env, cwd=str(ROOT))
            processes.loop()
    # An interruption is how one stops it: that is no failure.
    return 0 if processes.asked_to_stop and (processes.returncode or 0) in {0, 130, 143} else 1


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


def _with_broker(env: Environment, broker: str) -> Environment:
    return env if broker == FILES else {**env, "REDIS_URL": broker}


def _commands(
    var: Path, port: int, web: Environment, worker: Environment
) -> list[tuple[str, Environment, list[str]]]:
    python = sys.executable
    gunicorn = [python, "-m", "gunicorn", f"{APP}.wsgi", f"--bind=127.0.0.1:{port}"]
    gunicorn += ["--workers=2", "--worker-class=gthread", "--threads=4"]
    gunicorn += ["--graceful-timeout=8", "--no-control-socket", "--log-level=warning"]
    celery = [python, "-m", "celery", "--quiet", f"--app={APP}"]
    work = ["worker", "--concurrency=2", "--loglevel=WARNING"]
    tick = ["beat", f"--schedule={var / 'beat'}", "--pidfile=", "--loglevel=WARNING"]
    return [
        ("web", web, gunicorn),
        ("worker", worker, celery + work),
        ("beat", worker, celery + tick),
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
