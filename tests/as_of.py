"""The suite as of another day, hour and zone: `AS_OF=2028-02-29T00:30 make test`; all those
of a night, one after the other: `AS_OF=nights make test`.

Python and PostgreSQL are moved alike by libfaketime, by one difference for all processes, so that
the time goes on as it does. Durations are not moved: limits of time fire when they should. The
broker knows durations only, and stays in the present: its allocator asks for the time while
libfaketime starts, and both wait for each other. The zone is that of the machine
(`AS_OF="2028-02-29T00:30 Asia/Manila"`); UTC where none is said. Browsers stay behind: their pages
are young for them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo

from core.local import postgres
from core.local.broker import SERVERS
from core.local.paths import ROOT

# Of the wheel, which is not imported: under Debian's, time limits of PostgreSQL never fire.
LIBRARY = "vendor/libfaketime/src/libfaketime.so.1"
VAR = ROOT / "var" / "as-of"


def nights(today: date) -> list[str]:
    """The eight runs of a night: days on which something begins or ends, at both ends of the day,
    on machines in three zones."""
    first = today.replace(day=1)
    month_end = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return [
        f"{today + timedelta(days=1)}T00:30 Asia/Kolkata",
        f"{month_end}T23:30 America/New_York",
        f"{today.year}-12-31T23:30 Asia/Kolkata",
        f"{today.year + 1}-01-01T00:30 America/New_York",
        f"{today.year + 1}-01-02T00:30 Pacific/Kiritimati",
        "2028-02-29T00:30 Pacific/Kiritimati",
        f"{today + timedelta(days=365)}T23:30 Asia/Kolkata",
        f"{today + timedelta(days=5 * 365)}T00:30 America/New_York",
    ]


def environment(as_of: str) -> dict[str, str]:
    """The environment in which it is that time now, on a machine of that zone."""
    moment, _space, zone = as_of.partition(" ")
    there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone or "UTC"))
    moved = float(os.environ.get("FAKETIME", "0s").rstrip("s"))  # a process that is moved already
    seconds = ceil(there.timestamp() - datetime.now().timestamp() + moved)
    wheel = find_spec("libfaketime")
    assert wheel
    assert wheel.origin
    return {
        **os.environ,
        "LD_PRELOAD": str(Path(wheel.origin).parent / LIBRARY),
        "FAKETIME": f"{seconds:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "TZ": zone or "UTC",
        # A server of its own: the other one lives in the present.
        "CASEWORK_VAR": str(VAR),
        "PATH": _in_the_present(os.environ["PATH"], VAR / "bin"),
    }


def _in_the_present(path: str, folder: Path) -> str:
    """This search path, with a folder before it that starts brokers without libfaketime."""
    path = path.removeprefix(f"{folder}{os.pathsep}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in SERVERS:
        if program := shutil.which(name, path=path):
            script = folder / name
            script.write_text(f'#!/bin/sh\nexec env -u LD_PRELOAD {shlex.quote(program)} "$@"\n')
            script.chmod(0o755)
    return f"{folder}{os.pathsep}{path}"


def run(as_of: str, arguments: list[str]) -> int:
    """Those tests as of then, on a database that has lived at no other time."""
    postgres.stop(VAR)
    postgres.remove(VAR)
    shutil.rmtree(VAR, ignore_errors=True)
    command = [sys.executable, "-m", "pytest", "-m", "not browser", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(as_of), check=False).returncode


def main(as_of: str, arguments: list[str]) -> int:
    if as_of != "nights":
        return run(as_of, arguments)
    red = [one for one in nights(date.today()) if run(one, arguments)]
    sys.stdout.write(f"Red as of: {', '.join(red) or 'none of them'}\n")
    return bool(red)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
