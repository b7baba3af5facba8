"""A private PostgreSQL under var/: one directory, a unix socket, no network port."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.local import binaries
from core.local.faults import DISK_FULL, Problem, means_disk_full
from core.local.unprivileged import Footing, footing, nobodys_home, own_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.local.binaries import Server

# A socket's whole path may have about 107 bytes; its file name takes 14 of them.
LONGEST_SOCKET_DIR = 90
SOCKET = ".s.PGSQL.5432"
NONE_FOUND = (
    "No usable PostgreSQL was found ({} or newer). "
    "Set DATABASE_URL, or install PostgreSQL, and try again."
)
BUILTIN_LOCALES_SINCE = 17
# Statements are kept out of the log: they carry names.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "lc_messages": "C",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",  # as for the roles that serve: the owner works here as well, and so do tests
}


def start(var: Path, at_least: int | None = None) -> Path:
    """Start the server, making it first if need be; return the directory of its socket.

    `at_least`: the oldest of this machine's that is of this version or newer.
    """
    there = standing(var)
    if there and is_running(there):
        return there
    ground = footing(var, _choose(_made_by(var), at_least))
    data = ground.home / "pg"
    if not (data / "PG_VERSION").exists():
        _make(ground, data)
    folder = _socket_dir(data, ground.uid)
    _clear_stale_notes(data, folder)
    _configure(data, folder)
    log = data / "server.log"
    command: list[str | Path] = [ground.bin / "pg_ctl", "-D", data, "-l", log]
    command += ["-w", "-t", "120", "-s", "start"]
    _run(command, ground, log)
    return folder


def stop(var: Path) -> bool:
    """Stop the server if it runs; tell whether it did.

    A fast shutdown, by signal: no server programs are needed for it, and root may send it.
    """
    folder = standing(var)
    if folder is None or not is_running(folder):
        return False
    note = data_dir(var) / "postmaster.pid"
    try:
        os.kill(int(note.read_text().split()[0]), signal.SIGINT)
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return False
    # The note goes last, when everything has been written.
    deadline = time.monotonic() + 60
    while note.exists():
        if time.monotonic() > deadline:
            raise Problem("PostgreSQL did not stop within a minute.")
        time.sleep(0.02)
    return True


def data_dir(var: Path) -> Path:
    """Return where the rows are: under var, or in nobody's directory."""
    away = nobodys_home(var) / "pg"
    return away if os.geteuid() == 0 and (away / "PG_VERSION").exists() else var / "pg"


def standing(var: Path) -> Path | None:
    """Return the socket directory of the server that was started last, running or not."""
    try:
        lines = (data_dir(var) / "postmaster.pid").read_text().splitlines()
        return Path(lines[4])
    except (FileNotFoundError, IndexError):
        return None


def is_running(folder: Path) -> bool:
    """Tell whether a server listens in this directory."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(folder / SOCKET))
        except OSError:
            return False
        return True


def remove(var: Path) -> None:
    """Delete what lies outside var; the caller deletes var."""
    if os.geteuid() == 0:
        shutil.rmtree(nobodys_home(var), ignore_errors=True)
    shutil.rmtree(_short_dir(data_dir(var)), ignore_errors=True)


def _made_by(var: Path) -> int | None:
    version = data_dir(var) / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _choose(made_by: int | None, at_least: int | None) -> Server:
    """Choose the server that fits the data; any, if there are none yet."""
    servers = binaries.servers()
    if at_least:
        fit = (server for server in servers if server.major >= at_least)
        servers = sorted(fit, key=lambda server: server.major)
    if not servers:
        raise Problem(NONE_FOUND.format(at_least or binaries.OLDEST))
    fitting = [server for server in servers if made_by in {None, server.major}]
    if not fitting:
        raise Problem(
            f"The data was made by PostgreSQL {made_by}, and here is {servers[0].major}. "
            f"Install {made_by}, or delete the data with: make reset"
        )
    return fitting[0]


def _make(ground: Footing, data: Path) -> None:
    """Make the cluster beside its place and move it there, so that half of one is never used."""
    draft = data.with_name("pg.new")
    shutil.rmtree(draft, ignore_errors=True)
    base: list[str | Path] = [ground.bin / "initdb", "-D", draft, "-U", "postgres", "-E", "UTF8"]
    base += ["--no-sync", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    locales = (
        [["--locale-provider=builtin", "--locale=C.UTF-8"]]
        if ground.major >= BUILTIN_LOCALES_SINCE
        else []
    )
    locales += [["--locale=C.UTF-8"], ["--locale=C"]]
    for number, locale in enumerate(locales, 1):
        try:
            _run([*base, *locale], ground)
        except Problem as problem:
            if number == len(locales) or problem.code == DISK_FULL:
                shutil.rmtree(draft, ignore_errors=True)
                raise
            shutil.rmtree(draft, ignore_errors=True)
        else:
            break
    with (draft / "postgresql.conf").open("a") as conf:
        conf.write("include_if_exists = 'casework.conf'\n")
    draft.rename(data)


def _clear_stale_notes(data: Path, folder: Path) -> None:
    """Remove the notes of a server that was killed, once no process of it works in its directory.

    PostgreSQL does so itself unless the old process id still exists: given to another program, or
    a dead process that nobody collects, as in many containers.
    """
    notes = [data / "postmaster.pid", folder / f"{SOCKET}.lock"]
    deadline = time.monotonic() + 10
    while any(note.exists() for note in notes) and Path("/proc/self").exists():
        if not any(_works_in(process, data) for process in Path("/proc").glob("[0-9]*")):
            for note in notes:
                note.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            break
        else:
            time.sleep(0.05)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False


def _configure(data: Path, folder: Path) -> None:
    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()
    ]
    path = data / "casework.conf"
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o644)


def _socket_dir(data: Path, uid: int) -> Path:
    """Return the data directory itself, which is closed to others; a short one if that is long."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_DIR:
        return data
    short = _short_dir(data)
    try:
        short.mkdir(mode=0o700)
        if uid != os.geteuid():
            os.chown(short, uid, -1)
    except FileExistsError:
        if not own_only(short, uid):
            raise Problem(f"{short} belongs to somebody else. Please remove it.") from None
    return short


def _short_dir(data: Path) -> Path:
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"casework-{digest}"


def _run(command: Sequence[str | Path], ground: Footing, log: Path | None = None) -> None:
    """Run a server program; a failure becomes one plain line."""
    # English messages, because they are read below.
    env = {**os.environ, "LC_ALL": "C", "PGOPTIONS": ""}
    done = subprocess.run(  # noqa: S603 - a program found by us
        command,
        preexec_fn=ground.before,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env=env,
        check=False,
    )
    if done.returncode == 0:
        return
    tail = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
    if means_disk_full(done.stderr + tail):
        raise Problem(DISK_FULL)
    lines = [line for line in (done.stderr + tail).splitlines() if line.strip()]
    reason = next((line for line in lines if "error:" in line or "FATAL:" in line), "")
    reason = (reason or (lines[-1] if lines else "no reason given")).strip()
    raise Problem(f"PostgreSQL does not work here ({reason}). Set DATABASE_URL instead.")
