"""The way to the workers: a Redis named in the environment, a private one, or plain files.

Jobs are rows in the database; a lost message only delays one. So a process that finds no private
Redis running may as well use files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from core.local.faults import DISK_FULL, Problem, means_disk_full
from core.local.paths import var_dir
from core.local.unprivileged import own_only

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = "filesystem://"
SERVERS = ("redis-server", "valkey-server")
LONGEST_SOCKET = 100


def broker_url() -> str:
    """Return the broker's address for Celery; nothing is started."""
    given = os.environ.get("REDIS_URL")
    if given:
        return given
    path = socket_path(var_dir())
    return _url(path) if answers(path) else FILES


def cache_url(broker: str) -> str | None:
    """Return the cache's address for Django beside this broker; None where there is no Redis.

    A private Redis is addressed as a socket, a given one as it is; either way by database 1.
    """
    parts = urlsplit(broker)
    if broker == FILES:
        return None
    if parts.scheme in {"redis+socket", "unix"}:
        return f"unix://{parts.path}?db=1"
    return parts._replace(path="/1").geturl()


def transport_options(broker: str) -> dict[str, object]:
    """Return what Celery's broker_transport_options need for plain files; {} for Redis."""
    if broker != FILES:
        return {}
    folders = {name: var_dir() / "broker" / name for name in ("queue", "control", "processed")}
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    queue = str(folders["queue"])
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        "control_folder": str(folders["control"]),
        "processed_folder": str(folders["processed"]),
        "store_processed": False,
        # By default a worker of files takes one message a second: sweeps then fill its queue.
        "polling_interval": 0.1,
    }


@contextmanager
def running_broker(var: Path) -> Iterator[tuple[str, str]]:
    """Yield the broker's address and one line that says what it is; stop it afterwards."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given, "Broker: the Redis of REDIS_URL."
    elif server_program():
        with running_redis(var) as url:
            yield url, "Broker: a private Redis under var/."
    else:
        yield FILES, "Broker: plain files under var/, since neither Redis nor Valkey is installed."


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Run a private Redis for the length of the block and yield its address.

    On a unix socket only, and nothing is written to disk.
    """
    program = server_program()
    if program is None:
        raise Problem("Neither redis-server nor valkey-server was found.")
    path = socket_path(folder, make=True)
    shut_down(path)
    process = subprocess.Popen(  # noqa: S603 - a program found by us, without a shell
        _command(program, path, folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, path, folder / "redis.log")
        yield _url(path)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        path.unlink(missing_ok=True)


def server_program() -> str | None:
    """Return a Redis or Valkey server of this machine that runs."""
    for name in SERVERS:
        program = shutil.which(name)
        if program:
            asked = subprocess.run(  # noqa: S603 - a program found by us, without a shell
                [program, "--version"], capture_output=True, check=False
            )
            if asked.returncode == 0:
                return program
    return None


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


def _wait(process: subprocess.Popen[bytes], path: Path, log: Path) -> None:
    deadline = time.monotonic() + 20
    while not answers(path):
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(errors="replace") if log.exists() else ""
            if means_disk_full(said):
                raise Problem(DISK_FULL)
            raise Problem(f"The private Redis did not start; {log} says why. Or set REDIS_URL.")
        time.sleep(0.02)
