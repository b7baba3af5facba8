"""Restores a backup into a server of its own, to know that it can be done; then throws it away.

The server lies in a folder closed to others, answers on no network and is gone at the end. What a
drill left that was killed, the next one takes away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings

from backups import reading, restoring
from backups.faults import Fault, said
from core.local import postgres
from core.local.faults import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backups.reading import Source
    from backups.restoring import Restored


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
    home = Path(settings.DRILL_FOLDER) / "casework-drill"
    with said(f"No drill in {home}"), _alone(home.with_suffix(".lock")):
        _clear(home)
        home.mkdir(mode=0o700, parents=True)
        try:
            try:
                socket = postgres.start(home, at_least)
            except Problem as problem:
                raise Fault(f"No server for a drill: {problem.code}") from None
            yield f"postgres://{{role}}@/{{name}}?host={quote(str(socket), safe='/')}", home
        finally:
            _clear(home)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault("A drill is under way. Wait until it has ended.") from None
        yield
    finally:
        os.close(handle)


def _clear(home: Path) -> None:
    if home.exists():
        postgres.stop(home)
        postgres.remove(home)
        shutil.rmtree(home)
