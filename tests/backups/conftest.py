"""A small demonstration in a database of its own, a backup of it, and what was made of that."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from typing import TYPE_CHECKING

import pyrage
import pytest
from django.conf import settings

from backups import archive, drilling, making, reading, sealing
from backups.stores import Folder
from core.files.store import Disk
from core.local import database_urls
from tests import databases

if TYPE_CHECKING:
    from pathlib import Path

NAME = "casework_backups_test" + os.environ.get("PYTEST_XDIST_WORKER", "")


class Officers:
    """Two who hold a key each, and one who holds none of these."""

    def __init__(self, folder: Path) -> None:
        keys = [pyrage.x25519.Identity.generate() for _ in range(3)]
        self.public = [str(key.to_public()) for key in keys[:2]]
        self.files = [folder / name for name in ("first", "second", "stranger")]
        for file, key in zip(self.files, keys, strict=True):
            file.write_text(f"# made for a test\n{key}\n")

    @property
    def recipients(self):
        return sealing.recipients(" ".join(self.public))


@pytest.fixture(scope="session")
def officers(tmp_path_factory):
    return Officers(tmp_path_factory.mktemp("officers"))


@pytest.fixture(autouse=True)
def _drills_here(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DRILL_FOLDER", str(tmp_path / "drills"))


class World:
    """The demonstration, with its files."""

    def __init__(self, name: str, files: Path) -> None:
        self.owner = databases.named(database_urls()["owner"], name)
        self.url = databases.named(database_urls()["backup"], name)
        self.files = files

    def making(self, officers: Officers, **said) -> making.Making:
        told = {"url": self.url, "keys": settings.FIELD_KEYS, "lying": Disk(self.files)}
        return making.Making(**(told | {"to": officers.recipients} | said))

    def say(self, statement: str, *values):
        return databases.statement(self.owner, statement, *values)


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    databases.make(NAME, demonstration=True)
    files = tmp_path_factory.mktemp("world") / "files"
    shutil.copytree(databases.files_shown(), files)
    yield World(NAME, files)
    databases.drop(database_urls()["owner"], NAME)


@pytest.fixture(scope="session")
def made(world, officers, tmp_path_factory):
    """A backup, and where it lies."""
    folder = Folder(tmp_path_factory.mktemp("backups"))
    return making.make(world.making(officers), folder), folder


def source(folder: Folder, name: str, identity: Path) -> reading.Source:
    return reading.Source(name, lambda: folder.open(name), sealing.identities(identity))


def drill(folder, name, identity):
    return drilling.drill(source(folder, name, identity))


class Remade:
    """A backup opened by one who may, changed, and sealed again for the same officers."""

    def __init__(self, folder: Folder, name: str, officers: Officers) -> None:
        self.folder, self.officers = folder, officers
        found = source(folder, name, officers.files[0])
        with found.members() as members:
            self.members = [(name, content.read()) for name, _size, content in members]

    def write(self, name: str, members=None, end=archive.END) -> str:
        parts = [part for each in members or self.members for part in archive.member(*each)]
        with sealing.sealed([*parts, end], self.officers.recipients) as content:
            self.folder.put(name, content)
        return name


def in_clear(text: bytes) -> tarfile.TarFile:
    return tarfile.open(fileobj=io.BytesIO(text))
