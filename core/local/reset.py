"""`make stop` and `make reset`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from core.local import broker, lock, postgres, running
from core.local.faults import Problem
from core.local.paths import MARK, ROOT
from core.local.provision import say

if TYPE_CHECKING:
    from pathlib import Path

# Seconds for a command that is just ending.
LEAVING = 5


def stop(var: Path) -> None:
    """Stop a running Casework and whatever server it left behind."""
    say("Casework has stopped." if running.stop(var) else "Casework was not running.")
    broker.shut_down(broker.socket_path(var))
    with lock.alone(var, LEAVING) as nobody_uses_it:
        if not nobody_uses_it:
            say("Another command still uses the database; it stops with the last of them.")
        elif postgres.stop(var):
            say("The database has stopped.")


def reset(var: Path, *, sure: bool = False) -> None:
    """Delete all local data, after asking."""
    if running.is_running(var):
        raise Problem("Casework is running. Stop it first with: make stop")
    if var != ROOT / "var" and not (var / MARK).exists():
        raise Problem(f"{var} was not made by Casework, so nothing is deleted.")
    if not sure and not _agreed(var):
        raise Problem("Nothing was deleted.")
    with lock.alone(var, LEAVING) as nobody_uses_it:
        if not nobody_uses_it:
            raise Problem("Another command still uses the database. Nothing was deleted.")
        broker.shut_down(broker.socket_path(var))
        postgres.stop(var)
        postgres.remove(var)
        shutil.rmtree(var)
    say("The local data is deleted. Begin again with: make run")


def _agreed(var: Path) -> bool:
    sys.stdout.write(f"This deletes the database, the keys and all files in {var}.\n")
    sys.stdout.write('Type "yes" to delete them: ')
    sys.stdout.flush()
    return sys.stdin.readline().strip() == "yes"
