"""No room where a backup is to lie, or where one is restored to: one line, and nothing half."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from backups import drilling
from core.local import database_urls
from tests import databases
from tests.backups.conftest import NAME
from tests.backups.test_round_trip import addresses, manage
from tests.small_disk import fill, small_disk

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
RESTORED = f"{NAME}_no_room"
MB, PAGE = 1 << 20, 1 << 12


def said(done) -> str:
    """The one line with which it ended."""
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    return line.removeprefix("CommandError: ")


@pytest.fixture
def settings_of(world, officers):
    """`settings_of(to)`: of the command."""

    def told(to: Path) -> dict[str, str]:
        return addresses(NAME) | {
            "BACKUP_TO": str(to),
            "BACKUP_RECIPIENTS": ",".join(officers.public),
            "CASEWORK_FILES": str(world.files),
        }

    return told


@pytest.mark.parametrize("free", [0, 1], ids=["none at all", "too little for it"])
def test_a_backup_that_finds_no_room(world, made, settings_of, tmp_path, free):
    """What lay there before stays; the row on the page says why; with room it is made."""
    backup, folder = made
    assert backup.size > free * MB
    with small_disk(tmp_path / "disk", backup.size + free * MB) as disk:
        before = disk / "casework-2026-01-02T030405Z.tar.age"
        before.write_bytes((folder.path / backup.name).read_bytes())
        if not free:
            fill(disk)
        line = said(manage("backup", **settings_of(disk)))
        assert line == (
            f"The backup cannot be written to {disk}: the disk is full. Make room and try again."
        )
        kept = [path for path in disk.iterdir() if path.name != "stuffing"]
        assert kept == [before]
        assert before.stat().st_size == backup.size
    ((failure, size),) = world.say(
        "select failure, size from backups_backup order by made_at desc limit 1"
    )
    assert (failure, size) == (line, None)


def test_room_again_it_is_made(world, made, settings_of, tmp_path):
    """Also by a worker that found none in the night before: nothing of that stands in its way."""
    with small_disk(tmp_path / "disk", 4 * made[0].size) as disk:
        stuffing = fill(disk)
        said(manage("backup", **settings_of(disk)))
        stuffing.unlink()
        done = manage("backup", **settings_of(disk))
        assert (done.returncode, done.stderr) == (0, "")
        assert len(list(disk.iterdir())) == 1


def test_a_restore_that_finds_no_room_for_files(world, made, officers, settings_of, tmp_path):
    backup, folder = made
    server = database_urls()["owner"]
    databases.drop(server, RESTORED)
    restore = ["restore", backup.name, "--identity", officers.files[0]]
    with small_disk(tmp_path / "disk", PAGE) as disk:
        env = settings_of(folder.path) | addresses(RESTORED)
        line = said(manage(*restore, "--files", disk, **env))
        assert line.endswith("the disk is full. Make room and try again.")
        assert list(disk.iterdir()) == []
    there = "select datname from pg_database where datname like %s"
    assert databases.statement(server, there, f"{RESTORED}%") == []


def test_a_drill_that_finds_no_room(made, officers, settings_of, tmp_path):
    backup, folder = made
    with small_disk(tmp_path / "disk", MB) as disk:
        env = settings_of(folder.path) | {"DRILL_FOLDER": str(disk)}
        line = said(manage("drill", backup.name, "--identity", officers.files[0], **env))
        assert "disk is full" in line
        assert not (disk / drilling.HOME).exists()
    assert Path(settings.DRILL_FOLDER).parent.exists()
