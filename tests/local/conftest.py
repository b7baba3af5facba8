"""Scratch working copies for the tests of the embedded default: real servers, no Django."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.local import broker, postgres
from core.local.paths import ROOT

# What the suite's own environment says, and a fresh clone's does not.
OF_THE_SUITE = (
    "CASEWORK_AS_OWNER",
    "CASEWORK_ENV",
    "CASEWORK_POSTGRES",
    "DATABASE_OWNER_URL",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "REDIS_URL",
)
Python = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A private var/ of this test; whatever still runs in it afterwards is stopped."""
    for name in OF_THE_SUITE:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "var"
    monkeypatch.setenv("CASEWORK_VAR", str(folder))
    folder.mkdir(mode=0o700)
    (folder / ".casework").touch()
    yield folder
    if folder.exists():
        broker.shut_down(broker.socket_path(folder))
        postgres.stop(folder)
        postgres.remove(folder)


@pytest.fixture
def python(var: Path) -> Iterator[Python]:
    """Start a Python process that knows this var/; it is killed if it outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str, **env: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), *arguments],
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


USER = """
    import sys
    from core.local import database_urls
    print(database_urls()["app"], flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def database_user(python: Python) -> Callable[[], subprocess.Popen[str]]:
    """Start a process that uses the private database until a line arrives on its stdin."""

    def start() -> subprocess.Popen[str]:
        process = python(USER)
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("postgres://casework_app@/casework?host="), (
            process.stderr and process.stderr.read()
        )
        return process

    return start


def finish(process: subprocess.Popen[str]) -> None:
    """Let such a process end by itself."""
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def server_runs(var: Path) -> bool:
    """Tell whether the private server of this var/ listens."""
    folder = postgres.standing(var)
    return folder is not None and postgres.is_running(folder)


def lives(pid: int) -> bool:
    """Tell whether a process is there; one that has ended and that nobody collects is not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


# What the launcher reads of `core`, beside its own folder.
LAUNCHED = (
    *("keys/__init__.py", "keys/crypto.py", "keys/field_keys.py"),
    *("database/__init__.py", "database/roles.py", "installation.py", "servers.py"),
    *("packing.py", "serving.py"),
)


@pytest.fixture
def copy(tmp_path: Path, var: Path) -> Path:
    """A working copy whose Django is a stub, so that only the launcher is tested.

    Its manage.py notes what it was asked and as whom.
    """
    there = tmp_path / "copy"
    (there / "core").mkdir(parents=True)
    shutil.copytree(
        ROOT / "core" / "local",
        there / "core" / "local",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in LAUNCHED:
        (there / "core" / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "core" / name, there / "core" / name)
    for name in ("Makefile", "requirements.lock", "requirements-embedded.lock"):
        shutil.copy(ROOT / name, there)
    (there / "manage.py").write_text(textwrap.dedent(STUB))
    conf = there / "casework" / "conf"
    conf.mkdir(parents=True)
    (conf / "__init__.py").write_text(textwrap.dedent(STUB_CELERY))
    shutil.copy(ROOT / "casework" / "conf" / "gunicorn.py", conf)
    (conf / "wsgi.py").write_text(textwrap.dedent(STUB_WSGI))
    (there / "core" / "warming.py").write_text("def connect():\n    pass\n")  # of Django
    return there


STUB = """
    import os, sys
    with open(os.environ["CASEWORK_VAR"] + "/asked", "a") as notes:
        owner = os.environ.get("CASEWORK_AS_OWNER", "0")
        print(sys.argv[1], owner, os.environ["DATABASE_OWNER_URL"][:27], file=notes)
    if sys.argv[1] == "collectstatic":
        os.makedirs(os.environ["CASEWORK_VAR"] + "/static", exist_ok=True)
    if sys.argv[1] == "demo_accounts":
        print("field.kolkata  the demo password")
    if sys.argv[1] == "load_demo" and os.environ.get("FULL"):
        sys.exit("OSError: [Errno 28] No space left on device")
"""
STUB_CELERY = """
    import os
    from celery import Celery

    app = Celery("stub", broker=os.environ.get("REDIS_URL", "memory://"))
"""
STUB_WSGI = """
    import os

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        owner = "DATABASE_OWNER_URL" in os.environ
        return [f"{os.environ['DATABASE_URL'][:23]} owner known: {owner}".encode()]
"""
