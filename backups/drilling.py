"""Restores a backup into a server of its own, to know that it can be done; then throws it away.

The server lies in a folder closed to others, answers on no network and is gone at the end, also
when the drill is killed: `backups.sweeping` waits for that, and takes away what is left. If that
was killed, too, the next backup, restore or drill does it.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings

from backups import reading, restoring, sweeping
from backups.faults import Fault, in_words
from core.local import postgres
from core.local.faults import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backups.reading import Source
    from backups.restoring import Restored


HOME = "casework-drill"
log = logging.getLogger("backups")


def drill(source: Source) -> Restored:
    """Raises `Fault` if it cannot be restored; what differs stands in the answer."""
    with _server(reading.server_version(source)) as (server, folder):
        target = restoring.Target(
            server=server.format(role="postgres", name="postgres"),
            owner=server.format(role="casework_owner", name="casework"),
            name="casework",
            files=folder / "files",
            keys=settings.FIELD_KEYS,
        )
        return restoring.restore(source, target, despite=True)


@contextmanager
def _server(at_least: int) -> Iterator[tuple[str, Path]]:
    """An address of one of this version or newer, and a folder; both are gone afterwards."""
    home = Path(settings.DRILL_FOLDER) / HOME
    with in_words(f"No drill in {home}"), _alone(home):
        sweeping.clear(home)
        home.mkdir(mode=0o700, parents=True)
        try:
            try:
                socket = postgres.start(home, at_least)
            except Problem as problem:
                raise Fault(f"No server for a drill: {problem.code}") from None
            yield f"postgres://{{role}}@/{{name}}?host={quote(str(socket), safe='/')}", home
        finally:
            sweeping.clear(home)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """No other drill here; and somebody takes the server away if this one is killed."""
    with sweeping.held(home) as is_ours:
        if not is_ours:
            raise Fault("A drill is under way. Wait until it has ended.")
        heir = sweeping.wait_for_the_end(home)
        try:
            yield
        finally:
            heir.terminate()
            heir.wait()


def sweep() -> None:
    """Take away what a drill left here that was killed together with all that waited for it.

    A backup or a restore does not fail for it.
    """
    home = Path(settings.DRILL_FOLDER) / HOME
    try:
        if home.exists():
            sweeping.sweep(home, wait=False)
    except (OSError, Problem):
        log.warning("what a drill left is still here", exc_info=True)
