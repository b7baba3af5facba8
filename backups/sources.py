"""Which backup is meant: a file here, one by its name, or the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backups import sealing
from backups.faults import Fault
from backups.reading import Source
from backups.stores import Folder, store


def source_of(file: str, identity: Path) -> Source:
    """A file on this machine, or the name of one where backups are kept."""
    path = Path(file).absolute()
    if path.is_file():
        where: Any = Folder(path.parent)
    elif "/" not in file:
        where = store()
    else:
        raise Fault(f"{file} is not there.")
    return Source(path.name, lambda: where.open(path.name), sealing.identities(identity))


def last_source(identity: str) -> Source:
    """The newest where backups are kept."""
    there = store().kept()
    if not there:
        raise Fault("There is no backup yet. Make one: manage.py backup.")
    name = there[-1].name
    return Source(name, lambda: store().open(name), sealing.identities(Path(identity)))
