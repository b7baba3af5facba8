"""From an empty directory to a database with the demo world in it; quick when all is there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg2

from core import installation
from core.keys import field_keys
from core.local.database import database_urls, opened
from core.local.faults import DISK_FULL, Problem, means_disk_full
from core.local.paths import ROOT, var_dir
from core.local.secrets import development_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Environment = dict[str, str]
STATIC = var_dir() / "static"  # as settings have it


def set_up(var: Path) -> dict[str, str]:
    """Do all that must be done before the first page; return the database's URLs."""
    private = not os.environ.get("DATABASE_URL")
    urls = database_urls()
    if os.environ.get("CASEWORK_ENV", "development") == "development":
        made = development_secrets(var, urls["owner"])
        refuse_foreign(urls["owner"], field_keys.keys_from(os.environ) or made["FIELD_KEYS"])
    env = owner_environment(urls, var)
    if migrations_pending(urls["owner"], var):
        say("Bringing the database up to date.")
        manage(env, "migrate", "--noinput", "--verbosity=0")
        mark(var, "migrated", lock_digest())
    static = static_digest()
    if not (STATIC.exists() and marked(var, "static", static)):
        manage(env, "collectstatic", "--noinput", "--verbosity=0")
        mark(var, "static", static)
    if (private or os.environ.get("DEMO") == "1") and not marked(var, "demo", "loaded"):
        say("Loading the demo world: invented people, invented places of work.")
        manage(env, "load_demo")
        mark(var, "demo", "loaded")
    return urls


def environment(var: Path, database_url: str, private: bool) -> Environment:
    """Return the environment of a child process that works as the role in this URL."""
    env = {**os.environ, "DATABASE_URL": database_url, "CASEWORK_VAR": str(var)}
    # Only migrations and tests may know the owner.
    for name in ("DATABASE_OWNER_URL", "CASEWORK_AS_OWNER", "DATABASE_ADMIN_URL"):
        env.pop(name, None)
    env.setdefault("CASEWORK_ENV", "development")
    env["PYTHONUNBUFFERED"] = "1"
    if private:
        env["DEMO"] = "1"
    return env


def owner_environment(urls: dict[str, str], var: Path) -> Environment:
    """Return the environment for what the owner of the tables does: migrations, the demo."""
    env = environment(var, urls["app"], private=not os.environ.get("DATABASE_URL"))
    return {**env, "DATABASE_OWNER_URL": urls["owner"], "CASEWORK_AS_OWNER": "1"}


def manage(env: Environment, *arguments: str) -> None:
    """Run a management command; its failure becomes plain lines."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    if means_disk_full(done.stderr):
        raise Problem(DISK_FULL)
    sys.stderr.write(done.stderr)
    raise Problem(f"manage.py {arguments[0]} failed; the lines above say why.")


def migrations_pending(owner_url: str, var: Path) -> bool:
    """Compare our migration files with the database's own list, without starting Django.

    Migrations of libraries change only when the lock file does.
    """
    if not marked(var, "migrated", lock_digest()):
        return True
    try:
        with opened(owner_url) as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except psycopg2.errors.UndefinedTable:
        return True
    files = ROOT.glob("*/migrations/[0-9]*.py")
    return bool({(path.parts[-3], path.stem) for path in files} - applied)


def refuse_foreign(owner_url: str, keys: str) -> None:
    """Go no further with a database of newer code, or of other keys."""
    with opened(owner_url) as cursor:
        fault = installation.fault(cursor, keys)
    if fault:
        raise Problem(fault)


def lock_digest() -> str:
    """Return a digest of what is installed."""
    return hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()


def static_digest() -> str:
    """Return a digest of the static files and of how they are packed: names, sizes and times."""
    digest = hashlib.sha256(lock_digest().encode())
    for path in (*_static_files(), ROOT / "core" / "packing.py"):
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterable[Path]:
    gathered = STATIC.parent  # what collectstatic wrote is no source
    folders = [ROOT / "static", *(f for f in ROOT.glob("*/static") if f.parent != gathered)]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def marked(var: Path, name: str, value: str) -> bool:
    """Tell whether a step was done for this state of things."""
    path = var / f"{name}.done"
    return path.exists() and path.read_text() == value


def mark(var: Path, name: str, value: str) -> None:
    """Note that a step was done."""
    (var / f"{name}.done").write_text(value)


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
