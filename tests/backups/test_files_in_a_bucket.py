"""Where received files lie in a bucket, a backup holds the same as where they lie in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from backups import making
from core.files.store import Disk, move, store

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def held(world, officers, lying):
    """The files of a backup, and how many that the database names are not there."""
    one = world.making(officers, lying=lying)
    members = sum(len(part) for part in one._files())
    with making._connected(world.url) as cursor:
        return members, str(one.files), one._without_file(cursor)


def test_the_same_files_are_in_it(world, officers, kept_there, settings):
    here = held(world, officers, Disk(world.files))
    settings.FILES_ROOT = Path(settings.FILES_ROOT)
    for number, one in enumerate(making.received(Disk(world.files))):
        copy = settings.FILES_ROOT / one.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((world.files / one.name).read_bytes())
        if number % 2:  # the others wait to be moved
            move(one.name, store())
    assert kept_there() != []
    assert held(world, officers, store()) == here
    assert here[2] == 0
    store().take_away(one.name)
    assert held(world, officers, store())[2] == 1
