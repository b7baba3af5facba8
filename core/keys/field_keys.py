"""Where the field keys come from: the environment, a file, or a command that fetches them from a
vault, from sops or from a key service. One of the three, so that nobody wonders which is used."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES = ("FIELD_KEYS", "FIELD_KEYS_FILE", "FIELD_KEYS_COMMAND")
PATIENCE = 30  # seconds
OTHERS = 0o007


def keys_from(environment: Mapping[str, str]) -> str | None:
    """The keys, or nothing if none of the three is set. Ends the process if they cannot be had."""
    named = named_in(environment)
    if len(named) > 1:
        raise SystemExit(f"{' and '.join(named)} are set: give the keys by one of them.")
    if not named:
        return None
    text = environment[named[0]]
    if named[0] == "FIELD_KEYS_FILE":
        text = of_file(named[0], text)
    elif named[0] == "FIELD_KEYS_COMMAND":
        text = _of_command(text)
    keys = text.strip()
    if not keys:
        raise SystemExit(f"{named[0]} gives no keys.")
    # A key to a line, as they are kept in files; or all in one, as in the environment.
    return ",".join(part.strip() for part in keys.replace("\n", ",").split(",") if part.strip())


def named_in(environment: Mapping[str, str]) -> list[str]:
    """By which of the three they are given."""
    return [name for name in SOURCES if environment.get(name)]


def of_file(setting: str, name: str) -> str:
    """A secret that lies in a file of this name; ends the process if others may read it as well."""
    path = Path(name)
    try:
        if path.stat().st_mode & OTHERS:
            raise SystemExit(f"{setting}: {name} is open to every user here: chmod 400.")
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{setting}: {name} cannot be read ({type(error).__name__}).") from None


def _of_command(line: str) -> str:
    """Without a shell; what it prints is the keys, so nothing of it is shown."""
    try:
        done = subprocess.run(  # noqa: S603 - named by whoever runs the system
            shlex.split(line),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SystemExit(f"FIELD_KEYS_COMMAND does not run ({type(error).__name__}).") from None
    if done.returncode != 0:
        raise SystemExit(f"FIELD_KEYS_COMMAND failed with exit code {done.returncode}.")
    return done.stdout
