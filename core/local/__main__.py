"""`python -m core.local setup | run | stop | reset [--yes]`, behind the Makefile's targets."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from core.local.faults import plainly
from core.local.paths import var_dir

if TYPE_CHECKING:
    from types import FrameType


def main() -> int:
    """Do what was asked and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m core.local", description=__doc__)
    parser.add_argument("verb", choices=["setup", "run", "stop", "reset"])
    parser.add_argument("--yes", action="store_true", help="reset without asking")
    chosen = parser.parse_args()
    # An ordinary end, so that whoever is last stops the database.
    signal.signal(signal.SIGTERM, _end)
    with plainly():
        return _do(chosen.verb, sure=chosen.yes)


def _do(verb: str, *, sure: bool) -> int:
    # Each verb loads what it needs: stop must work where run's libraries are broken.
    var = var_dir()
    if verb == "run":
        from core.local.run import run  # noqa: PLC0415

        return run(var)
    if verb == "setup":
        from core.local.provision import say, set_up  # noqa: PLC0415

        set_up(var)
        say("Ready. Start it with: make run")
        return 0
    from core.local import reset  # noqa: PLC0415

    if verb == "stop":
        reset.stop(var)
    else:
        reset.reset(var, sure=sure)
    return 0


def _end(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
